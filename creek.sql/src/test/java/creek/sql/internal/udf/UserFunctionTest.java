package creek.sql.internal.udf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.MissingServiceException;
import creek.core.data.Row;
import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.udf.api.UserDefinedFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions made from classes: out of a jar, and provided by a bundle, of which the registry here stands for. The results are Flink's. */
class UserFunctionTest {
    private static final String SOURCE = """
            package acme;
            import creek.udf.api.*;
            import java.util.*;
            public class Functions {
                public static class Twice extends ScalarFunction {
                    public long eval(int value) { return 2L * value; }
                    public Double eval(Double value) { return value == null ? -1d : 2 * value; }
                    public String eval(String... values) { return String.join("-", values); }
                }
                public static class Reversed extends ScalarFunction {
                    public List<Integer> eval(Integer[] values) {
                        List<Integer> all = new ArrayList<>(Arrays.asList(values));
                        Collections.reverse(all);
                        return all;
                    }
                    @DataTypeHint("ROW<a DECIMAL(10, 2), t TIMESTAMP(3)>")
                    public Row eval(@DataTypeHint("DECIMAL(10, 2)") java.math.BigDecimal value, java.time.LocalDateTime time) {
                        return Row.of(value.negate(), time.plusDays(1));
                    }
                }
                @FunctionHint(output = @DataTypeHint("ROW<word STRING, length INT>"))
                public static class Words extends TableFunction<Row> {
                    public void eval(String text) {
                        for (String word : text.split(",")) { collect(Row.of(word, word.length())); }
                    }
                }
                public static class Failing extends ScalarFunction {
                    public String eval(String text) { throw new IllegalStateException("no " + text); }
                }
                public static class Living extends ScalarFunction {
                    private String prefix;
                    public void open(FunctionContext context) { prefix = context.getJobParameter("prefix", "none"); }
                    public String eval(int value) { return prefix + value; }
                    public void close() { System.setProperty("acme.closed", prefix); }
                }
                public static class Unmakeable extends ScalarFunction {
                    public Unmakeable() { throw new IllegalStateException("no file"); }
                    public int eval(int value) { return value; }
                }
                public static class Counted extends ScalarFunction {
                    private static int calls;
                    public String eval(String text) {
                        calls++;
                        return text == null ? null : text.trim();
                    }
                    public void close() { System.setProperty("acme.calls", String.valueOf(calls)); }
                }
                public static class Money extends ScalarFunction {
                    public java.math.BigDecimal eval(int value) { return null; }
                }
            }
            """;

    @TempDir
    Path directory;
    private FunctionRun functions;

    @BeforeEach
    void writeJar() throws IOException {
        functions = new FunctionRun(directory, SOURCE);
    }

    private List<String> query(String className, String query) throws Exception {
        return functions.query(className, query);
    }

    private CompiledJob compile(String script) throws SqlException {
        return functions.compile(script);
    }

    @Test
    void primitivesBoxesAndVariableArguments() throws Exception {
        assertEquals(List.of("2, 2.0, 3.0, -1.0, -, x-y"), query("Twice", "SELECT f(a), f(CAST(a AS BIGINT)), f(1.5), f(CAST(NULL AS DOUBLE)), "
                + "f('', ''), f('x', 'y') FROM (VALUES (1)) AS t(a)"));
    }

    @Test
    void nullableArgumentOfPrimitive_then_refused() {
        SqlException e = assertThrows(SqlException.class, () -> compile("CREATE FUNCTION f AS 'acme.Functions$Living' USING JAR 'f.jar';\n"
                + "SELECT f(NULLIF(a, 1)) FROM (VALUES (1)) AS t(a)"));
        assertEquals("function f can't be called with (INT); it takes f(INT NOT NULL)", e.getMessage());
        assertEquals("2:8", e.line() + ":" + e.column());
    }

    @Test
    void collectionsAndRows() throws Exception {
        assertEquals(List.of("[2, 1], (-1.50, 2024-01-02 00:00:00.000)"),
                query("Reversed", "SELECT f(ARRAY[a, 2]), f(1.5, TIMESTAMP '2024-01-01 00:00:00') FROM (VALUES (1)) AS t(a)"));
    }

