package creek.connector.datagen;

import static creek.connector.datagen.FieldOptions.KIND;
import static creek.connector.datagen.FieldOptions.MAX_PAST;
import static creek.connector.datagen.FieldOptions.NULL_RATE;
import static creek.connector.datagen.FieldOptions.START;

import creek.connector.datagen.FieldOptions.Kind;
import creek.core.data.DataType;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the generator that fits a column's type and options, as Flink's datagen. */
final class GeneratorFactory {
    private static final int MONTHS = 120_000;

    private final FieldOptions options;
    private final Clock clock;
    private final ResumableRandom random = new ResumableRandom(ThreadLocalRandom.current().nextLong());
    private final NumberGenerators numbers;
    private final TextGenerators texts;
    private final NestedGenerators nested;

    GeneratorFactory(FieldOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.numbers = new NumberGenerators(options, random);
        this.texts = new TextGenerators(options, random);
        this.nested = new NestedGenerators(options, this);
    }

    /** From which all generators draw. */
    ResumableRandom random() {
        return random;
    }

    /**
     * A generator of values of that type.
     *
     * @param field the column's name; for a nested field the names that lead to it, joined by dots
     * @throws creek.core.option.OptionException if one of the field's options does not fit
     */
    ColumnGenerator create(String field, DataType type) {
        ColumnGenerator values = options.get(field, KIND) == Kind.SEQUENCE ? sequence(field, type) : random(field, type);
        double nullRate = options.get(field, NULL_RATE, 0.0, 1.0);
        if (nullRate == 0) {
            return values;
        }
        return (row, column, number) -> {
            if (random.nextDouble() < nullRate) {
                row.setNull(column);
            } else {
                values.generate(row, column, number);
            }
        };
    }

    private ColumnGenerator sequence(String field, DataType type) {
        long start = options.require(field, START);
        long end = start + FieldOptions.rows(options, field) - 1;
        boolean fits = switch (type.root()) {
            case TINYINT -> (byte) start == start && (byte) end == end;
            case SMALLINT -> (short) start == start && (short) end == end;
            case INTEGER -> (int) start == start && (int) end == end;
            default -> true;
        };
        if (!fits) {
            throw FieldOptions.wrong(field, START, "and 'end' must be values of type " + type);
        }
        return switch (type.root()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> (row, column, number) -> row.setLong(column, start + number);
            case FLOAT -> (row, column, number) -> row.setFloat(column, start + number);
            case DOUBLE -> (row, column, number) -> row.setDouble(column, start + number);
            case DECIMAL -> (row, column, number) -> row.setObject(column, BigDecimal.valueOf(start + number).setScale(type.scale()));
            case CHAR, VARCHAR -> (row, column, number) -> row.setUtf8(column, Utf8.of(Long.toString(start + number)));
            default -> throw FieldOptions.wrong(field, KIND, "can't be sequence for a column of type " + type);
        };
    }

    private ColumnGenerator random(String field, DataType type) {
        return switch (type.root()) {
            case BOOLEAN -> (row, column, number) -> row.setBoolean(column, random.nextBoolean());
            case TINYINT -> numbers.integers(field, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> numbers.integers(field, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> numbers.integers(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT, INTERVAL_DAY_TIME -> numbers.integers(field, Long.MIN_VALUE, Long.MAX_VALUE);
            case INTERVAL_YEAR_MONTH -> numbers.integers(field, 0, MONTHS);
            case FLOAT -> numbers.floats(field);
            case DOUBLE -> numbers.doubles(field);
            case DECIMAL -> numbers.decimals(field, type);
            case DATE -> (row, column, number) -> row.setLong(column, LocalDate.now(clock).toEpochDay());
            case TIME_WITHOUT_TIME_ZONE -> (row, column, number) -> row.setLong(column, LocalTime.now(clock).get(ChronoField.MILLI_OF_DAY));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamps(field, type);
            case CHAR, VARCHAR -> texts.texts(field, type);
            case BINARY, VARBINARY -> texts.bytes(field, type);
            case ARRAY -> nested.arrays(field, type.children().get(0));
            case MAP -> nested.maps(field, type.children().get(0), type.children().get(1));
            case MULTISET -> nested.multisets(field, type.children().get(0));
            case ROW -> nested.rows(field, type.fields());
            case STRUCTURED_TYPE, VARIANT -> throw FieldOptions.wrong(field, KIND, "can't be random for a column of type " + type);
            case NULL -> (row, column, number) -> row.setNull(column);
        };
    }

    private ColumnGenerator timestamps(String field, DataType type) {
        long maxPast = options.get(field, MAX_PAST).toMillis();
        if (type.isMillis()) {
            return (row, column, number) -> row.setLong(column, clock.millis() - random.nextLong(maxPast + 1));
        }
        return (row, column, number) -> row.setObject(column, Timestamp.ofMillis(clock.millis() - random.nextLong(maxPast + 1)));
    }
}
