package creek.sql.internal.udf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.format.Format;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.sql.internal.Planner;
import creek.udf.api.UserDefinedFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import javax.tools.ToolProvider;
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
                public static class Money extends ScalarFunction {
                    public java.math.BigDecimal eval(int value) { return null; }
                }
            }
            """;

    @TempDir
    Path directory;
    private final Registry registry = new Registry();

    @BeforeEach
    void writeJar() throws IOException {
        Path source = directory.resolve("acme/Functions.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, SOURCE);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"),
                source.toString()));
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + directory.resolve("f.jar").toUri()), Map.of("create", "true"));
                var files = Files.list(source.getParent())) {
            Files.createDirectory(jar.getPath("acme"));
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                Files.copy(file, jar.getPath("acme", file.getFileName().toString()));
            }
        }
    }

    /** The rows of a query in which a function of that class is called f. */
    private List<String> query(String className, String query) throws Exception {
        return run(compile("CREATE FUNCTION f AS 'acme.Functions$" + className + "' USING JAR 'f.jar';\n" + query));
    }

    private CompiledJob compile(String script) throws SqlException {
        return new Planner(registry).openSession(directory).compile(script, "job");
    }

    private List<String> run(CompiledJob job) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        String definition;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            definition = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                files.put(entry.getName(), jar.readAllBytes());
            }
        }
        JobGraph graph = new JobGraph();
        ((JobDefinition) new Loader(files).loadClass(definition).getConstructor().newInstance()).define(graph);
        registry.rows.clear();
        new Task(graph, new TaskEnvironment("job", registry, directory, directory, Clock.systemUTC())).run(state -> {
        });
        return registry.rows;
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
        registry.provided = bundle.loadClass("acme.Functions$Twice").asSubclass(UserDefinedFunction.class);
        CompiledJob job = compile("SELECT twice(a) FROM (VALUES (4)) AS t(a)");
        assertEquals(List.of("8"), run(job));
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            assertTrue(jar.getManifest().getMainAttributes().getValue("Require-Capability").contains("(creek.function=twice)"));
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                assertFalse(entry.getName().startsWith("acme"), entry.getName());
            }
        }
        registry.provided = null;
        assertEquals("function twice: no bundle provides the class acme.Functions$Twice",
                assertThrows(MissingServiceException.class, () -> run(job)).getMessage());
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> files;

        Loader(Map<String, byte[]> files) {
            super(UserFunctionTest.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return files.containsKey(name) ? new ByteArrayInputStream(files.get(name)) : super.getResourceAsStream(name);
        }
    }

    /** Knows the connector {@code print}, which keeps rows as texts, and perhaps the function {@code TWICE}. */
    private static final class Registry implements ConnectorRegistry, Connector, SinkWriter {
        private final List<String> rows = new ArrayList<>();
        private Class<? extends UserDefinedFunction> provided;

        @Override
        public Optional<Connector> connector(String name) {
            return Optional.of(this);
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> connectorNames() {
            return new TreeSet<>(List.of("print"));
        }

        @Override
        public SortedSet<String> formatNames() {
            return new TreeSet<>();
        }

        @Override
        public Optional<Class<? extends UserDefinedFunction>> function(String name) {
            return Optional.ofNullable(name.equalsIgnoreCase("TWICE") ? provided : null);
        }

        @Override
        public Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
            return Optional.ofNullable(provided).filter(each -> each.getName().equals(className)).map(each -> each);
        }

        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean usesFormat() {
            return false;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public ChangelogMode accepts(Options given, ChangelogMode ofFormat) {
            return ChangelogMode.ALL;
        }

        @Override
        public SinkWriter createWriter(SinkContext context) {
            return this;
        }

        @Override
        public void open() {
            // nothing to open
        }

        @Override
        public void write(Row row) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.arity(); i++) {
                values.add(row.isNullAt(i) ? "null" : row.getUtf8(i).toString());
            }
            rows.add(String.join(", ", values));
        }

        @Override
        public void finish() {
            // every row is there already
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
