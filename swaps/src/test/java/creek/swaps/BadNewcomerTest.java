package creek.swaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Bundles of higher versions that are no good, each in its own way, are installed beside those in use, or in their place: each is refused or taken back, the
 * job says why, and its output is that of an undisturbed run.
 */
@Timeout(1800)
class BadNewcomerTest {
    private static final boolean LONG = Boolean.getBoolean("swaps.long");
    private static final String JOB = "gateway";
    /** At the slowest pace they last for a minute and more. */
    private static final int ROWS = 600_000;
    /** On a busy machine what is good is not to be held to hang; the long form has the machine for itself. */
    private static final long HANGING_MILLIS = LONG ? 1000 : 4000;
    /** Nor is what is bad to be good for long enough before it fails. */
    private static final String SETTINGS = """
            SET 'execution.checkpointing.interval' = '100 ms';
            SET 'state.backend.type' = 'xodus';
            SET 'swap.probation.time' = '10 min';
            SET 'swap.timeout' = '%d ms';
            """.formatted(HANGING_MILLIS);
    /** Those of the connector that are refused or taken back. */
    private static final List<String> FAULTS = List.of("fails when asked for its options", "refuses the options", "fails its self-test",
            "hangs in its self-test", "leaks a thread", "throws an Error", "lacks a class", "gives a null reader", "gives a null writer",
            "fails to open a reader", "hangs in open", "throws an Error in open", "fails at the 100th record", "throws an Error at the 100th record",
            "has another form of positions", "fails to restore a position", "fails to open a writer", "hangs opening a writer", "fails at the third row",
            "fails to take over a writer");

    /** What the job says, where that is not the fault's name. */
    private static final Map<String, String> REASONS = Map.of("hangs in its self-test", "it takes longer than " + HANGING_MILLIS + " ms to ask",
            "leaks a thread", "it leaves the thread 'leak' behind", "gives a null reader", "connector 'filesystem' gives no reader",
            "gives a null writer", "connector 'filesystem' gives no writer", "hangs in open", "it takes longer than " + HANGING_MILLIS + " ms to open a reader",
            "throws an Error at the 100th record", "nested too deeply", "has another form of positions", "it does not take over positions of form",
            "hangs opening a writer", "it takes longer than " + HANGING_MILLIS + " ms to open a writer");

    @TempDir
    private Path folder;
    private final List<String> times = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int version;

