package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.internal.format.Boxing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values by size, for PERCENTILE: one percentile, or an ARRAY of several. What lies between two values is interpolated. */
public final class Percentiles {
    private final DataType valueType;
    private final DataType wantedType;
    private final DataType frequencyType;
    private final TreeMap<Double, Long> counts = new TreeMap<>();
    /** The percentages that the first row asked for; null before it. */
    private double[] wanted;

    /**
     * @param valueType     of the values, a number
     * @param wantedType    of the percentages between 0 and 1: a number, or an ARRAY of numbers
     * @param frequencyType of how often a value counts, an integer
     */
    public Percentiles(DataType valueType, DataType wantedType, DataType frequencyType) {
        this.valueType = valueType;
        this.wantedType = wantedType;
        this.frequencyType = frequencyType;
    }

    /** Every value counts once. */
    public Percentiles(DataType valueType, DataType wantedType) {
        this(valueType, wantedType, null);
    }

    public void clear() {
        counts.clear();
        wanted = null;
    }

    /** Adds a value. */
    public void add(Row row, int value, int percentage) {
        add(row, value, percentage, 1L);
    }

    /** Adds a value that counts as often as a column says; not at all if that is NULL or not positive. */
    public void add(Row row, int value, int percentage, int frequency) {
        add(row, value, percentage, frequency(row, frequency));
    }

    private void add(Row row, int value, int percentage, long frequency) {
        if (wanted == null) {
            wanted = percentages(Boxing.box(wantedType, row, percentage));
        }
        count(row, value, frequency);
    }

    /** Takes a value back. */
    public void remove(Row row, int value, int percentage) {
        count(row, value, -1);
    }

    /** Takes a value back as often as it counted. */
    public void remove(Row row, int value, int percentage, int frequency) {
        count(row, value, -frequency(row, frequency));
    }

    private long frequency(Row row, int column) {
        return row.isNullAt(column) ? 0 : Math.max(0, ((Number) Boxing.box(frequencyType, row, column)).longValue());
    }

    private void count(Row row, int value, long change) {
        if (change != 0 && !row.isNullAt(value)) {
            count(((Number) Boxing.box(valueType, row, value)).doubleValue(), change);
        }
    }

    private void count(double value, long change) {
        long count = counts.getOrDefault(value, 0L) + change;
        if (count == 0) {
            counts.remove(value);
        } else {
            counts.put(value, count);
        }
    }

    private static double[] percentages(Object wanted) {
        List<?> several = wanted instanceof List<?> list ? list : List.of(wanted);
        double[] percentages = several.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
        for (double each : percentages) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException("PERCENTILE: a percentage lies between 0 and 1, unlike " + each);
            }
        }
        return percentages;
    }

    public void addAll(Percentiles other) {
        if (wanted == null) {
            wanted = other.wanted;
        }
        other.counts.forEach((value, count) -> count(value, count));
    }

    /** Sets a row's column to the percentiles, NULL if there are no values. */
    public void emit(Row row, int column) {
        long total = 0;
        for (long count : counts.values()) {
            total += count;
        }
        if (total <= 0 || wanted.length == 0) {
            row.setNull(column);
        } else if (wantedType.root() == TypeRoot.ARRAY) {
            List<Double> percentiles = new ArrayList<>();
            for (double percentage : wanted) {
                percentiles.add(percentile(percentage * (total - 1) + 1));
            }
            row.setObject(column, percentiles);
        } else {
            row.setDouble(column, percentile(wanted[0] * (total - 1) + 1));
        }
    }

    /** The value at a position among all, from 1. */
    private double percentile(double position) {
        long lower = (long) Math.floor(position);
        long higher = (long) Math.ceil(position);
        long before = 0;
        double last = Double.NaN;
        for (Map.Entry<Double, Long> each : counts.entrySet()) {
            if (before >= lower) {
                return (higher - position) * last + (position - lower) * each.getKey();
            }
            last = each.getKey();
            before += each.getValue();
            if (before >= higher) {
                return last;
            }
        }
        return last;
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        output.writeVarInt(wanted == null ? 0 : wanted.length + 1);
        for (int i = 0; wanted != null && i < wanted.length; i++) {
            output.writeDouble(wanted[i]);
        }
        output.writeVarInt(counts.size());
        counts.forEach((value, count) -> {
            output.writeDouble(value);
            output.writeLong(count);
        });
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        clear();
        int length = input.readVarInt() - 1;
        wanted = length < 0 ? null : new double[length];
        for (int i = 0; i < length; i++) {
            wanted[i] = input.readDouble();
        }
        for (int size = input.readVarInt(); size > 0; size--) {
            double value = input.readDouble();
            counts.put(value, input.readLong());
        }
    }
}
