package creek.connector.mqtt;

import creek.connector.datagen.BlackholeConnector;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.format.Format;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.state.StateBackend;
import creek.sql.CompiledJob;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import creek.sql.internal.Planner;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** A script with an INSERT that is run by the engine without a framework. */
final class SqlJob implements ConnectorRegistry, AutoCloseable {
    private final Map<String, Connector> connectors = Map.of("mqtt", new MqttConnector(), "blackhole", new BlackholeConnector());
    private final Format json;
    private final CompiledJob compiled;
    private final Task task;
    private final Thread thread;
    private volatile Exception failure;

    SqlJob(String script, Path folder) throws Exception {
        var constructor = Class.forName("creek.core.internal.format.json.JsonFormat").getDeclaredConstructor();
        constructor.setAccessible(true);
        json = (Format) constructor.newInstance();
        SqlSession session = new Planner(this).openSession();
        CompiledJob last = null;
        for (Statement statement : session.split(script)) {
            if (session.execute(statement) instanceof StatementResult.Insert insert) {
                last = insert.job();
            }
        }
        compiled = last;
        JobGraph graph = new JobGraph();
        definition().define(graph);
        task = new Task(graph, new TaskEnvironment(compiled.name(), this, folder, folder.resolve("job"), Clock.systemUTC()));
        thread = new Thread(() -> {
            try {
                task.run(state -> { });
            } catch (Exception e) {
                failure = e;
            }
        }, "job");
        thread.start();
    }

    long recordsIn() throws Exception {
        if (failure != null) {
            throw failure;
        }
        return task.metrics().recordsIn();
    }

    @Override
    public void close() throws Exception {
        task.stop();
        thread.join();
    }

    private JobDefinition definition() throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        String definition;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(compiled.bundle()))) {
            definition = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName().replace('/', '.').replace(".class", ""), jar.readAllBytes());
                }
            }
        }
        ClassLoader loader = new ClassLoader(SqlJob.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        return (JobDefinition) loader.loadClass(definition).getConstructor().newInstance();
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    @Override
    public Optional<Format> format(String name) {
        return name.equals("json") ? Optional.of(json) : Optional.empty();
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return name.equals("heap") ? Optional.of(new HeapStateBackend()) : Optional.empty();
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(connectors.keySet());
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(java.util.Set.of("json"));
    }
}
