package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RowUpgradeTest {
    private static final DataType OLD_INNER = DataType.row(List.of(new Column("a", DataType.integer()), new Column("b", DataType.string())));
    private static final DataType NEW_INNER = DataType.row(List.of(new Column("b", DataType.string()), new Column("c", DataType.bool()),
            new Column("a", DataType.bigint())));

    private static Row upgrade(DataType from, DataType to, Consumer<Row> set) throws StateFormException {
        Schema old = Schema.empty().with("x", from);
        Schema wanted = Schema.empty().with("x", to);
        Row row = new Row(1);
        set.accept(row);
        BinaryWriter stored = new BinaryWriter();
        new RowSerializer(old).write(row, stored);
        BinaryWriter upgraded = new BinaryWriter();
        RowUpgrade.of(SchemaBytesTest.copy(old), wanted).copy(new BinaryReader(stored.toBytes()), upgraded);
        Row result = new Row(1);
        BinaryReader reader = new BinaryReader(upgraded.toBytes());
        new RowSerializer(wanted).read(reader, result);
        assertEquals(0, reader.remaining());
        return result;
    }

    private static void check(DataType from, DataType to, Object old, Function<Row, Object> get, Object expected) throws StateFormException {
        assertEquals(expected, get.apply(upgrade(from, to, row -> row.setObject(0, old))));
        assertTrue(upgrade(from, to, row -> row.setNull(0)).isNullAt(0));
    }

    private static void refuse(DataType from, DataType to) {
        assertThrows(StateFormException.class, () -> upgrade(from, to, row -> row.setNull(0)), from + " to " + to);
    }

    @Test
    void widerNumbers() throws StateFormException {
        assertEquals(-7, upgrade(DataType.tinyint(), DataType.smallint(), row -> row.setLong(0, -7)).getLong(0));
        assertEquals(-7, upgrade(DataType.smallint(), DataType.bigint(), row -> row.setLong(0, -7)).getLong(0));
        assertEquals(Integer.MIN_VALUE, upgrade(DataType.integer(), DataType.bigint(), row -> row.setLong(0, Integer.MIN_VALUE)).getLong(0));
        assertEquals(0.25, upgrade(DataType.real(), DataType.doublePrecision(), row -> row.setFloat(0, 0.25f)).getDouble(0));
        check(DataType.decimal(5, 2), DataType.decimal(8, 4), new BigDecimal("-1.25"), row -> row.getDecimal(0), new BigDecimal("-1.2500"));
        check(DataType.decimal(5, 2), DataType.decimal(8, 2), new BigDecimal("1.25"), row -> row.getDecimal(0), new BigDecimal("1.25"));
    }

    @Test
    void longerTexts() throws StateFormException {
        for (DataType to : List.of(DataType.string(), DataType.varchar(5))) {
            assertEquals("abc", upgrade(DataType.varchar(5), to, row -> row.setUtf8(0, Utf8.of("abc"))).getUtf8(0).toString());
            assertEquals("abc", upgrade(DataType.character(3), to, row -> row.setUtf8(0, Utf8.of("abc"))).getUtf8(0).toString());
        }
    }

    @Test
    void finerTimes() throws StateFormException {
        assertEquals(5, upgrade(DataType.timestamp(0), DataType.timestamp(3), row -> row.setLong(0, 5)).getLong(0));
        assertEquals(new Timestamp(5, 0), upgrade(DataType.timestampLtz(3), DataType.timestampLtz(9), row -> row.setLong(0, 5)).getTimestamp(0));
        check(DataType.timestamp(6), DataType.timestamp(9), new Timestamp(5, 1000), row -> row.getTimestamp(0), new Timestamp(5, 1000));
    }

    @Test
    void nestedOnes() throws StateFormException {
        Row inner = new Row(2);
        inner.setLong(0, 5);
        inner.setUtf8(1, Utf8.of("text"));
        Row wanted = new Row(3);
        wanted.setUtf8(0, Utf8.of("text"));
        wanted.setNull(1);
        wanted.setLong(2, 5);
        check(OLD_INNER, NEW_INNER, inner, row -> row.getRow(0), wanted);
        check(DataType.array(OLD_INNER), DataType.array(NEW_INNER), Arrays.asList(inner, null), row -> row.getList(0), Arrays.asList(wanted, null));
        check(DataType.map(DataType.integer(), DataType.real()), DataType.map(DataType.bigint(), DataType.doublePrecision()), Map.of(1, 0.5f),
                row -> row.getMap(0), Map.of(1L, 0.5));
        check(DataType.multiset(DataType.tinyint()), DataType.multiset(DataType.integer()), Map.of((byte) 1, 3), row -> row.getMap(0), Map.of(1, 3));
    }

    @Test
    void when_notAllValuesFit_then_refused() {
        refuse(DataType.bigint(), DataType.integer());
        refuse(DataType.integer(), DataType.doublePrecision());
        refuse(DataType.doublePrecision(), DataType.real());
        refuse(DataType.string(), DataType.varchar(5));
        refuse(DataType.varchar(5), DataType.character(5));
        refuse(DataType.character(5), DataType.character(6));
        refuse(DataType.decimal(5, 2), DataType.decimal(5, 3));
        refuse(DataType.timestamp(3), DataType.timestamp(2));
        refuse(DataType.timestamp(3), DataType.timestampLtz(3));
        refuse(DataType.bool(), DataType.string());
        refuse(NEW_INNER, OLD_INNER);
        refuse(DataType.array(DataType.integer()), DataType.array(DataType.integer().notNull()));
        refuse(DataType.integer(), DataType.integer().notNull());
    }

    /** The planner numbers them: with a column more before them they have other numbers. */
    @Test
    void when_columnsHaveNoNamesOfTheirOwn_then_theyAreToldByTheirOrder() throws StateFormException {
        Schema old = Schema.empty().with("$f1", DataType.integer()).with("$f2", DataType.integer());
        Schema wanted = Schema.empty().with("more", DataType.integer()).with("$f2", DataType.integer()).with("$f3", DataType.integer());
        BinaryWriter stored = new BinaryWriter();
        Row row = new Row(2);
        row.setLong(0, 1);
        row.setLong(1, 2);
        new RowSerializer(old).write(row, stored);
        BinaryWriter upgraded = new BinaryWriter();
        RowUpgrade.of(old, wanted).copy(new BinaryReader(stored.toBytes()), upgraded);
        Row result = new Row(3);
        new RowSerializer(wanted).read(new BinaryReader(upgraded.toBytes()), result);
        assertTrue(result.isNullAt(0));
        assertEquals(1, result.getLong(1));
        assertEquals(2, result.getLong(2));
    }
}
