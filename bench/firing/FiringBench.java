import creek.connector.datagen.BlackholeConnector;
import creek.connector.datagen.DatagenConnector;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.format.Format;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.job.JobState;
import creek.sql.CompiledJob;
import creek.sql.internal.Planner;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/**
 * Runs each query of {@code queries.sql}, whose windows have 100,000 keys each and fire one after the other, and asks the job for something
 * some hundred times a second: to pause, which it does between two records or two steps of a firing, as it does for a stop or a checkpoint. Prints
 * how long the job took until it had: by the clock, which counts what else the machine does and collections of garbage, and by the processor time
 * that the job's thread used meanwhile, which is what the engine itself makes a request wait. The first firings, in which the code is not compiled yet,
 * are left out.
 */
public final class FiringBench {
    private static final int KEYS = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WALL = 0;
    private static final int CPU = 1;
    private static final Map<String, Connector> CONNECTORS = Map.of("datagen", new DatagenConnector(), "blackhole", new BlackholeConnector());

    public static void main(String[] args) throws Exception {
        // each round but the first has the windows of the one before fire
        int rounds = Math.max(2, args.length == 2 && args[0].equals("--rounds") ? Integer.parseInt(args[1]) : 20);
        String[] parts = Files.readString(Path.of("queries.sql")).split("(?m)^-- ");
        System.out.printf("%d firings of %d keys each; requests while the job runs, milliseconds until they are served%n", rounds - 1, KEYS);
        System.out.printf("%-22s %9s %9s %9s %9s  %9s %9s%n", "", "requests", "median", "99 %", "longest", "cpu 99 %", "longest");
        for (int i = 1; i < parts.length; i++) {
            String[] query = parts[i].split("\n", 2);
            List<double[]> waits = run(parts[0].replace("$END", String.valueOf((long) rounds * KEYS - 1)) + query[1]);
            System.out.printf("%-22s %9d %9.2f %9.2f %9.2f  %9.2f %9.2f%n", query[0].strip(), waits.size(), at(waits, WALL, 0.5), at(waits, WALL, 0.99),
                    at(waits, WALL, 1), at(waits, CPU, 0.99), at(waits, CPU, 1));
        }
    }

    private static double at(List<double[]> waits, int column, double share) {
        double[] sorted = waits.stream().mapToDouble(each -> each[column]).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private static List<double[]> run(String script) throws Exception {
        JobGraph graph = new JobGraph();
        definition(new Planner(new Registry()).openSession().compile(script, "firing")).define(graph);
        Task task = new Task(graph, new TaskEnvironment("firing", new Registry(), Path.of(""), Path.of(""), Clock.systemUTC()));
        LinkedBlockingQueue<JobState> states = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> {
            try {
                states.add(task.run(states::add));
            } catch (Exception e) {
                e.printStackTrace();
                states.add(JobState.FAILED);
            }
        }, "firing");
        thread.start();
        List<double[]> waits = new ArrayList<>();
        JobState state = states.take();
        while (state == JobState.RUNNING) {
            TimeUnit.MILLISECONDS.sleep(1);
            long from = System.nanoTime();
            long cpu = THREADS.getThreadCpuTime(thread.getId());
            task.pause();
            state = states.take();
            if (state == JobState.PARKED) {
                if (task.metrics().recordsIn() > 2 * KEYS) {
                    waits.add(new double[] {(System.nanoTime() - from) / 1e6, (THREADS.getThreadCpuTime(thread.getId()) - cpu) / 1e6});
                }
                task.resume();
                state = states.take();
            }
        }
        thread.join();
        if (state != JobState.FINISHED) {
            throw new IllegalStateException("the job has " + state);
        }
        return waits;
    }

    /** The job out of its bundle. */
    private static JobDefinition definition(CompiledJob job) throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        String name;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            name = jar.getManifest().getMainAttributes().getValue(JobDefinition.DEFINITION_HEADER);
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().endsWith(".class")) {
                    classes.put(entry.getName().replace('/', '.').replace(".class", ""), jar.readAllBytes());
                }
            }
        }
        ClassLoader loader = new ClassLoader(FiringBench.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                byte[] bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes, 0, bytes.length);
            }
        };
        return (JobDefinition) loader.loadClass(name).getConstructor().newInstance();
    }

    private static final class Registry implements ConnectorRegistry {
        @Override
        public Optional<Connector> connector(String name) {
            return Optional.ofNullable(CONNECTORS.get(name));
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> connectorNames() {
            return new TreeSet<>(CONNECTORS.keySet());
        }

        @Override
        public SortedSet<String> formatNames() {
            return new TreeSet<>();
        }
    }
}