    @AfterEach
    void hurry() {
        Pace.none();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", Readings.PARALLEL})
    void badNewcomers_areRefusedOrTakenBack(String parallelism) throws Exception {
        try {
            whileTheJobRuns(parallelism, (platform, loaders) -> {
                List<String> providers = platform.providers(JOB);
                for (String fault : FAULTS) {
                    check(platform, fault, REASONS.getOrDefault(fault, fault), faultyConnector(fault), loaders, providers);
                }
                check(platform, "another signature", "eval", Jars.functions(next(), "public String eval(String v) { return v; }"), loaders, providers);
                check(platform, "fails in open", "no opening", Jars.functions(next(), "@Override public void open(creek.udf.api.FunctionContext context) "
                        + "{ throw new IllegalStateException(\"no opening\"); } " + Jars.SCALE), loaders, providers);
                check(platform, "fails at the 100th call", "enough", Jars.functions(next(), "int n; public Long eval(Long v) "
                        + "{ if (++n > 99) { throw new IllegalStateException(\"enough\"); } return 3 * v + 1; }"), loaders, providers);
                checkUnstartable(platform, providers);
            });
            assertEquals(List.of(), failures);
        } finally {
            System.out.println(String.join("\n", times));
        }
    }

    /** What is done to a platform on which the job runs. */
    private interface Change {
        void make(TestPlatform platform, Loaders loaders) throws Exception;
    }

    /** In the end the job has given what an undisturbed one gives, and nothing is left of what was loaded meanwhile. */
    private void whileTheJobRuns(String parallelism, Change change) throws Exception {
        Readings readings = new Readings(folder.resolve("data"), JOB, ROWS, 7);
        Loaders loaders = new Loaders();
        try (TestPlatform platform = new TestPlatform(folder.resolve("platform"))) {
            Traces before = Traces.of(folder);
            Pace.slow();
            Bundle job = platform.installJob(JOB, readings.script(SETTINGS + parallelism));
            job.start();
            platform.awaitState(JOB, "RUNNING");
            change.make(platform, loaders);
            Pace.none();
            platform.awaitState(JOB, "FINISHED");
            assertEquals("", readings.difference());
            platform.uninstall(job);
            loaders.assertAlive(0);
            before.assertNothingMore();
        }
    }

    /** What comes by an update has nothing beside it. */
    @Test
    void badUpdates_leaveTheJobWithAllThatItHad_untilAGoodOneComes() throws Exception {
        whileTheJobRuns("", (platform, loaders) -> {
            Bundle connector = platform.bundle(Jars.FILE);
            for (String fault : List.of("fails its self-test", "hangs in its self-test", "leaks a thread", "gives a null reader", "fails to open a reader",
                    "hangs in open", "has another form of positions", "fails to restore a position")) {
                platform.update(connector, faultyConnector(fault));
                loaders.add(connector);
                String reason = REASONS.getOrDefault(fault, fault);
                TestPlatform.await(() -> platform.state(JOB).equals("INCOMPATIBLE") && platform.why(JOB).contains(reason),
                        () -> fault + ": " + platform.text(JOB));
            }
            platform.update(connector, Jars.version(Jars.FILE, next()));
        });
    }

    private String next() {
        return "2.0." + ++version;
    }

    private byte[] faultyConnector(String fault) throws Exception {
        Map<String, byte[]> entries = new HashMap<>(Jars.own(FaultyConnector.class));
        entries.put("fault", fault.getBytes(StandardCharsets.UTF_8));
        entries.put("OSGI-INF/faulty.xml", Jars.component("creek.swaps.FaultyConnector", "creek.core.connector.Connector", "creek.connector", "filesystem"));
        return Jars.changed(Jars.FILE, Map.of("Bundle-Version", next(), "Service-Component", "OSGI-INF/faulty.xml"), entries);
    }

    /** A newcomer is installed and started, fails, is looked at and removed. */
    private void check(TestPlatform platform, String name, String reason, byte[] content, Loaders loaders, List<String> providers) throws Exception {
        assertTrue(Pace.isKept(platform, JOB, (long) ROWS * version / (FAULTS.size() + 5)), () -> "before: " + name + platform.text(JOB));
        long begun = System.nanoTime();
        Bundle bad = platform.install("test:bad:" + name, content);
        bad.start();
        try {
            TestPlatform.await(() -> isOver(platform, bad), () -> name + ": nothing came of it: " + platform.text(JOB));
            long millis = (System.nanoTime() - begun) / 1_000_000;
            times.add(millis + " ms: " + name);
            if (LONG && millis > (reason.contains("takes longer") ? 2000 : 1000)) {
                failures.add(name + ": took " + millis + " ms");
            }
            String why = platform.why(JOB);
            if (!why.contains(reason)) {
                failures.add(name + ": why says: " + why);
            }
            if (!platform.providers(JOB).equals(providers)) {
                failures.add(name + ": provided by " + platform.providers(JOB));
            }
            loaders.add(bad);
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
        platform.uninstall(bad);
    }

    /** Refused by all that would use it, or taken back. */
    private static boolean isOver(TestPlatform platform, Bundle bad) throws Exception {
        String provider = bad.getSymbolicName() + " " + bad.getVersion();
        List<String> about = platform.swaps().stream().filter(each -> each.contains(provider)).toList();
        return about.stream().anyMatch(each -> each.contains("REFUSED") || each.contains("ROLLED_BACK"))
                && platform.providers(JOB).stream().noneMatch(each -> each.startsWith(provider + " ")) && platform.state(JOB).equals("RUNNING");
    }

    /** Some do not come so far. */
    private void checkUnstartable(TestPlatform platform, List<String> providers) throws Exception {
        int swaps = platform.swaps().size();
        Bundle lacking = platform.install("test:lacking", Jars.changed(Jars.FILE, Map.of("Bundle-Version", next(), "Import-Package", "com.example.missing"),
                Map.of()));
        assertTrue(assertThrows(BundleException.class, lacking::start).getMessage().contains("com.example.missing"));
        Bundle failing = platform.install("test:failing", Jars.changed(Jars.FILE,
                Map.of("Bundle-Version", next(), "Bundle-Activator", "com.example.Missing"), Map.of()));
        assertThrows(BundleException.class, failing::start);
        Bundle misnamed = platform.install("test:misnamed", Jars.changed(Jars.FILE,
                Map.of("Bundle-Version", next(), "Service-Component", "OSGI-INF/misnamed.xml"), Map.of("OSGI-INF/misnamed.xml",
                        Jars.component("creek.connector.file.FileSystemConnector", "creek.core.connector.Connector", "creek.connector", "filesistem"))));
        misnamed.start();
        Bundle unmade = platform.install("test:unmade", faultyConnector("fails in its constructor"));
        unmade.start();
        assertEquals(providers, platform.providers(JOB));
        assertEquals(swaps, platform.swaps().size());
        assertFalse(platform.why(JOB).contains("filesistem"));
        String unusable = "connector 'filesystem' of " + unmade.getSymbolicName() + " " + unmade.getVersion() + " [" + unmade.getBundleId() + "] can't be used";
        assertTrue(platform.why(JOB).contains(unusable), () -> platform.text(JOB));
        for (Bundle each : List.of(lacking, failing, misnamed, unmade)) {
            platform.uninstall(each);
        }
        times.add("not resolved, not started, misnamed, component not made: no switch");
    }
}
