package creek.sql.internal.udf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.function.FunctionState;
import creek.sql.SqlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregate functions made from classes. The results of those that Flink has, too, are those of Flink 2.2.0. */
class UserAggregateTest {
    private static final String SOURCE = """
            package acme;
            import creek.udf.api.*;
            import java.util.*;
            public class Functions {
                public static class Sum extends AggregateFunction<Long, Sum.Acc> {
                    public static class Acc { public long sum; private int count; public int getCount() { return count; } public void setCount(int n) { count = n; } }
                    public Acc createAccumulator() { return new Acc(); }
                    public void accumulate(Acc a, Long v) { if (v != null) { a.sum += v; a.count++; } }
                    public void retract(Acc a, Long v) { if (v != null) { a.sum -= v; a.count--; } }
                    public void merge(Acc a, Iterable<Acc> others) { for (Acc o : others) { a.sum += o.sum; a.count += o.count; } }
                    public Long getValue(Acc a) { return a.count == 0 ? null : a.sum; }
                }
                public static class Median extends AggregateFunction<Double, Median.Acc> {
                    public static class Acc {
                        public ListView<Double> values = new ListView<>();
                        public MapView<String, Long> counts = new MapView<>();
                    }
                    public Acc createAccumulator() { return new Acc(); }
                    public void accumulate(Acc a, Double v, String k) { a.values.add(v); a.counts.put(k, a.counts.contains(k) ? a.counts.get(k) + 1 : 1L); }
                    public void merge(Acc a, Iterable<Acc> others) {
                        for (Acc o : others) {
                            a.values.addAll(o.values.getList());
                            for (Map.Entry<String, Long> e : o.counts.entries()) {
                                a.counts.put(e.getKey(), e.getValue() + (a.counts.contains(e.getKey()) ? a.counts.get(e.getKey()) : 0));
                            }
                        }
                    }
                    public Double getValue(Acc a) {
                        List<Double> all = new ArrayList<>(a.values.getList());
                        Collections.sort(all);
                        return all.get(all.size() / 2) + 100 * a.counts.getMap().size();
                    }
                }
                @FunctionHint(accumulator = @DataTypeHint("ROW<s BIGINT>"), output = @DataTypeHint("DECIMAL(10, 2)"))
                public static class OfRow extends AggregateFunction<java.math.BigDecimal, Row> {
                    public Row createAccumulator() { return Row.of(0L); }
                    public void accumulate(Row a, long v) { a.setField(0, (Long) a.getField(0) + v); }
                    public void accumulate(Row a, String v) { a.setField(0, (Long) a.getField(0) + v.length()); }
                    public java.math.BigDecimal getValue(Row a) { return java.math.BigDecimal.valueOf((Long) a.getField(0), 1); }
                }
                @FunctionHint(input = @DataTypeHint("INT"), output = @DataTypeHint("INT"))
                @FunctionHint(input = @DataTypeHint("STRING"), output = @DataTypeHint("STRING"))
                public static class Last extends AggregateFunction<Object, Last.Acc> {
                    public static class Acc { public String text; public Integer number; }
                    public Acc createAccumulator() { return new Acc(); }
                    public void accumulate(Acc a, Object v) { if (v instanceof String s) { a.text = s; } else { a.number = (Integer) v; } }
                    public Object getValue(Acc a) { return a.text == null ? a.number : a.text; }
                }
                @FunctionHint(output = @DataTypeHint("ROW<v BIGINT, place INT>"))
                public static class Top2 extends TableAggregateFunction<Row, Top2.Acc> {
                    public static class Acc { public long[] best = new long[0]; }
                    public Acc createAccumulator() { return new Acc(); }
                    public void accumulate(Acc a, long v) {
                        long[] all = Arrays.copyOf(a.best, a.best.length + 1);
                        all[all.length - 1] = v;
                        Arrays.sort(all);
                        a.best = Arrays.copyOfRange(all, Math.max(0, all.length - 2), all.length);
                    }
                    public void emitValue(Acc a, Collector<Row> out) {
                        for (int i = 0; i < a.best.length; i++) { out.collect(Row.of(a.best[a.best.length - 1 - i], i + 1)); }
                    }
                }
                public static class Failing extends AggregateFunction<Long, Sum.Acc> {
                    public Sum.Acc createAccumulator() { return new Sum.Acc(); }
                    public void accumulate(Sum.Acc a, long v) { throw new IllegalStateException("no " + v); }
                    public Long getValue(Sum.Acc a) { return a.sum; }
                }
                public static class Hidden extends AggregateFunction<Long, Hidden.Acc> {
                    public static class Acc { long sum; }
                    public Acc createAccumulator() { return new Acc(); }
                    public void accumulate(Acc a, long v) { }
                    public Long getValue(Acc a) { return a.sum; }
                }
            }
            """;
    private static final String ROWS = " FROM (VALUES (1, 'a', 10), (2, 'b', 20), (3, 'a', 30), (4, 'a', 10)) AS t(id, k, v)";

    @TempDir
    Path directory;
    private FunctionRun functions;

