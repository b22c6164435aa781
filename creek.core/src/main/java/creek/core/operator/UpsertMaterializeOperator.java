package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Brings changes in an order by a table's primary key, of which several rows may be there at a time: the table gets the one that came last, and
 * when that is taken back the one before it. Gives {@code +I}, {@code +U} and {@code -D} by primary key.
 */
public final class UpsertMaterializeOperator extends BufferingOperator {
    private final KeySelector primaryKey;
    private final KeySelector updateKey;
    private final RowSerializer serializer;
    /** The rows of a primary key in the order of their arrival. */
    private final KeyMap<List<byte[]>> rowsByKey = new KeyMap<>();
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryWriter wanted = new BinaryWriter();
    private final BinaryWriter candidate = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema    the columns of the rows
     * @param updateKey the columns that tell which row an update is of; null if all do
     */
    public UpsertMaterializeOperator(Schema schema, KeySelector primaryKey, KeySelector updateKey) {
        this.primaryKey = Objects.requireNonNull(primaryKey, "primaryKey");
        this.updateKey = updateKey;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        rowsByKey.expireAfter(TimeToLive.of(newContext));
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        primaryKey.write(row, key);
        bytes.reset();
        serializer.write(row, bytes);
        List<byte[]> rows = rowsByKey.get(key);
        if (row.kind().isRetraction()) {
            int place = rows == null ? -1 : find(rows, row);
            if (place >= 0) {
                rowsByKey.touch();
                remove(rows, place);
            }
            return;
        }
        if (rows == null) {
            rows = new ArrayList<>(1);
            rowsByKey.add(key.toBytes(), rows);
        } else {
            rowsByKey.touch();
        }
        RowKind kind = rows.isEmpty() ? RowKind.INSERT : RowKind.UPDATE_AFTER;
        int place = updateKey == null ? -1 : find(rows, row);
        byte[] added = bytes.toBytes();
        if (place < 0) {
            rows.add(added);
        } else {
            rows.set(place, added);
        }
        emit(added, kind);
    }

    private void remove(List<byte[]> rows, int place) throws Exception {
        byte[] removed = rows.remove(place);
        if (rows.isEmpty()) {
            rowsByKey.remove(key.toBytes());
            emit(removed, RowKind.DELETE);
        } else if (place == rows.size()) {
            emit(rows.get(place - 1), RowKind.UPDATE_AFTER);
        }
    }

    /** The first of the rows that is the same one, or -1. */
    private int find(List<byte[]> rows, Row row) {
        if (updateKey != null) {
            wanted.reset();
            updateKey.write(row, wanted);
        }
        for (int i = 0; i < rows.size(); i++) {
            byte[] other = rows.get(i);
            if (updateKey == null ? Arrays.equals(other, 0, other.length, bytes.bytes(), 0, bytes.size()) : hasWantedKey(other)) {
                return i;
            }
        }
        return -1;
    }

    private boolean hasWantedKey(byte[] other) {
        reader.reset(other, 0, other.length);
        serializer.read(reader, out);
        candidate.reset();
        updateKey.write(out, candidate);
        return Arrays.equals(candidate.bytes(), 0, candidate.size(), wanted.bytes(), 0, wanted.size());
    }

    private void emit(byte[] row, RowKind kind) throws Exception {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public long kept() {
        return rowsByKey.size();
    }

    @Override
    public String toString() {
        return "upsert materialize";
    }
}
