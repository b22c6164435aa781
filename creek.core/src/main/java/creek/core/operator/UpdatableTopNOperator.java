package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.SortedRows;
import creek.core.internal.state.SortedRowsMap;
import java.util.Arrays;
import java.util.Objects;

/**
 * Top-N over rows that are replaced by others with the same key, which never have a higher rank: so rows beyond the last rank are of no use any
 * more and are not kept, though rows change. {@code -U} and {@code -D} rows do not come, and the first rank is 1.
 */
public final class UpdatableTopNOperator extends RankingOperator<UpdatableTopNOperator.Partition> {
    private final KeySelector rowKeys;
    private final BinaryWriter rowKey = new BinaryWriter();
    private final BinaryWriter oldSortKey = new BinaryWriter();
    private final BinaryWriter oldBytes = new BinaryWriter();

    /** Rows that are also known by their keys. */
    static final class Partition extends SortedRows {
        private final KeyMap<Entry> byKey = new KeyMap<>();

        Partition(SortedRowsMap<Partition> partitions) {
            super(partitions);
        }
    }

    private static final class Entry {
        byte[] sortKey;
        byte[] row;

        Entry(byte[] sortKey, byte[] row) {
            this.sortKey = sortKey;
            this.row = row;
        }
    }

    /** @param rowKeys the columns that tell which row is replaced */
    public UpdatableTopNOperator(Ranking ranking, KeySelector rowKeys) {
        super(ranking);
        this.rowKeys = Objects.requireNonNull(rowKeys, "rowKeys");
        if (ranking.first() != 1) {
            throw new IllegalArgumentException("the first rank must be 1, not " + ranking.first());
        }
    }

    @Override
    Partition newPartition() {
        return new Partition(partitions);
    }

    @Override
    void added(Partition to, byte[] rowsSortKey, byte[] row) {
        rowKey.reset();
        rowKeys.write(read(row), rowKey);
        to.byKey.add(rowKey.toBytes(), new Entry(rowsSortKey, row));
    }

    @Override
    public void process(Row row) throws Exception {
        writeKeys(row);
        Partition at = partition();
        if (at == null) {
            at = addPartition(row);
        }
        rowKey.reset();
        rowKeys.write(row, rowKey);
        bytes.reset();
        serializer.write(row, bytes);
        Entry known = at.byKey.get(rowKey);
        if (known == null) {
            add(at);
        } else {
            replace(at, known);
        }
    }

    private void add(Partition at) throws Exception {
        int place = at.placeFor(sortKey);
        if (place >= last) {
            return;
        }
        Entry entry = new Entry(sortKey.toBytes(), bytes.toBytes());
        at.byKey.add(rowKey.toBytes(), entry);
        at.insert(place, entry.sortKey, entry.row, null);
        emitInsertion(at, place, true);
        if (at.size() > last) {
            forget(at, at.size() - 1);
        }
    }

    private void forget(Partition at, int place) {
        rowKey.reset();
        rowKeys.write(read(at.row(place)), rowKey);
        at.byKey.remove(rowKey.toBytes());
        at.remove(place);
    }

    private void replace(SortedRows rows, Entry entry) throws Exception {
        byte[] before = entry.row;
        int old = find(rows, entry);
        entry.row = bytes.toBytes();
        int place = old;
        if (Arrays.equals(entry.sortKey, 0, entry.sortKey.length, sortKey.bytes(), 0, sortKey.size())) {
            rows.replace(old, entry.row);
        } else {
            rows.remove(old);
            place = rows.placeFor(sortKey);
            entry.sortKey = sortKey.toBytes();
            rows.insert(place, entry.sortKey, entry.row, null);
        }
        if (!ranking.ranked()) {
            emitUpdate(before, entry.row, place);
            return;
        }
        for (int i = place; i <= old; i++) {
            emitUpdate(i == old ? before : rows.row(i + 1), rows.row(i), i);
        }
    }

    private int find(SortedRows rows, Entry entry) {
        oldSortKey.reset();
        oldSortKey.writeRaw(entry.sortKey, 0, entry.sortKey.length);
        oldBytes.reset();
        oldBytes.writeRaw(entry.row, 0, entry.row.length);
        return rows.find(oldSortKey, oldBytes);
    }

    @Override
    public String toString() {
        return "updatable top-n";
    }
}
