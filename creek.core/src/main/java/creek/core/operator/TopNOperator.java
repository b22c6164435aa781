package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.SortedRows;

/**
 * ROW_NUMBER() with a limit: keeps the first rows of each partition in an order, and gives what changes among them. With the rank in the
 * output each row whose rank changes is updated; without it, rows come in and others go. Also ORDER BY with LIMIT.
 */
public final class TopNOperator extends RankingOperator<SortedRows> {
    private final boolean retracting;

    /** @param retracting whether rows may be taken back; if not, only rows up to the last rank are kept */
    public TopNOperator(Ranking ranking, boolean retracting) {
        super(ranking);
        this.retracting = retracting;
    }

    @Override
    SortedRows newPartition() {
        return new SortedRows(partitions);
    }

    @Override
    public void process(Row row) throws Exception {
        writeKeys(row);
        SortedRows rows = partition();
        if (row.kind().isRetraction()) {
            if (rows != null) {
                remove(rows, row);
            }
            return;
        }
        if (rows == null) {
            rows = addPartition(row);
        }
        int place = rows.placeFor(sortKey);
        if (place < last || retracting) {
            insert(rows, place, row);
        }
    }

    private void insert(SortedRows rows, int place, Row row) throws Exception {
        partitions.pack(row, bytes);
        rows.insert(place, sortKey, bytes, null);
        emitInsertion(rows, place, !retracting);
        if (!retracting && rows.size() > last) {
            rows.remove(rows.size() - 1);
        }
    }

    private void remove(SortedRows rows, Row row) throws Exception {
        partitions.pack(row, bytes);
        int place = rows.find(sortKey, bytes);
        if (place >= 0) {
            emitRemoval(rows, place);
            rows.remove(place);
            if (rows.size() == 0) {
                partitions.remove(key.toBytes());
            }
        }
    }

    /** Emits what the removal of a row is about to change: those behind it go one rank up. */
    private void emitRemoval(SortedRows rows, int place) throws Exception {
        int from = firstChanged(place);
        int to = (int) Math.min(rows.size(), last);
        if (ranking.ranked()) {
            for (int i = from; i < to; i++) {
                if (i + 1 < rows.size()) {
                    emitUpdate(rows, i, i + 1, i);
                } else {
                    emit(RowKind.DELETE, rows, i, i);
                }
            }
        } else if (from < to) {
            emit(RowKind.DELETE, rows, from, from);
            if (rows.size() > last) {
                emit(RowKind.INSERT, rows, to, to);
            }
        }
    }

    @Override
    public String toString() {
        return "top-n";
    }
}
