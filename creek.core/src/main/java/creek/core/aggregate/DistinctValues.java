package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.NumberBag;
import creek.core.internal.state.RowBag;

/** The values that an aggregate over DISTINCT has seen, with how often. Looking for a value allocates nothing. */
public final class DistinctValues {
    private final RowSerializer serializer;
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row value;
    /** Whether values are single whole numbers. */
    private final boolean numeric;
    /** One of the two is null. */
    private NumberBag numbers;
    private RowBag values;

    /** @param types of the columns that make a value */
    public DistinctValues(DataType... types) {
        Schema schema = Schema.empty();
        for (int i = 0; i < types.length; i++) {
            schema = schema.with("value" + i, types[i]);
        }
        serializer = new RowSerializer(schema);
        value = new Row(types.length);
        numeric = types.length == 1 && isNumber(types[0]);
        clear();
    }

    /** Others are kept in the order in which they came, on which sums of them may depend. */
    private static boolean isNumber(DataType type) {
        return switch (type.root()) {
            case INTEGER, BIGINT, DATE -> true;
            default -> false;
        };
    }

    public void clear() {
        if (numeric) {
            numbers = new NumberBag();
        } else {
            values = new RowBag();
        }
    }

    /** Number of distinct values. */
    public int size() {
        return numeric ? numbers.size() : values.size();
    }

    /** Adds the value of some columns; whether it is new. */
    public boolean add(Row row, int[] columns) {
        if (numeric) {
            return numbers.add(row, columns[0], 1);
        }
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
        if (numeric) {
            return numbers.remove(row, columns[0]);
        }
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
        return numeric ? numbers.next(0) : values.first();
    }

    /** Where the next value is; -1 if there is none. */
    public int next(int place) {
        return numeric ? numbers.next(place + 1) : values.next(place);
    }

    /** Adds another's value, by its place; whether it is new. It is then {@link #value}. */
    public boolean addFrom(DistinctValues other, int place) {
        if (numeric) {
            other.numbers.get(place, value, 0);
            return numbers.add(value, 0, other.numbers.count(place));
        }
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
        output.writeVarInt(size());
        for (int place = first(); place >= 0; place = next(place)) {
            if (numeric) {
                numbers.get(place, value, 0);
                bytes.reset();
                serializer.write(value, bytes);
                output.writeBytes(bytes.bytes(), 0, bytes.size());
                output.writeVarInt((int) numbers.count(place));
            } else {
                output.writeBytes(values.bytes(), values.offset(place), values.length(place));
                output.writeVarInt(values.count(place));
            }
        }
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        clear();
        for (int size = input.readVarInt(); size > 0; size--) {
            byte[] row = input.readBytes();
            int count = input.readVarInt();
            if (numeric) {
                reader.reset(row, 0, row.length);
                serializer.read(reader, value);
                numbers.add(value, 0, count);
            } else {
                bytes.reset();
                bytes.writeRaw(row, 0, row.length);
                values.setCount(values.add(bytes), count);
            }
        }
    }
}
