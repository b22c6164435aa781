package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class SortKeyTest {
    private static <T> void assertOrder(DataType type, BiConsumer<Row, T> setter, List<T> ascending) {
        Schema schema = Schema.empty().with("c", type);
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                String pair = ascending.get(i) + ", " + ascending.get(j);
                assertEquals(Integer.compare(i, j), compare(new SortKey(schema).by(0, true, true), setter, ascending, i, j), pair);
                assertEquals(Integer.compare(j, i), compare(new SortKey(schema).by(0, false, false), setter, ascending, i, j), pair);
            }
        }
    }

    private static <T> int compare(SortKey key, BiConsumer<Row, T> setter, List<T> values, int i, int j) {
        Row left = row(setter, values.get(i));
        Row right = row(setter, values.get(j));
        int compared = Integer.signum(key.compare(left, right));
        assertEquals(compared, Integer.signum(Arrays.compareUnsigned(bytes(key, left), bytes(key, right))), "rows and their bytes");
        return compared;
    }

    private static <T> Row row(BiConsumer<Row, T> setter, T value) {
        Row row = new Row(1);
        if (value != null) {
            setter.accept(row, value);
        }
        return row;
    }

    private static byte[] bytes(SortKey key, Row row) {
        BinaryWriter writer = new BinaryWriter();
        key.write(row, writer);
        return writer.toBytes();
    }

    @Test
    void numbersAreOrderedByValueAndNullsAsAsked() {
        assertOrder(DataType.bigint(), (row, value) -> row.setLong(0, value), Arrays.asList(null, Long.MIN_VALUE, -1L, 0L, 255L, Long.MAX_VALUE));
        assertOrder(DataType.doublePrecision(), (row, value) -> row.setDouble(0, value),
                Arrays.asList(null, Double.NEGATIVE_INFINITY, -1e300, -1.5, -0.0, 0.0, 1e-300, 2.0, Double.POSITIVE_INFINITY, Double.NaN));
        assertOrder(DataType.real(), (row, value) -> row.setFloat(0, value), Arrays.asList(null, -2.5f, -1f, 0f, 1e10f));
        assertOrder(DataType.decimal(20, 2), (row, value) -> row.setObject(0, new BigDecimal(value)),
                Arrays.asList(null, "-12345678901234567.00", "-300.00", "-1.28", "-1.27", "0.00", "1.27", "1.28", "300.00", "12345678901234567.00"));
    }

    @Test
    void stringsAreOrderedByTheirBytes() {
        assertOrder(DataType.string(), (row, value) -> row.setUtf8(0, Utf8.of(value)),
                Arrays.asList(null, "", "\0", "\0a", "a", "a\0", "a\0b", "ab", "b", "\u00fc"));
    }

    @Test
    void when_aTypeHasNoOrder_then_itIsRefused() {
        Schema schema = Schema.empty().with("c", DataType.array(DataType.integer()));
        assertThrows(IllegalArgumentException.class, () -> new SortKey(schema).by(0, true, true));
    }
}
