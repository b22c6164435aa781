package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import java.util.Objects;

/** Keeps the last row of each key, by a time column or by arrival: each later row updates the one before. */
public final class KeepLastOperator extends BufferingOperator {
    private static final class Last {
        byte[] row;
        long time;
    }

    private final KeySelector keys;
    private final int timeColumn;
    private final boolean updateBefore;
    private final RowSerializer serializer;
    private final KeyMap<Last> lasts = new KeyMap<>();
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema       the columns of the rows
     * @param timeColumn   the event time that decides, a later arrival winning among equals; -1 for the order of arrival
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public KeepLastOperator(Schema schema, KeySelector keys, int timeColumn, boolean updateBefore) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.timeColumn = timeColumn;
        this.updateBefore = updateBefore;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void process(Row row) throws Exception {
        long time = timeColumn < 0 ? 0 : eventTime(row, timeColumn);
        key.reset();
        keys.write(row, key);
        Last last = lasts.get(key);
        boolean isNew = last == null;
        if (isNew) {
            last = new Last();
            lasts.add(key.toBytes(), last);
        } else if (time < last.time) {
            return;
        } else if (updateBefore) {
            emit(last.row, RowKind.UPDATE_BEFORE);
        }
        bytes.reset();
        serializer.write(row, bytes);
        last.row = bytes.toBytes();
        last.time = time;
        emit(last.row, isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER);
    }

    private void emit(byte[] row, RowKind kind) throws Exception {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public String toString() {
        return "keep last";
    }
}
