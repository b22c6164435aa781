package creek.bench;

import creek.bench.TimedConnector.Gauge;
import creek.core.connector.Connector;
import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.sql.CompiledJob;
import creek.sql.SqlPlanner;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Runs jobs at 100,000 rows a second, replaces a part of them many times, and prints the longest gaps. A service that the bench's main class calls. */
public final class Measurements implements BundleActivator {
    /** How long is measured after a switch, so that what comes with it counts: the probation, the end of the older version. */
    private static final long AFTERWARDS_MILLIS = 100;
    private static final String BYSTANDER = "bystander";
    private static final String NUMBERS = "CREATE TABLE numbers (i BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1000000000', "
            + "'fields.i.kind' = 'sequence', 'fields.i.start' = '1', 'fields.i.end' = '1000000000000000');\n";

    private BundleContext context;
    private JobManager jobs;
    private Path work;
    private int rounds;
    private int version;

    @Override
    public void start(BundleContext given) {
        context = given;
        context.registerService(Connector.class, new TimedConnector(), new Hashtable<>(Map.of(Connector.NAME, "timed")));
        context.registerService(Callable.class, this::measure, new Hashtable<>(Map.of("creek.bench", "swap")));
    }

    @Override
    public void stop(BundleContext given) {
        // services go with the bundle
    }

    private Void measure() throws Exception {
        jobs = service(JobManager.class);
        work = Path.of(context.getProperty("creek.bench.work"));
        rounds = Integer.parseInt(context.getProperty("creek.bench.rounds"));
        List<String> parts = new ArrayList<>(List.of(context.getProperty("creek.bench.parts").split(" ")));
        if (parts.remove("udf")) {
            Bundle functions = install(work.resolve("function.jar"));
            new Throughput(context, jobs, service(SqlPlanner.class), work.resolve("numbers").toString()).measure();
            functions.uninstall();
        }
        if (parts.isEmpty()) {
            return null;
        }
        System.out.printf("longest gap between rows at 100,000/s, in ms           p50     p99     max   first | as the engine says%n");
        Bundle bystander = run(BYSTANDER, NUMBERS + timed(BYSTANDER) + "INSERT INTO timed SELECT i FROM numbers;");
        for (String what : parts) {
            Bundle job;
            Bundle part;
            Path jar;
            switch (what) {
                case "function" -> {
                    jar = work.resolve("function.jar");
                    part = install(jar);
                    job = run(what, NUMBERS + timed(what) + "INSERT INTO timed SELECT SCALE(i) FROM numbers;");
                }
                case "file" -> {
                    part = bundle("creek.connector.file");
                    jar = jar(part);
                    job = run(what, "SET 'execution.checkpointing.interval' = '1 s';\nCREATE TABLE numbers (i BIGINT) WITH ('connector' = 'filesystem', "
                            + "'path' = '" + work.resolve("numbers") + "', 'format' = 'csv');\nCREATE TABLE written (i BIGINT) WITH ('connector' = 'filesystem', "
                            + "'path' = '" + work.resolve("written") + "', 'format' = 'csv');\n" + timed(what) + "EXECUTE STATEMENT SET BEGIN\n"
                            + "INSERT INTO timed SELECT i FROM numbers;\nINSERT INTO written SELECT i FROM numbers;\nEND;");
                }
                case "kafka", "mqtt" -> {
                    part = bundle("creek.connector." + what);
                    jar = jar(part);
                    job = run(what, Files.readString(work.resolve(what + ".sql")) + timed(what) + "INSERT INTO timed SELECT i FROM numbers;");
                }
                default -> throw new IllegalArgumentException("there is nothing named " + what + " to measure");
            }
            measure(what, part, jar);
            job.uninstall();
        }
        bystander.uninstall();
        return null;
    }

    private static String timed(String gauge) {
        return "CREATE TABLE timed (i BIGINT) WITH ('connector' = 'timed', 'gauge' = '" + gauge + "');\n";
    }

