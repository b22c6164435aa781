package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.RowBag;

/** The values that an aggregate over DISTINCT has seen, with how often. Looking for a value allocates nothing. */
public final class DistinctValues {
    private final RowSerializer serializer;
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row value;
    private RowBag values = new RowBag();

    /** @param types of the columns that make a value */
    public DistinctValues(DataType... types) {
        Schema schema = Schema.empty();
        for (int i = 0; i < types.length; i++) {
            schema = schema.with("value" + i, types[i]);
        }
        serializer = new RowSerializer(schema);
        value = new Row(types.length);
    }

    public void clear() {
        values = new RowBag();
    }

    /** Number of distinct values. */
    public int size() {
        return values.size();
    }

    /** Adds the value of some columns; whether it is new. */
    public boolean add(Row row, int[] columns) {
        take(row, columns);
        return add(1);
    }

    private void take(Row row, int[] columns) {
        bytes.reset();
        for (int i = 0; i < columns.length; i++) {
            serializer.writeColumn(i, row, columns[i], bytes);
        }
    }

    private boolean add(int count) {
        RowBag.Entry entry = values.find(bytes);
        if (entry != null) {
            entry.count += count;
            return false;
        }
        values.add(bytes).count = count;
        return true;
    }

    /** Takes the value of some columns back; whether it was the last of its kind. */
    public boolean remove(Row row, int[] columns) {
        take(row, columns);
        RowBag.Entry entry = values.find(bytes);
        if (entry == null || --entry.count > 0) {
            return false;
        }
        values.remove(entry);
        return true;
    }

    /** Adds another's value, by its place; whether it is new. It is then {@link #value}. */
    public boolean addFrom(DistinctValues other, int place) {
        RowBag.Entry entry = other.values.get(place);
        bytes.reset();
        bytes.writeRaw(entry.row(), 0, entry.row().length);
        if (!add(entry.count)) {
            return false;
        }
        reader.reset(entry.row(), 0, entry.row().length);
        serializer.read(reader, value);
        return true;
    }

    /** A row with the columns of the value that {@link #addFrom} found new. */
    public Row value() {
        return value;
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        output.writeVarInt(values.size());
        for (int i = 0; i < values.size(); i++) {
            RowBag.Entry entry = values.get(i);
            output.writeBytes(entry.row(), 0, entry.row().length);
            output.writeVarInt(entry.count);
        }
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        clear();
        for (int size = input.readVarInt(); size > 0; size--) {
            byte[] row = input.readBytes();
            bytes.reset();
            bytes.writeRaw(row, 0, row.length);
            values.add(bytes).count = input.readVarInt();
        }
    }
}
