package creek.format.avro;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A table with columns of all types, and rows for it. */
final class Samples {
    static final Map<String, String> EXACT_TIMESTAMPS = Map.of("timestamp_mapping.legacy", "false");
    static final DataType POINT = DataType.row(List.of(new Column("x", DataType.integer().notNull()), new Column("label", DataType.string())));
    static final Schema ALL = Schema.empty().with("flag", DataType.bool()).with("tiny", DataType.tinyint()).with("small", DataType.smallint())
            .with("number", DataType.integer().notNull()).with("large", DataType.bigint()).with("single", DataType.real())
            .with("fraction", DataType.doublePrecision()).with("text", DataType.string()).with("data", DataType.bytes())
            .with("price", DataType.decimal(10, 2)).with("day", DataType.date()).with("clock", DataType.time(3))
            .with("millis", DataType.timestamp(3)).with("micros", DataType.timestamp(6)).with("nanos", DataType.timestampLtz(9))
            .with("list", DataType.array(DataType.integer())).with("attributes", DataType.map(DataType.string().notNull(), DataType.string()))
            .with("bag", DataType.multiset(DataType.string().notNull())).with("point", POINT).with("points", DataType.array(POINT));

    private Samples() {
    }

    static List<Row> rows(int count) {
        Random random = new Random(42);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(i, random));
        }
        return rows;
    }

    /** Every third row is null where it can be. */
    static Row row(int i, Random random) {
        Row row = new Row(ALL.size());
        row.setLong(3, random.nextInt());
        if (i % 3 == 2) {
            return row;
        }
        row.setBoolean(0, random.nextBoolean());
        row.setLong(1, (byte) random.nextInt());
        row.setLong(2, (short) random.nextInt());
        row.setLong(4, i == 0 ? Long.MIN_VALUE : random.nextLong());
        row.setFloat(5, random.nextFloat());
        row.setDouble(6, random.nextDouble());
        row.setUtf8(7, Utf8.of("text é " + i));
        row.setObject(8, ("data " + i).getBytes(StandardCharsets.UTF_8));
        row.setObject(9, BigDecimal.valueOf(random.nextInt(), 2));
        row.setLong(10, random.nextInt(40_000) - 10_000);
        row.setLong(11, random.nextInt(86_400_000));
        row.setLong(12, random.nextLong() >> 20);
        row.setObject(13, new Timestamp(random.nextLong() >> 20, random.nextInt(1_000) * 1_000));
        row.setObject(14, new Timestamp(random.nextLong() >> 22, random.nextInt(1_000_000)));
        row.setObject(15, Arrays.asList(1, null, i));
        Map<Object, Object> attributes = new LinkedHashMap<>();
        attributes.put(Utf8.of("a"), Utf8.of("1"));
        attributes.put(Utf8.of("b"), null);
        row.setObject(16, attributes);
        row.setObject(17, Map.of(Utf8.of("x"), 3));
        row.setObject(18, point(i, i % 2 == 0 ? null : "p" + i));
        row.setObject(19, Arrays.asList(point(1, "one"), null));
        return row;
    }

    static Row point(int x, String label) {
        Row point = new Row(2);
        point.setLong(0, x);
        if (label != null) {
            point.setUtf8(1, Utf8.of(label));
        }
        return point;
    }
}