    private void measure(String job, Bundle installed, Path jar) throws Exception {
        Gauge gauge = TimedConnector.gauge(job);
        Gauge other = TimedConnector.gauge(BYSTANDER);
        Thread.sleep(2000);
        // nothing happens
        long begun = System.nanoTime();
        gauge.open();
        long before = gauge.rows();
        Figures calm = new Figures(rounds);
        Figures otherCalm = new Figures(rounds);
        for (int i = 0; i < rounds; i++) {
            gauge.open();
            other.open();
            Thread.sleep(2 * AFTERWARDS_MILLIS);
            calm.add(gauge.close(), 0);
            otherCalm.add(other.close(), 0);
        }
        gauge.open();
        System.out.printf("%s: %,.0f rows a second%n", job, (gauge.rows() - before) * 1e9 / (System.nanoTime() - begun));
        Figures besides = new Figures(rounds);
        Figures updates = new Figures(rounds);
        Figures others = new Figures(2 * rounds);
        Bundle part = installed;
        Path copy = work.resolve("newer.jar");
        for (int i = 0; i < rounds; i++) {
            BundleCopy.write(jar, "9.0." + ++version, copy);
            gauge.open();
            other.open();
            Bundle newer = context.installBundle("bench:" + job + version, Files.newInputStream(copy));
            Instant seen = last();
            newer.start();
            long gap = await(job, seen);
            besides.add(gauge.close(), gap);
            others.add(other.close(), 0);
            part.uninstall();
            part = newer;
        }
        for (int i = 0; i < rounds; i++) {
            BundleCopy.write(jar, "9.0." + ++version, copy);
            gauge.open();
            other.open();
            Instant seen = last();
            part.update(Files.newInputStream(copy));
            long gap = await(job, seen);
            updates.add(gauge.close(), gap);
            others.add(other.close(), 0);
        }
        calm.print(job + ", nothing happens");
        besides.print(job + ", newer version beside");
        updates.print(job + ", update");
        otherCalm.print("a job that does not use it, nothing happens");
        others.print("a job that does not use it, both kinds of switch");
    }

    private Instant last() {
        List<SwapEvent> all = jobs.swaps();
        return all.isEmpty() ? Instant.MIN : all.get(all.size() - 1).time();
    }

    /** Waits until all of a job's uses of a bundle are switched; the longest of the engine's gaps. Asks rarely, since asking takes time and memory, too. */
    private long await(String job, Instant seen) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            Thread.sleep(5);
            List<SwapEvent> all = jobs.swaps();
            long gap = -1;
            for (int j = all.size() - 1; j >= 0 && all.get(j).time().isAfter(seen); j--) {
                SwapEvent event = all.get(j);
                if (event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.ROLLED_BACK) {
                    throw new IllegalStateException(event.toString());
                }
                if (event.outcome() == Outcome.SWITCHED && event.job().equals(job)) {
                    gap = Math.max(gap, event.gap());
                }
            }
            if (gap >= 0) {
                // all uses are switched at one record boundary
                Thread.sleep(AFTERWARDS_MILLIS);
                return gap;
            }
        }
        throw new IllegalStateException(job + " was not switched: " + jobs.why(job));
    }

    private Bundle run(String name, String script) throws Exception {
        CompiledJob compiled = service(SqlPlanner.class).openSession().compile(script, name);
        Bundle bundle = context.installBundle("bench:job:" + name, new ByteArrayInputStream(compiled.bundle()));
        bundle.start();
        for (int i = 0; state(name) != JobState.RUNNING; i++) {
            if (i > 1000) {
                throw new IllegalStateException(name + " does not run: " + jobs.why(name));
            }
            Thread.sleep(10);
        }
        return bundle;
    }

    private JobState state(String job) {
        return jobs.job(job).map(status -> status.state()).orElse(null);
    }

    private Bundle install(Path jar) throws Exception {
        Bundle bundle = context.installBundle("bench:" + jar.getFileName(), Files.newInputStream(jar));
        bundle.start();
        return bundle;
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).findFirst().orElseThrow();
    }

    private static Path jar(Bundle bundle) {
        return Path.of(bundle.getLocation().replace("reference:file:", ""));
    }

    private <S> S service(Class<S> type) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            ServiceReference<S> found = context.getServiceReference(type);
            if (found != null) {
                return context.getService(found);
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("there is no " + type.getName() + ": " + Arrays.stream(context.getBundles()).map(Bundle::toString)
                .collect(Collectors.joining(", ")));
    }
}
