package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import creek.core.internal.state.SortedRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Top-N over rows that are replaced by others with the same key, which never have a higher rank: so rows beyond the last rank are of no use any
 * more and are not kept, though rows change. {@code -U} and {@code -D} rows do not come, and the first rank is 1.
 */
public final class UpdatableTopNOperator extends RankingOperator {
    private final KeySelector rowKeys;
    private final KeyMap<Partition> partitions = new KeyMap<>() {
        @Override
        protected void expired(Partition value) {
            kept -= value.rows.size();
        }
    };
    private long kept;
    private final BinaryWriter rowKey = new BinaryWriter();
    private final BinaryWriter oldSortKey = new BinaryWriter();
    private final BinaryWriter oldBytes = new BinaryWriter();

    private static final class Partition {
        final SortedRows rows = new SortedRows();
        final KeyMap<Entry> byKey = new KeyMap<>();
        final long last;

        Partition(long last) {
            this.last = last;
        }
    }

    private static final class Entry {
        byte[] sortKey;
        byte[] row;
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
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        partitions.expireAfter(TimeToLive.of(newContext));
    }

    @Override
    public void process(Row row) throws Exception {
        writeKeys(row);
        Partition at = partitions.get(key);
        if (at == null) {
            at = new Partition(lastRank(row));
            partitions.add(key.toBytes(), at);
        } else {
            partitions.touch();
        }
        last = at.last;
        rowKey.reset();
        rowKeys.write(row, rowKey);
        bytes.reset();
        serializer.write(row, bytes);
        Entry known = at.byKey.get(rowKey);
        if (known == null) {
            add(at);
        } else {
            replace(at.rows, known);
        }
    }

    private void add(Partition at) throws Exception {
        int place = at.rows.placeFor(sortKey);
        if (place >= last) {
            return;
        }
        Entry entry = new Entry();
        entry.sortKey = sortKey.toBytes();
        entry.row = bytes.toBytes();
        at.byKey.add(rowKey.toBytes(), entry);
        at.rows.insert(place, entry.sortKey, entry.row);
        kept++;
        emitInsertion(at.rows, place, true);
        if (at.rows.size() > last) {
            forget(at, at.rows.size() - 1);
        }
    }

    private void forget(Partition at, int place) {
        byte[] gone = at.rows.row(place);
        reader.reset(gone, 0, gone.length);
        serializer.read(reader, out);
        rowKey.reset();
        rowKeys.write(out, rowKey);
        at.byKey.remove(rowKey.toBytes());
        at.rows.remove(place);
        kept--;
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
            rows.insert(place, entry.sortKey, entry.row);
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
    public long kept() {
        return kept;
    }

    @Override
    public String toString() {
        return "updatable top-n";
    }
}
