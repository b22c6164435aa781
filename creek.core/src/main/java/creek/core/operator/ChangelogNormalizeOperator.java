package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import java.util.Arrays;
import java.util.Objects;

/**
 * Makes a complete changelog of changes by key: keeps the last row of each key, so that an update gets its {@code -U}, a {@code -D} all its
 * values, and what changes nothing is left out. A row that is taken back goes, one that is not there is not.
 */
public final class ChangelogNormalizeOperator extends BufferingOperator {
    private static final class Last {
        byte[] row;
    }

    private final KeySelector keys;
    private final boolean updateBefore;
    private final RowSerializer serializer;
    private final KeyMap<Last> lasts = new KeyMap<>();
    private boolean limited;
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema       the columns of the rows
     * @param keys         those of the key
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public ChangelogNormalizeOperator(Schema schema, KeySelector keys, boolean updateBefore) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.updateBefore = updateBefore;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext);
        limited = timeToLive.isLimited();
        lasts.expireAfter(timeToLive);
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        keys.write(row, key);
        Last last = lasts.get(key);
        if (row.kind().isRetraction()) {
            if (last != null) {
                lasts.remove(key.toBytes());
                emit(last, RowKind.DELETE);
            }
            return;
        }
        bytes.reset();
        serializer.write(row, bytes);
        if (last == null) {
            last = new Last();
            last.row = bytes.toBytes(last.row);
            lasts.add(key.toBytes(), last);
            emit(last, RowKind.INSERT);
        } else if (limited || !Arrays.equals(last.row, 0, last.row.length, bytes.bytes(), 0, bytes.size())) {
            lasts.touch();
            if (updateBefore) {
                emit(last, RowKind.UPDATE_BEFORE);
            }
            last.row = bytes.toBytes(last.row);
            emit(last, RowKind.UPDATE_AFTER);
        }
    }

    private void emit(Last last, RowKind kind) throws Exception {
        reader.reset(last.row, 0, last.row.length);
        serializer.read(reader, out);
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public long kept() {
        return lasts.size();
    }

    @Override
    public String toString() {
        return "changelog normalize";
    }
}