    @BeforeEach
    void writeJar() throws IOException {
        functions = new FunctionRun(directory, SOURCE);
    }

    private String last(String className, String query) throws Exception {
        List<String> rows = functions.query(className, query);
        return rows.get(rows.size() - 1);
    }

    private String refusal(String className, String query) {
        return assertThrows(SqlException.class, () -> functions.compile(FunctionRun.created(className) + query)).getMessage();
    }

    @Test
    void groupsDistinctAndFilter() throws Exception {
        assertEquals(List.of("a, 10", "b, 20", "a, 10", "a, 40", "a, 40", "a, 50"), functions.query("Sum", "SELECT k, f(v)" + ROWS + " GROUP BY k"));
        assertEquals("70, 40, 20", last("Sum", "SELECT f(v), f(DISTINCT v) FILTER (WHERE k = 'a'), f(v) FILTER (WHERE k = 'b')" + ROWS));
        assertEquals("null", last("Sum", "SELECT f(NULL)" + ROWS));
    }

    @Test
    void listsAndMapsAsFields() throws Exception {
        assertEquals("220.0", last("Median", "SELECT f(v, k)" + ROWS));
    }

    @Test
    void rowAsAccumulator_and_severalSignatures() throws Exception {
        assertEquals("0.40", last("OfRow", "SELECT f(k)" + ROWS));
        assertEquals("1.00", last("OfRow", "SELECT f(id)" + ROWS));
    }

    @Test
    void hintsGiveTheSignatures() throws Exception {
        assertEquals("4, a", last("Last", "SELECT f(id), f(k)" + ROWS));
    }

    @Test
    void rowsTakenBack() throws Exception {
        assertEquals(List.of("1", "1", "2", "2", "1", "1", "3", "3", "1", "1", "4"),
                functions.query("Sum", "SELECT f(n) FROM (SELECT k, COUNT(*) AS n" + ROWS + " GROUP BY k)"));
    }

    @Test
    void methodThatIsNeededAndNotThere_then_refused() {
        assertTrue(refusal("Median", "SELECT f(n, k) FROM (SELECT k, COUNT(*) AS n" + ROWS + " GROUP BY k)").contains("has no public method retract"));
        assertTrue(refusal("OfRow", "CREATE TABLE w (k STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'print');\n"
                + "SELECT f(k) FROM TABLE(HOP(TABLE w, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) GROUP BY window_start, window_end")
                .length() > 0);
        assertEquals("the field sum of the accumulator acme.Functions$Hidden$Acc of acme.Functions$Hidden must be public, or have a public getter and setter",
                refusal("Hidden", "SELECT f(1)"));
    }

    @Test
    void tableAggregate_then_unnested() throws Exception {
        List<String> rows = functions.query("Top2", "SELECT r.v, r.place FROM (SELECT f(v) AS top" + ROWS + ") CROSS JOIN UNNEST(top) AS r(v, place)");
        assertEquals(List.of("30, 1", "20, 2"), rows.subList(rows.size() - 2, rows.size()));
    }

    @Test
    void exceptionNamesFunctionAndArguments() {
        Exception e = assertThrows(Exception.class, () -> functions.query("Failing", "SELECT f(v)" + ROWS));
        assertEquals("table 'VALUES', row 1: function f(10) failed: java.lang.IllegalStateException: no 10", e.getMessage());
    }

    /** What is kept for a group, as the planner generates it. */
    private static final class Kept extends FunctionState {
        private final Schema schema;
        private final Row row;

        Kept(Schema schema) {
            this.schema = schema;
            row = new Row(schema.size());
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        protected void toRow(Row target) {
            for (int i = 0; i < schema.size(); i++) {
                target.setFrom(i, row, i);
            }
        }

        @Override
        protected void fromRow(Row source) {
            for (int i = 0; i < schema.size(); i++) {
                row.setFrom(i, source, i);
            }
        }
    }

    @Test
    void accumulatorOfAnOtherVersion_then_readIfItsFieldsAreThereAndNarrower() {
        Kept old = new Kept(Schema.empty().with("sum", DataType.integer()).with("text", DataType.string()));
        old.row.setLong(0, 7);
        old.row.setUtf8(1, creek.core.data.Utf8.of("x"));
        BinaryWriter bytes = new BinaryWriter();
        old.write(bytes);
        Kept wider = new Kept(Schema.empty().with("added", DataType.doublePrecision()).with("sum", DataType.bigint()).with("text", DataType.string()));
        BinaryReader reader = new BinaryReader(bytes.toBytes());
        wider.read(reader);
        assertEquals("true 7 x 0", wider.row.isNullAt(0) + " " + wider.row.getLong(1) + " " + wider.row.getUtf8(2) + " " + reader.remaining());
        Kept other = new Kept(Schema.empty().with("sum", DataType.bool()).with("text", DataType.string()));
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> other.read(new BinaryReader(bytes.toBytes())));
        assertTrue(e.getMessage().contains("`sum`"), e.getMessage());
    }
}
