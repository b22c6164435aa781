package creek.sql.internal.udf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.format.Format;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.sql.internal.JobLoader;
import creek.sql.internal.Planner;
import creek.udf.api.UserDefinedFunction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.tools.ToolProvider;

/** Compiles classes of functions into a jar {@code f.jar}, and runs scripts that use them. */
final class FunctionRun {
    private final Path directory;
    private final Registry registry = new Registry();

    /** @param source a class {@code acme.Functions} with the functions as its members */
    FunctionRun(Path directory, String source) throws IOException {
        this.directory = directory;
        Path text = directory.resolve("acme/Functions.java");
        Files.createDirectories(text.getParent());
        Files.writeString(text, source);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"),
                text.toString()));
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + directory.resolve("f.jar").toUri()), Map.of("create", "true"));
                var files = Files.list(text.getParent())) {
            Files.createDirectory(jar.getPath("acme"));
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                Files.copy(file, jar.getPath("acme", file.getFileName().toString()));
            }
        }
    }

    /** The rows of a query in which a function of that class is called f. */
    List<String> query(String className, String query) throws Exception {
        return run(compile(created(className) + query));
    }

    /** The statement that makes f. */
    static String created(String className) {
        return "CREATE FUNCTION f AS 'acme.Functions$" + className + "' USING JAR 'f.jar';\n";
    }

    /** Has a bundle provide the function TWICE, or none. */
    void provide(Class<? extends UserDefinedFunction> type) {
        registry.provided = type;
    }

    CompiledJob compile(String script) throws SqlException {
        return new Planner(registry).openSession(directory).compile(script, "job");
    }

    List<String> run(CompiledJob job) throws Exception {
        JobGraph graph = JobLoader.graph(job);
        registry.rows.clear();
        new Task(graph, new TaskEnvironment("job", registry, directory, directory, Clock.systemUTC())).run(state -> {
        });
        return registry.rows;
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
