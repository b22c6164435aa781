package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** What is swapped more rarely: tables to look up in, formats of sinks, aggregate functions, jobs, the engine; and functions that hang and throw. */
@Timeout(1200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherUsesTest {
    private static final String JOB = "gateway";
    private static final String CHECKPOINTS = "SET 'execution.checkpointing.interval' = '100 ms';\nSET 'state.backend.type' = 'xodus';\n"
            + "SET 'swap.timeout' = '60 s';";
    private static final String AVRO = "creek.format.avro";
    private static final int ROWS = 20_000;

    private final List<Bundle> installed = new ArrayList<>();
    private Path folder;
    private Readings readings;
    private TestPlatform platform;
    private int version;

    @BeforeAll
    void startPlatform(@TempDir Path place) throws Exception {
        platform = new TestPlatform(place);
    }

    @AfterAll
    void endPlatform() throws Exception {
        platform.close();
    }

    @BeforeEach
    void begin(@TempDir Path place) throws Exception {
        folder = place;
        readings = new Readings(folder.resolve("data"), JOB, ROWS, 7);
        platform.update(platform.bundle(Jars.FUNCTIONS), Jars.version(Jars.FUNCTIONS, "1.0.0"));
        Pace.crawl();
    }

    @AfterEach
    void end() throws Exception {
        Pace.none();
        for (Bundle bundle : installed) {
            platform.uninstall(bundle);
        }
        installed.clear();
        Readings.delete(platform.jobs().resolve(JOB));
    }

    private Bundle install(String location, byte[] content) throws Exception {
        Bundle bundle = platform.install(location, content);
        installed.add(bundle);
        bundle.start();
        return bundle;
    }

    private Bundle run(String job, String script) throws Exception {
        return install("job:" + job, platform.compile(job, script));
    }

    /** Updates the only version of a bundle and puts another one beside it while the job runs. */
    private void swap(String name) throws Exception {
        for (int i = 1; i < 3; i++) {
            Bundle newer = platform.bundle(name);
            byte[] content = Jars.version(name, "1.1." + ++version);
            if (i % 2 == 1) {
                platform.update(newer, content);
            } else {
                Bundle old = newer;
                newer = platform.install("test:beside:" + name + version, content);
                newer.start();
                platform.awaitUse(JOB, newer);
                platform.uninstall(old);
            }
            platform.awaitUse(JOB, newer);
        }
        assertFalse(platform.state(JOB).equals("FINISHED"), "it has ended too early");
        Pace.none();
        platform.awaitState(JOB, "FINISHED");
    }

    @Test
    void tablesToLookUpIn_areReadByTheNewcomer() throws Exception {
        Files.writeString(folder.resolve("data/rooms.csv"), "k0,hall\nk1,cellar\nk2,loft\nk3,yard\nk4,shed\n");
        run(JOB, CHECKPOINTS + """

                CREATE TABLE readings (k STRING, v BIGINT, p AS PROCTIME()) WITH ('connector' = 'filesystem', 'path' = '%1$s/readings.jsonl', 'format' = 'json');
                CREATE TABLE rooms (k STRING, room STRING) WITH ('connector' = 'filesystem', 'path' = '%1$s/rooms.csv', 'format' = 'csv',
                    'lookup.cache' = 'FULL', 'lookup.full-cache.reload-strategy' = 'PERIODIC', 'lookup.full-cache.periodic-reload.interval' = '100 ms');
                CREATE TABLE named (room STRING, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%1$s/out', 'format' = 'csv');
                INSERT INTO named SELECT room, SCALE(v) FROM readings JOIN rooms FOR SYSTEM_TIME AS OF p ON readings.k = rooms.k;
                """.formatted(folder.resolve("data")));
        platform.awaitState(JOB, "RUNNING");
        swap(Jars.FILE);
        assertTrue(platform.swaps().stream().anyMatch(each -> each.contains("lookup 'rooms'") && each.contains("SWITCHED")), () -> platform.text(JOB));
        assertEquals(expectedRooms(), readings.output());
    }

    private List<String> expectedRooms() throws Exception {
        List<String> rooms = List.of("hall", "cellar", "loft", "yard", "shed");
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("data/readings.jsonl"))) {
            String[] parts = line.split("[\":,}]+");
            expected.add(rooms.get(parts[2].charAt(1) - '0') + "," + (3 * Long.parseLong(parts[4]) + 1));
        }
        return expected.stream().sorted().toList();
    }

    @Test
    void formatsOfSinks_areSwapped() throws Exception {
        platform.install("test:" + AVRO, Files.readAllBytes(Jars.distributed(AVRO))).start();
        String table = "CREATE TABLE scaled (k STRING, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%s/avro', 'format' = 'avro');\n"
                .formatted(folder.resolve("data"));
        run(JOB, CHECKPOINTS + table + """
                CREATE TABLE readings (k STRING, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%s/readings.jsonl', 'format' = 'json');
                INSERT INTO scaled SELECT k, SCALE(v) FROM readings;
                """.formatted(folder.resolve("data")));
        platform.awaitState(JOB, "RUNNING");
        swap(AVRO);
        assertTrue(platform.swaps().stream().anyMatch(each -> each.contains("sink 'scaled'") && each.contains("SWITCHED")), () -> platform.text(JOB));
        run("back", table + """
                CREATE TABLE texts (k STRING, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%s/out', 'format' = 'csv');
                INSERT INTO texts SELECT k, v FROM scaled;
                """.formatted(folder.resolve("data")));
        platform.awaitState("back", "FINISHED");
        assertEquals(expectedScaled(), readings.output());
    }

    private List<String> expectedScaled() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("data/readings.jsonl"))) {
            String[] parts = line.split("[\":,}]+");
            expected.add(parts[2] + "," + (3 * Long.parseLong(parts[4]) + 1));
        }
        return expected.stream().sorted().toList();
    }

    @Test
    void standardInput_isReadOnWhereTheOldVersionWas() throws Exception {
        InputStream before = System.in;
        PipedOutputStream pipe = new PipedOutputStream();
        Thread feeder = new Thread(() -> {
            try (pipe) {
                pipe.write(Files.readAllBytes(folder.resolve("data/readings.jsonl")));
            } catch (IOException e) {
                // nobody reads any more
            }
        });
        PipedInputStream in = new PipedInputStream(pipe);
        System.setIn(in);
        try {
            feeder.start();
            run(JOB, CHECKPOINTS + """

                    CREATE TABLE readings (k STRING, v BIGINT) WITH ('connector' = 'stdin', 'format' = 'json');
                    CREATE TABLE scaled (k STRING, v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%s/out', 'format' = 'csv');
                    INSERT INTO scaled SELECT k, SCALE(v) FROM readings;
                    """.formatted(folder.resolve("data")));
            platform.awaitState(JOB, "RUNNING");
            swap(Jars.FILE);
        } finally {
            System.setIn(before);
            in.close();
            feeder.join();
        }
        assertTrue(platform.swaps().stream().anyMatch(each -> each.contains("part=stdin") && each.contains("SWITCHED")),
                () -> platform.text(JOB));
        assertEquals(expectedScaled(), readings.output());
    }

    @Test
    void theEngineIsUpdated_andJobsGoOnFromTheirLastCheckpoint() throws Exception {
        run(JOB, readings.script(CHECKPOINTS));
        platform.awaitState(JOB, "RUNNING");
        for (int i = 1; i < 3; i++) {
            TestPlatform.await(() -> platform.status(JOB, "recordsIn") instanceof Long read && read > 500, () -> platform.text(JOB));
            platform.update(platform.bundle(TestPlatform.ENGINE), Jars.version(TestPlatform.ENGINE, "0.1." + i));
            platform.awaitState(JOB, "RUNNING");
        }
        Pace.none();
        platform.awaitState(JOB, "FINISHED");
        assertEquals("", readings.difference());
    }

    @Test
    void aChangedJobThatDoesNotMatchTheState_isRefused_andTheOneBeforeGoesOn() throws Exception {
        String script = readings.script(CHECKPOINTS);
        Bundle job = run(JOB, script);
        TestPlatform.await(() -> platform.status(JOB, "recordsIn") instanceof Long read && read > 500, () -> platform.text(JOB));
        platform.update(job, platform.compile(JOB, script.replace("c BIGINT, s BIGINT", "c BIGINT, s STRING").replace("SUM(SCALE(v))", "MAX(CAST(SCALE(v) AS STRING))")));
        platform.awaitState(JOB, "FAILED");
        String reason = platform.why(JOB);
        assertTrue(reason.contains("state") && reason.contains("SUM"), reason);
        platform.update(job, platform.compile(JOB, script));
        platform.awaitState(JOB, "RUNNING");
        Pace.none();
        platform.awaitState(JOB, "FINISHED");
        assertEquals("", readings.difference());
    }

    @Test
    void anAggregateWithAnotherAccumulator_isRefused_andOneWithTheSameTakesOver() throws Exception {
        String body = "public static class Sum { public %1$s total; } public Sum createAccumulator() { return new Sum(); } "
                + "public Long getValue(Sum sum) { return (long) sum.total; } "
                + "public void accumulate(Sum sum, Long v) throws Exception { pace(); sum.total += 3 * v + 1; }";
        String kind = "AggregateFunction<Long, Scale.Sum>";
        platform.update(platform.bundle(Jars.FUNCTIONS), Jars.functions("1.0.1", kind, body.formatted("long")));
        run(JOB, readings.script(CHECKPOINTS).replace("SUM(SCALE(v))", "SCALE(v)"));
        platform.awaitState(JOB, "RUNNING");
        install("test:other", Jars.functions("1.0.2", kind, body.formatted("double")));
        TestPlatform.await(() -> platform.why(JOB).contains("can't take over"), () -> platform.text(JOB));
        assertTrue(platform.why(JOB).contains("accumulator"), () -> platform.text(JOB));
        assertEquals("RUNNING", platform.state(JOB));
        Bundle same = install("test:same", Jars.functions("1.0.3", kind, body.formatted("long")));
        platform.awaitUse(JOB, same);
        Pace.none();
        platform.awaitState(JOB, "FINISHED");
        assertEquals("", readings.difference());
    }

    @Test
    void functionsThatHangOrThrow_harmTheirJobAlone() throws Exception {
        Pace.none();
        platform.update(platform.bundle(Jars.FUNCTIONS), Jars.functions("1.0.1", """
                public Long eval(Long v) throws Exception {
                    if (v == -1) { new Thread(() -> { try { Thread.sleep(60000); } catch (InterruptedException e) { } }, "leak").start(); throw new IllegalStateException("no such number"); }
                    while (v == -2) { Thread.sleep(1000); }
                    return 3 * v + 1;
                }
                """));
        String small = "CREATE TABLE hole (v BIGINT) WITH ('connector' = 'filesystem', 'path' = '%s/hole', 'format' = 'csv');\n".formatted(folder)
                + "INSERT INTO hole SELECT SCALE(CAST(v AS BIGINT)) FROM (VALUES (1), (%d)) AS t (v);";
        Bundle hanging = run("hangs", small.formatted(-2));
        run("throws", small.formatted(-1));
        platform.awaitState("throws", "FAILED");
        assertTrue(platform.why("throws").contains("SCALE") && platform.why("throws").contains("no such number"), () -> platform.text("throws"));
        TestPlatform.await(() -> platform.whereabouts("hangs").contains("acme.Scale.eval"), () -> platform.whereabouts("hangs"));
        run(JOB, readings.script(CHECKPOINTS));
        platform.awaitState(JOB, "FINISHED");
        assertEquals("", readings.difference());
        // it is interrupted in the end
        hanging.stop();
        TestPlatform.await(() -> !platform.state("hangs").equals("RUNNING"), () -> platform.text("hangs"));
    }
}
