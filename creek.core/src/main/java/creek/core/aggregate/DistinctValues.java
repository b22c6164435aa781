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
        int entry = values.find(bytes);
        if (entry >= 0) {
            values.setCount(entry, values.count(entry) + count);
            return false;
        }
        values.setCount(values.add(bytes), count);
        return true;
    }

    /** Takes the value of some columns back; whether it was the last of its kind. */
    public boolean remove(Row row, int[] columns) {
        take(row, columns);
        int entry = values.find(bytes);
        if (entry < 0) {
            return false;
        }
        int count = values.count(entry) - 1;
        if (count > 0) {
            values.setCount(entry, count);
            return false;
        }
        values.remove(entry);
        values.trim();
        return true;
    }

    /** Tells where the first value is; -1 if there is none. */
    public int first() {
        return values.first();
    }

    /** Where the next value is; -1 if there is none. */
    public int next(int place) {
        return values.next(place);
    }

    /** Adds another's value, by its place; whether it is new. It is then {@link #value}. */
    public boolean addFrom(DistinctValues other, int place) {
        int length = other.values.length(place);
        bytes.reset();
        bytes.writeRaw(other.values.bytes(), other.values.offset(place), length);
        if (!add(other.values.count(place))) {
            return false;
        }
        reader.reset(other.values.bytes(), other.values.offset(place), length);
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
        for (int entry = values.first(); entry >= 0; entry = values.next(entry)) {
            output.writeBytes(values.bytes(), values.offset(entry), values.length(entry));
            output.writeVarInt(values.count(entry));
        }
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        clear();
        for (int size = input.readVarInt(); size > 0; size--) {
            byte[] row = input.readBytes();
            bytes.reset();
            bytes.writeRaw(row, 0, row.length);
            values.setCount(values.add(bytes), input.readVarInt());
        }
    }
}
