package creek.connector.datagen;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The options of the columns, {@code fields.<column>.<option>}; remembers which ones were asked for, since these are those there are. */
final class FieldOptions {
    /** How a column's values are made. */
    enum Kind { RANDOM, SEQUENCE }

    static final String PREFIX = "fields.";

    static final ConfigOption<Kind> KIND = ConfigOption.withDefault("kind", Kind.class, Kind.RANDOM, "random or sequence");
    static final ConfigOption<Double> NULL_RATE = ConfigOption.withDefault("null-rate", Double.class, 0.0,
            "how many of the values are null, 0 to 1");
    static final ConfigOption<Long> START = ConfigOption.required("start", Long.class, "first value of the sequence");
    static final ConfigOption<Long> END = ConfigOption.required("end", Long.class, "last value of the sequence");
    static final ConfigOption<Long> LENGTH = ConfigOption.optional("length", Long.class, "length of the text, or size of the collection");
    static final ConfigOption<Boolean> VAR_LEN = ConfigOption.withDefault("var-len", Boolean.class, false, "lengths from 1 to 'length'");
    static final ConfigOption<Duration> MAX_PAST = ConfigOption.withDefault("max-past", Duration.class, Duration.ZERO, "how far before now");

    private static final String START_SUFFIX = ".start";

    private final Options options;
    private final List<ConfigOption<?>> declared = new ArrayList<>();

    FieldOptions(Options options) {
        this.options = options;
    }

    /** The value of a field's option. */
    <T> T get(String field, ConfigOption<T> option) {
        ConfigOption<T> own = option.withPrefix(PREFIX + field + ".");
        declared.add(own);
        return options.get(own);
    }

    /** The value of a field's option that must be in a range. */
    <T extends Comparable<T>> T get(String field, ConfigOption<T> option, T least, T most) {
        T value = get(field, option);
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw wrong(field, option, "must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    <T> T require(String field, ConfigOption<T> option) {
        T value = get(field, option);
        if (value == null) {
            throw wrong(field, option, "is missing: " + option.help());
        }
        return value;
    }

    static OptionException wrong(String field, ConfigOption<?> option, String what) {
        String key = PREFIX + field + "." + option.key();
        return new OptionException(key, "option '" + key + "' " + what);
    }

    /** All options that fields of these kinds and types have. */
    List<ConfigOption<?>> declared() {
        return declared;
    }

    /** How many rows there are until a sequence is at its end; empty without a sequence. */
    static OptionalLong sequenceRows(Options options) {
        OptionalLong least = OptionalLong.empty();
        FieldOptions fields = new FieldOptions(options);
        for (String key : options.toMap().keySet()) {
            if (key.startsWith(PREFIX) && key.endsWith(START_SUFFIX)) {
                long rows = rows(fields, key.substring(PREFIX.length(), key.length() - START_SUFFIX.length()));
                least = OptionalLong.of(Math.min(rows, least.orElse(rows)));
            }
        }
        return least;
    }

    /** How many values a field's sequence has. */
    static long rows(FieldOptions fields, String field) {
        long start = fields.require(field, START);
        long end = fields.require(field, END);
        if (end < start) {
            throw wrong(field, END, "must not be less than 'start', " + start);
        }
        try {
            return Math.addExact(Math.subtractExact(end, start), 1);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
