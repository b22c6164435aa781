package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.SortedRows;
import java.util.Objects;

/**
 * ROW_NUMBER() with a limit: keeps the first rows of each partition in an order, and gives what changes among them. With the rank in the
 * output each row whose rank changes is updated; without it, rows come in and others go. Also ORDER BY with LIMIT.
 */
public final class TopNOperator extends BufferingOperator {
    // what it computes
    private final KeySelector partition;
    private final SortKey order;
    private final long first;
    private final long last;
    private final boolean ranked;
    private final boolean retracting;
    private final RowSerializer serializer;

    // state
    private final KeyMap<SortedRows> partitions = new KeyMap<>();

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter sortKey = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;
    private final int columns;

    /**
     * @param schema     the columns of the rows
     * @param partition  the columns of PARTITION BY, none for one partition in all
     * @param first      the first rank wanted, from 1
     * @param last       the last rank wanted; {@link Long#MAX_VALUE} for all
     * @param ranked     whether the rank is one more column of the output, a BIGINT
     * @param retracting whether rows may be taken back; if not, only rows up to the last rank are kept
     */
    public TopNOperator(Schema schema, KeySelector partition, SortKey order, long first, long last, boolean ranked, boolean retracting) {
        this.partition = Objects.requireNonNull(partition, "partition");
        this.order = Objects.requireNonNull(order, "order");
        this.first = first;
        this.last = last;
        this.ranked = ranked;
        this.retracting = retracting;
        serializer = new RowSerializer(schema);
        columns = schema.size();
        out = new Row(columns + (ranked ? 1 : 0));
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        partition.write(row, key);
        sortKey.reset();
        order.write(row, sortKey);
        SortedRows rows = partitions.get(key);
        if (row.kind().isRetraction()) {
            if (rows != null) {
                bytes.reset();
                serializer.write(row, bytes);
                remove(rows);
            }
            return;
        }
        if (rows == null) {
            rows = new SortedRows();
            partitions.add(key.toBytes(), rows);
        }
        int place = rows.placeFor(sortKey);
        if (place < last || retracting) {
            bytes.reset();
            serializer.write(row, bytes);
            rows.insert(place, sortKey.toBytes(), bytes.toBytes());
            emitInsertion(rows, place);
            if (!retracting && rows.size() > last) {
                rows.remove(rows.size() - 1);
            }
        }
    }

    private void remove(SortedRows rows) throws Exception {
        int place = rows.find(sortKey, bytes);
        if (place >= 0) {
            emitRemoval(rows, place);
            rows.remove(place);
            if (rows.size() == 0) {
                partitions.remove(key.toBytes());
            }
        }
    }

    /** Emits what a row that was inserted changes: those behind it have gone one rank down. */
    private void emitInsertion(SortedRows rows, int place) throws Exception {
        int from = (int) Math.max(place, first - 1);
        int to = (int) Math.min(rows.size(), last);
        if (ranked) {
            for (int i = from; i < to; i++) {
                boolean taken = i + 1 < rows.size();
                if (taken) {
                    emit(RowKind.UPDATE_BEFORE, rows.row(i + 1), i);
                }
                emit(taken ? RowKind.UPDATE_AFTER : RowKind.INSERT, rows.row(i), i);
            }
        } else if (from < to) {
            if (rows.size() > last) {
                emit(RowKind.DELETE, rows.row(to), to);
            }
            emit(RowKind.INSERT, rows.row(from), from);
        }
    }

    /** Emits what the removal of a row is about to change: those behind it go one rank up. */
    private void emitRemoval(SortedRows rows, int place) throws Exception {
        int from = (int) Math.max(place, first - 1);
        int to = (int) Math.min(rows.size(), last);
        if (ranked) {
            for (int i = from; i < to; i++) {
                boolean refilled = i + 1 < rows.size();
                emit(refilled ? RowKind.UPDATE_BEFORE : RowKind.DELETE, rows.row(i), i);
                if (refilled) {
                    emit(RowKind.UPDATE_AFTER, rows.row(i + 1), i);
                }
            }
        } else if (from < to) {
            emit(RowKind.DELETE, rows.row(from), from);
            if (rows.size() > last) {
                emit(RowKind.INSERT, rows.row(to), to);
            }
        }
    }

    private void emit(RowKind kind, byte[] row, int place) throws Exception {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        if (ranked) {
            out.setLong(columns, place + 1L);
        }
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public String toString() {
        return "top-n";
    }
}