    @Test
    void tableFunction() throws Exception {
        String texts = " FROM (VALUES (1, 'a,bc'), (2, 'd')) AS t(id, s)";
        assertEquals(List.of("1, a, 1", "1, bc, 2", "2, d, 1"), query("Words", "SELECT id, word, length" + texts + ", LATERAL TABLE(f(s))"));
        assertEquals(List.of("1, bc", "2, null"), query("Words", "SELECT id, w" + texts + " LEFT JOIN LATERAL TABLE(f(s)) AS l(w, n) ON n > 1"));
        assertEquals(List.of("x, 1"), query("Words", "SELECT * FROM TABLE(f('x'))"));
    }

    @Test
    void exceptionNamesFunctionAndArguments() {
        Exception e = assertThrows(Exception.class, () -> query("Failing", "SELECT f(s) FROM (VALUES ('x')) AS t(s)"));
        assertEquals("table 'VALUES', row 1: function f(x) failed: java.lang.IllegalStateException: no x", e.getMessage());
    }

    @Test
    void openedWithTheJobsSettingsAndClosed() throws Exception {
        assertEquals(List.of("p1"), query("Living", "SET 'prefix' = 'p';\nSELECT f(a) FROM (VALUES (1)) AS t(a)"));
        assertEquals("p", System.clearProperty("acme.closed"));
    }

    /** Rows that one condition or another decides, and the one that none needs the function for. */
    @Test
    void calledInSeveralBranches_then_onceForEachRowThatNeedsIt() throws Exception {
        assertEquals(List.of("x, 1, x", "y, 2, y", "z, 0, z", "-, 0, -", "null, 0, null"), query("Counted", """
                SELECT s, CASE f(s) WHEN 'x' THEN 1 WHEN 'y' THEN 2 ELSE 0 END, CASE WHEN n > 0 THEN f(s) ELSE s END
                FROM (VALUES (1, 'x'), (1, 'y'), (1, 'z'), (0, 'x'), (2, '-'), (2, CAST(NULL AS STRING))) AS t(n, s)
                WHERE n > 0 AND (n = 2 OR f(s) = 'y' OR f(s) = 'z' OR CHAR_LENGTH(f(s)) = 1)"""));
        assertEquals("5", System.clearProperty("acme.calls"));
    }

    @Test
    void typeWithoutScale_then_refusedWithTheHint() {
        SqlException e = assertThrows(SqlException.class,
                () -> compile("CREATE TEMPORARY FUNCTION f AS 'acme.Functions$Money' USING JAR 'f.jar';\nSELECT f(1)"));
        assertTrue(e.getMessage().contains("@DataTypeHint(\"DECIMAL(10, 2)\")"), e.getMessage());
    }

    @Test
    void constructorThatFails_then_refusedWithItsReason() {
        SqlException e = assertThrows(SqlException.class,
                () -> compile("CREATE TEMPORARY FUNCTION f AS 'acme.Functions$Unmakeable' USING JAR 'f.jar';\nSELECT f(1)"));
        assertEquals("function f: the constructor of class acme.Functions$Unmakeable fails: java.lang.IllegalStateException: no file", e.getMessage());
    }

    @Test
    void providedFunction_then_requiredAndNotPartOfTheJob() throws Exception {
        FunctionJar bundle = new FunctionJar(directory.resolve("f.jar"));
        functions.provide(bundle.loadClass("acme.Functions$Twice").asSubclass(UserDefinedFunction.class));
        CompiledJob job = compile("SELECT twice(a) FROM (VALUES (4)) AS t(a)");
        assertEquals(List.of("8"), functions.run(job));
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            assertTrue(jar.getManifest().getMainAttributes().getValue("Require-Capability").contains("(creek.function=twice)"));
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                assertFalse(entry.getName().startsWith("acme"), entry.getName());
            }
        }
        functions.provide(null);
        assertEquals("function twice: no bundle provides the class acme.Functions$Twice",
                assertThrows(MissingServiceException.class, () -> functions.run(job)).getMessage());
    }

}
