package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.SortedRows;
import creek.core.internal.state.SortedRowsMap;
import java.util.Objects;

/**
 * Top-N over rows that are replaced by others with the same key, which never have a higher rank: so rows beyond the last rank are of no use any
 * more and are not kept, though rows change. {@code -U} and {@code -D} rows do not come, and the first rank is 1.
 */
public final class UpdatableTopNOperator extends RankingOperator<UpdatableTopNOperator.Partition> {
    private final KeySelector rowKeys;
    private final BinaryWriter rowKey = new BinaryWriter();
    private final BinaryWriter oldSortKey = new BinaryWriter();
    /** A row that has been replaced, until that is emitted. */
    private final BinaryWriter before = new BinaryWriter();

    /** Rows that are also known by their keys. */
    static final class Partition extends SortedRows {
        private final KeyMap<Entry> byKey = new KeyMap<>();

        Partition(SortedRowsMap<Partition> partitions) {
            super(partitions);
        }
    }

    private static final class Entry {
        /** Where the row lies: {@link SortedRows#address}. */
        int address;

        Entry(int address) {
            this.address = address;
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
    void added(Partition to, int place) {
        rowKey.reset();
        rowKeys.write(read(to, place), rowKey);
        to.byKey.add(rowKey.toBytes(), new Entry(to.address(place)));
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
        partitions.pack(row, bytes);
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
        at.insert(place, sortKey, bytes, null);
        at.byKey.add(rowKey.toBytes(), new Entry(at.address(place)));
        emitInsertion(at, place, true);
        if (at.size() > last) {
            forget(at, at.size() - 1);
        }
    }

    private void forget(Partition at, int place) {
        rowKey.reset();
        rowKeys.write(read(at, place), rowKey);
        at.byKey.remove(rowKey.toBytes());
        at.remove(place);
    }

    private void replace(SortedRows rows, Entry entry) throws Exception {
        int old = rows.placeOf(entry.address, oldSortKey);
        before.reset();
        rows.copy(old, before);
        int place = old;
        if (rows.isKey(old, sortKey)) {
            rows.replace(old, bytes);
        } else {
            rows.remove(old);
            place = rows.placeFor(sortKey);
            rows.insert(place, sortKey, bytes, null);
        }
        entry.address = rows.address(place);
        for (int i = place; i < old && ranking.ranked(); i++) {
            emitUpdate(rows, i + 1, i, i);
        }
        emitReplaced(rows, ranking.ranked() ? old : place);
    }

    /** Emits that the row at a place comes where the one that was replaced has been. */
    private void emitReplaced(SortedRows rows, int place) throws Exception {
        if (ranking.updateBefore()) {
            partitions.read(before, out);
            emitRead(RowKind.UPDATE_BEFORE, place);
        }
        emit(RowKind.UPDATE_AFTER, rows, place, place);
    }

    @Override
    public String toString() {
        return "updatable top-n";
    }
}
