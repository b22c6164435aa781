package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import creek.core.function.Variants;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RowTextTest {
    private static String text(DataType type, Consumer<Row> setter) {
        Row row = new Row(1);
        setter.accept(row);
        BinaryWriter out = new BinaryWriter();
        RowText.append(Schema.empty().with("c", type), row, out);
        String text = new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
        assertEquals("+I[", text.substring(0, 3));
        return text.substring(3, text.length() - 1);
    }

    @Test
    void valuesPrintAsFlinksObjectsDo() {
        assertEquals("null", text(DataType.string(), row -> row.setNull(0)));
        assertEquals("ä", text(DataType.string(), row -> row.setUtf8(0, Utf8.of("ä"))));
        assertEquals("true", text(DataType.bool(), row -> row.setBoolean(0, true)));
        assertEquals("-5", text(DataType.tinyint(), row -> row.setLong(0, -5)));
        assertEquals("1.5", text(DataType.real(), row -> row.setFloat(0, 1.5f)));
        assertEquals("1.0E10", text(DataType.doublePrecision(), row -> row.setDouble(0, 1e10)));
        assertEquals("1.50", text(DataType.decimal(5, 2), row -> row.setObject(0, new BigDecimal("1.50"))));
        assertEquals("[1, -1]", text(DataType.bytes(), row -> row.setObject(0, new byte[] {1, -1})));
        assertEquals("2024-01-01", text(DataType.date(), row -> row.setLong(0, 19723)));
        assertEquals("00:01:00.500", text(DataType.time(3), row -> row.setLong(0, 60_500)));
        assertEquals("2024-01-01T00:00", text(DataType.timestamp(3), row -> row.setLong(0, 1_704_067_200_000L)));
        assertEquals("1969-12-31T23:59:59.999000001",
                text(DataType.timestamp(9), row -> row.setObject(0, new Timestamp(-1, 1))));
        assertEquals("2024-01-01T00:00:00Z", text(DataType.timestampLtz(3), row -> row.setLong(0, 1_704_067_200_000L)));
        assertEquals("P1Y2M", text(DataType.intervalYearMonth(), row -> row.setLong(0, 14)));
        assertEquals("PT1.5S", text(DataType.intervalDayTime(), row -> row.setLong(0, 1500)));
    }

    @Test
    void nestedValuesPrintInBrackets() {
        assertEquals("[1, null]", text(DataType.array(DataType.integer()), row -> row.setObject(0, new ArrayList<>(Arrays.asList(1, null)))));
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(Utf8.of("k"), true);
        map.put(Utf8.of("n"), null);
        assertEquals("{k=true, n=null}", text(DataType.map(DataType.string(), DataType.bool()), row -> row.setObject(0, map)));
        Row nested = new Row(2);
        nested.setLong(0, 7);
        DataType type = DataType.row(List.of(new Column("a", DataType.integer()), new Column("b", DataType.string())));
        assertEquals("+I[7, null]", text(type, row -> row.setObject(0, nested)));
    }

    @Test
    void objectsAreShownAsRowsAndVariantsAsJson() {
        Row nested = new Row(1);
        nested.setUtf8(0, Variants.parse(Utf8.of("{\"b\": 1.50, \"a\": null}")));
        DataType type = DataType.structured("com.example.User", Schema.empty().with("v", DataType.variant()));
        assertEquals("+I[{\"a\":null,\"b\":1.5}]", text(type, row -> row.setObject(0, nested)));
    }
}
