package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeToLive;
import java.util.Arrays;
import java.util.Objects;

/** What operators have in common that keep rows by key, each until it is replaced. */
abstract class KeyedRowsOperator<V, M extends StateMap<V>> extends BufferingOperator {
    final KeySelector keys;
    final RowSerializer serializer;

    /** What is kept of each key. */
    final M kept;
    /** Whether that has a time to live. */
    boolean limited;

    // of the row at hand
    final BinaryWriter key = new BinaryWriter();
    final BinaryWriter bytes = new BinaryWriter();

    final Row out;
    private final BinaryReader reader = new BinaryReader();

    /**
     * @param schema the columns of the rows
     * @param keys   those of the key
     * @param kept   for what is kept of each key
     */
    KeyedRowsOperator(Schema schema, KeySelector keys, M kept) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.kept = kept;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext);
        limited = timeToLive.isLimited();
        kept.expireAfter(timeToLive);
    }

    /** What the bytes of a key and of what is kept of it beside rows mean, as text. */
    final String form(String what) {
        return keys.form() + ", " + what;
    }

    /** What is kept of the row's key, or null. */
    final V find(Row row) {
        key.reset();
        keys.write(row, key);
        return kept.get(key);
    }

    final void serialize(Row row) {
        bytes.reset();
        serializer.write(row, bytes);
    }

    /** Whether a row is as the one that was {@linkplain #serialize serialized}. */
    final boolean isSerialized(byte[] other) {
        return Arrays.equals(other, 0, other.length, bytes.bytes(), 0, bytes.size());
    }

    /** The row that was serialized, in {@link #out}. */
    final Row read(byte[] row) {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        return out;
    }

    final void emit(byte[] row, RowKind kind) throws Exception {
        read(row).setKind(kind);
        output.process(out);
    }

    @Override
    public long kept() {
        return kept.size();
    }
}
