package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.internal.state.SortedRows;

/** What Top-Ns have in common: which row is of which partition and sort key, and what a row that comes in or goes out changes. */
abstract class RankingOperator extends BufferingOperator {
    final Ranking ranking;
    final RowSerializer serializer;
    final BinaryReader reader = new BinaryReader();
    final Row out;

    // of the row at hand
    final BinaryWriter key = new BinaryWriter();
    final BinaryWriter sortKey = new BinaryWriter();
    final BinaryWriter bytes = new BinaryWriter();
    /** The last rank of its partition. */
    long last;

    RankingOperator(Ranking ranking) {
        this.ranking = ranking;
        serializer = new RowSerializer(ranking.schema());
        out = new Row(ranking.schema().size() + (ranking.ranked() ? 1 : 0));
    }

    final void writeKeys(Row row) {
        key.reset();
        ranking.partition().write(row, key);
        sortKey.reset();
        ranking.order().write(row, sortKey);
    }

    /** The last rank of the partition that this row is the first of. */
    final long lastRank(Row row) {
        int column = ranking.lastColumn();
        return column < 0 ? ranking.last() : row.isNullAt(column) ? 0 : row.getLong(column);
    }

    /**
     * Emits what a row that was inserted changes: those behind it have gone one rank down.
     *
     * @param topReplaces whether a new first row, where only that is wanted, is an update of the one before
     */
    final void emitInsertion(SortedRows rows, int place, boolean topReplaces) throws Exception {
        if (topReplaces && last == 1 && ranking.first() == 1 && rows.size() > 1) {
            emitUpdate(rows.row(1), rows.row(0), 0);
            return;
        }
        int from = firstChanged(place);
        int to = (int) Math.min(rows.size(), last);
        if (ranking.ranked()) {
            for (int i = from; i < to; i++) {
                if (i + 1 < rows.size()) {
                    emitUpdate(rows.row(i + 1), rows.row(i), i);
                } else {
                    emit(RowKind.INSERT, rows.row(i), i);
                }
            }
        } else if (from < to) {
            if (rows.size() > last) {
                emit(RowKind.DELETE, rows.row(to), to);
            }
            emit(RowKind.INSERT, rows.row(from), from);
        }
    }

    /** The first place of those wanted that a row's coming or going changes; the first rank may be beyond all places. */
    final int firstChanged(int place) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(place, ranking.first() - 1));
    }

    final void emitUpdate(byte[] before, byte[] after, int place) throws Exception {
        if (ranking.updateBefore()) {
            emit(RowKind.UPDATE_BEFORE, before, place);
        }
        emit(RowKind.UPDATE_AFTER, after, place);
    }

    final void emit(RowKind kind, byte[] row, int place) throws Exception {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        if (ranking.ranked()) {
            out.setLong(out.arity() - 1, place + 1L);
        }
        out.setKind(kind);
        output.process(out);
    }
}
