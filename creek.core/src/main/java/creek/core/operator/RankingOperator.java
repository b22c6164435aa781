package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.SortedRows;
import creek.core.internal.state.SortedRowsMap;
import creek.core.internal.state.TimeToLive;

/** What Top-Ns have in common: which row is of which partition and sort key, and what a row that comes in or goes out changes. */
abstract class RankingOperator<P extends SortedRows> extends BufferingOperator {
    final Ranking ranking;
    final Row out;

    // state
    final Partitions partitions;

    // of the row at hand
    final BinaryWriter key = new BinaryWriter();
    final BinaryWriter sortKey = new BinaryWriter();
    final BinaryWriter bytes = new BinaryWriter();
    /** The last rank of its partition. */
    long last;

    RankingOperator(Ranking ranking) {
        this.ranking = ranking;
        partitions = new Partitions();
        out = new Row(ranking.schema().size() + (ranking.ranked() ? 1 : 0));
    }

    /** A partition without rows; one of those in {@link #partitions}. */
    abstract P newPartition();

    /** Called with the place of each row that is read from state. */
    void added(P to, int place) {
    }

    final class Partitions extends SortedRowsMap<P> {
        private final BinaryWriter rowsSortKey = new BinaryWriter();

        Partitions() {
            super(ranking.schema());
        }

        @Override
        protected P create() {
            P at = newPartition();
            at.last = ranking.last();
            return at;
        }

        @Override
        protected BinaryWriter sortKey(Row row) {
            rowsSortKey.reset();
            ranking.order().write(row, rowsSortKey);
            return rowsSortKey;
        }

        @Override
        protected void added(P to, int place) {
            RankingOperator.this.added(to, place);
        }
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext);
        partitions.expireAfter(timeToLive);
        partitions.keep(newContext, "rows", ranking.partition().form(),
                timeToLive.isLimited() || ranking.lastColumn() >= 0);
    }

    /** The row at a place, in {@link #out}. */
    final Row read(SortedRows rows, int place) {
        rows.read(place, out);
        return out;
    }

    final void writeKeys(Row row) {
        key.reset();
        ranking.partition().write(row, key);
        sortKey.reset();
        ranking.order().write(row, sortKey);
    }

    /** The partition of the row whose keys were written, to which something is going to happen; null if there is none. */
    final P partition() {
        P at = partitions.get(key);
        if (at != null) {
            partitions.touch();
            last = at.last;
        }
        return at;
    }

    /** Makes the partition that this row is the first of. */
    final P addPartition(Row row) {
        P at = partitions.create();
        int column = ranking.lastColumn();
        if (column >= 0) {
            at.last = row.isNullAt(column) ? 0 : row.getLong(column);
        }
        last = at.last;
        partitions.add(key.toBytes(), at);
        return at;
    }

    /**
     * Emits what a row that was inserted changes: those behind it have gone one rank down.
     *
     * @param topReplaces whether a new first row, where only that is wanted, is an update of the one before
     */
    final void emitInsertion(SortedRows rows, int place, boolean topReplaces) throws Exception {
        if (topReplaces && last == 1 && ranking.first() == 1 && rows.size() > 1) {
            emitUpdate(rows, 1, 0, 0);
            return;
        }
        int from = firstChanged(place);
        int to = (int) Math.min(rows.size(), last);
        if (ranking.ranked()) {
            for (int i = from; i < to; i++) {
                if (i + 1 < rows.size()) {
                    emitUpdate(rows, i + 1, i, i);
                } else {
                    emit(RowKind.INSERT, rows, i, i);
                }
            }
        } else if (from < to) {
            if (rows.size() > last) {
                emit(RowKind.DELETE, rows, to, to);
            }
            emit(RowKind.INSERT, rows, from, from);
        }
    }

    /** The first place of those wanted that a row's coming or going changes; the first rank may be beyond all places. */
    final int firstChanged(int place) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(place, ranking.first() - 1));
    }

    /** Emits that the row at one place comes, with that rank, where that at another one was. */
    final void emitUpdate(SortedRows rows, int before, int after, int rank) throws Exception {
        if (ranking.updateBefore()) {
            emit(RowKind.UPDATE_BEFORE, rows, before, rank);
        }
        emit(RowKind.UPDATE_AFTER, rows, after, rank);
    }

    /** @param rank from 0 */
    final void emit(RowKind kind, SortedRows rows, int place, int rank) throws Exception {
        read(rows, place);
        emitRead(kind, rank);
    }

    /** Emits the row that has been read. */
    final void emitRead(RowKind kind, int rank) throws Exception {
        if (ranking.ranked()) {
            out.setLong(out.arity() - 1, rank + 1L);
        }
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public final long kept() {
        return partitions.rows();
    }
}
