package creek.connector.datagen;

import creek.core.data.DataType;
import creek.core.option.ConfigOption;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/** Random numbers between the options {@code min} and {@code max}, both included; floating point from 0 on unless told otherwise. */
final class NumberGenerators {
    private final FieldOptions options;
    private final RandomGenerator random;

    NumberGenerators(FieldOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** An option {@code min} or {@code max}. */
    private static <T> ConfigOption<T> bound(String key, Class<T> type, T defaultValue) {
        return ConfigOption.withDefault(key, type, defaultValue, key.equals("min") ? "smallest value" : "largest value");
    }

    ColumnGenerator integers(String field, long least, long most) {
        long min = options.get(field, bound("min", Long.class, least), least, most);
        long max = options.get(field, bound("max", Long.class, most), min, most);
        return (row, column, number) -> row.setLong(column, between(min, max));
    }

    /** A number from {@code min} to {@code max}. */
    private long between(long min, long max) {
        return max < Long.MAX_VALUE ? random.nextLong(min, max + 1)
                : min > Long.MIN_VALUE ? random.nextLong(min - 1, max) + 1 : random.nextLong();
    }

    ColumnGenerator floats(String field) {
        double min = options.get(field, bound("min", Double.class, 0.0), (double) -Float.MAX_VALUE, (double) Float.MAX_VALUE);
        double max = options.get(field, bound("max", Double.class, (double) Float.MAX_VALUE), min, (double) Float.MAX_VALUE);
        return (row, column, number) -> row.setFloat(column, (float) between(min, max));
    }

    ColumnGenerator doubles(String field) {
        double min = options.get(field, bound("min", Double.class, 0.0), -Double.MAX_VALUE, Double.MAX_VALUE);
        double max = options.get(field, bound("max", Double.class, Double.MAX_VALUE), min, Double.MAX_VALUE);
        return (row, column, number) -> row.setDouble(column, between(min, max));
    }

    /** Weighs the bounds instead of taking their difference, which may be infinite. */
    private double between(double min, double max) {
        double weight = random.nextDouble();
        return min * (1 - weight) + max * weight;
    }

    ColumnGenerator decimals(String field, DataType type) {
        double most = Math.pow(10, type.precision() - type.scale());
        double min = options.get(field, bound("min", Double.class, 0.0), -most, most);
        double max = options.get(field, bound("max", Double.class, most), min, most);
        BigDecimal largest = BigDecimal.TEN.pow(type.precision()).subtract(BigDecimal.ONE).movePointLeft(type.scale()).setScale(type.scale());
        return (row, column, number) -> {
            BigDecimal value = BigDecimal.valueOf(between(min, max)).setScale(type.scale(), RoundingMode.DOWN);
            row.setObject(column, value.min(largest).max(largest.negate()));
        };
    }
}
