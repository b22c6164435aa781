package creek.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged job as a device runs it, and what it says where something is wrong. */
class PackageIT {
    private static final long LIMIT = 7_000_000;
    private static final String JOB = """
            SET 'execution.checkpointing.interval' = '200 ms';
            SET 'state.backend.type' = 'xodus';
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '500', 'fields.n.kind' = 'sequence',
                'fields.n.start' = '1', 'fields.n.end' = '5000');
            CREATE TABLE output (c BIGINT, s BIGINT) WITH ('connector' = 'print');
            INSERT INTO output SELECT COUNT(*), SUM(n) FROM input;
            """;
    /** It doesn't end by itself while a test looks at it. */
    private static final String LONG_JOB = "SET 'swap.timeout' = '60 s';\n" + JOB.replace("'500'", "'2000'").replace("'5000'", "'5000000'");
    private static final String LAST = "+U[5000, 12502500]";

    @TempDir
    static Path shared;
    private static Path jar;
    /** With the console, and not at an end by itself. */
    private static Path lasting;

    @TempDir
    Path directory;

    @BeforeAll
    static void packageTheJobs() throws Exception {
        jar = packaged("counts", JOB);
        lasting = packaged("lasting", LONG_JOB, "--with", "console");
    }

    private static Path packaged(String name, String job, String... options) throws IOException, InterruptedException {
        Creek creek = new Creek(shared);
        creek.write(name + ".sql", job);
        List<String> line = new ArrayList<>(List.of("package", name + ".sql", "-o", name + ".jar"));
        line.addAll(Arrays.asList(options));
        Creek.Outcome outcome = creek.run(line.toArray(String[]::new));
        assertEquals(0, outcome.status(), outcome.err());
        return shared.resolve(name + ".jar");
    }

    @Test
    void theSameScriptGivesTheSameBytes_withinTheLimit_withoutThePlanner() throws Exception {
        byte[] bytes = Files.readAllBytes(jar);
        assertTrue(bytes.length < LIMIT, "size " + bytes.length);
        Files.move(jar, shared.resolve("first.jar"));
        packaged("counts", JOB, "--systemd");
        assertArrayEquals(bytes, Files.readAllBytes(jar));
        assertTrue(Files.readString(shared.resolve("counts.service")).contains("ExecStart=/opt/creek/counts.jar\n"));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertFalse(zip.stream().anyMatch(entry -> entry.getName().startsWith("org/apache/calcite")), "the planner is in");
            assertFalse(zip.stream().anyMatch(entry -> entry.getName().startsWith("creek/connector/mqtt")), "a connector that is not named is in");
        }
        String materials = Files.readString(shared.resolve("counts.jar.cdx.json"));
        assertTrue(materials.contains("pkg:maven/org.jetbrains.xodus/xodus-environment@"), materials);
        Creek.Outcome list = java("--list");
        assertTrue(list.out().contains("org.jetbrains.xodus:xodus-environment"), list.out() + list.err());
    }

    @Test
    void whenItIsKilled_thenItGoesOnFromItsLastCheckpoint() throws Exception {
        Process process = start(List.of(jar.toString()), Map.of("CREEK_DATA", "state"));
        await("output", () -> lines("out") > 1_000);
        process.destroyForcibly().waitFor();

        Creek.Outcome rest = finish(start(List.of(jar.toString()), Map.of("CREEK_DATA", "state")));
        assertEquals(0, rest.status(), rest.err());
        assertEquals(LAST, rest.lines().get(rest.lines().size() - 1));
        assertTrue(rest.lines().size() < 9_999, "it has not begun anew");
        assertTrue(rest.err().contains("went on from checkpoint"), rest.err());
    }

    @Test
    void whenTheDataIsInUse_thenASecondInstanceIsRefused_andSigtermEndsTheFirstInOrder() throws Exception {
        Process process = start(List.of(lasting.toString()), Map.of());
        await("output", () -> lines("out") > 100);
        Files.createDirectory(directory.resolve("second"));
        Creek.Outcome second = finish(start(List.of(lasting.toString()), Map.of("CREEK_DATA", directory.resolve(".creek").toString()),
                "second"), "second");
        assertEquals(1, second.status());
        assertTrue(second.err().startsWith("creek: another process runs on the data folder " + directory.toRealPath().resolve(".creek")), second.err());
        process.destroy();
        Creek.Outcome first = finish(process);
        assertTrue(first.status() == 0, "status " + first.status() + ": " + first.err());
        assertTrue(first.err().contains("lasting STOPPED"), first.err());
    }

    @Test
    void optionsComeFromPropertiesBesideIt_logsAreBounded_unknownOnesAreRefused() throws Exception {
        Path copy = Files.copy(jar, directory.resolve("app.jar"));
        Files.writeString(directory.resolve("app.properties"), """
                creek.data = kept
                creek.logs = logs
                creek.verbose = true
                creek.set.execution.checkpointing.interval = 1 h
                """);
        Creek.Outcome outcome = finish(start(List.of("java", "-Xmx16m", "-jar", copy.toString()), Map.of()));
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(Files.isDirectory(directory.resolve("kept/jobs/counts")));
        assertTrue(Files.size(directory.resolve("logs/creek.0.log")) > 0);
        // the last one alone
        assertTrue(outcome.err().matches("(?s).*, 1 checkpoints?\\b.*"), outcome.err());

        Files.writeString(directory.resolve("app.properties"), "creek.dta = kept\n");
        Creek.Outcome refused = finish(start(List.of("java", "-jar", copy.toString()), Map.of()));
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("app.properties: there is no option 'creek.dta'; there are creek.data, "), refused.err());
    }

    @Test
    void whenItIsCopiedInPartOrDamaged_thenThatIsSaid() throws Exception {
        byte[] bytes = Files.readAllBytes(jar);
        Path half = directory.resolve("half.jar");
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
        half.toFile().setExecutable(true);
        Creek.Outcome outcome = finish(start(List.of(half.toString()), Map.of()));
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("half.jar is damaged or was copied in part: it has " + bytes.length / 2 + " of "), outcome.err());

        // somewhere in the middle, where classes are that are not needed to say so
        byte[] flipped = bytes.clone();
        flipped[indexOf(flipped, "jetbrains/exodus/env/EnvironmentImpl.class") + 200] ^= 1;
        Files.write(half, flipped);
        Creek.Outcome damaged = finish(start(List.of("java", "-jar", half.toString()), Map.of()));
        assertEquals(1, damaged.status());
        assertTrue(damaged.err().contains("half.jar is damaged or was copied in part: its digest is another. Copy it again"), damaged.err());
        assertFalse(Files.exists(directory.resolve(".creek")));
    }

    @Test
    void whenJavaIsTooOld_orTheDataFolderCannotBe_thenThatIsSaid() throws Exception {
        Creek.Outcome old = finish(start(List.of("java", "-Dcreek.assumed.java=1.8", "-jar", jar.toString()), Map.of()));
        assertEquals(2, old.status());
        assertTrue(old.err().startsWith("creek: Java 17 or later is needed; this is Java 1.8 in "), old.err());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertEquals(52, zip.getInputStream(zip.getEntry("creek/Start.class")).readNBytes(8)[7], "class file of Java 8");
        }

        Files.writeString(directory.resolve("file"), "");
        Creek.Outcome noFolder = finish(start(List.of(jar.toString()), Map.of("CREEK_DATA", "file/data")));
        assertEquals(1, noFolder.status());
        assertTrue(noFolder.err().contains("file/data of 'creek.data' can't be made"), noFolder.err());

        Creek.Outcome noDirectory = finish(start(List.of(jar.toString()), Map.of("CREEK_DIRECTORY", "nowhere")));
        assertEquals(2, noDirectory.status());
        assertTrue(noDirectory.err().contains("'creek.directory' is "), noDirectory.err());
    }

    @Test
    void whenMemoryIsShort_thenItExitsAndGoesOnWithMore() throws Exception {
        String job = """
                SET 'execution.checkpointing.interval' = '100 ms';
                CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '50000', 'fields.n.kind' = 'sequence',
                    'fields.n.start' = '1', 'fields.n.end' = '200000');
                CREATE TABLE output (c BIGINT) WITH ('connector' = 'print');
                INSERT INTO output SELECT COUNT(*) FROM (SELECT n, COUNT(*) AS c FROM input GROUP BY n) WHERE c > 1000;
                INSERT INTO output SELECT COUNT(*) FROM input;
                """;
        Path hungry = packaged("hungry", job);
        Creek.Outcome killed = finish(start(List.of(hungry.toString()), Map.of("CREEK_OPTS", "-Xmx12m")));
        assertEquals(3, killed.status(), killed.err());
        Creek.Outcome rest = finish(start(List.of(hungry.toString()), Map.of("CREEK_OPTS", "-Xmx128m")));
        assertEquals(0, rest.status(), rest.err());
        assertTrue(rest.lines().contains("+U[200000]"), "last " + rest.lines().get(rest.lines().size() - 1));
    }

    @Test
    void withConsole_aBundleIsSwappedWhileTheJobRuns_andStaysSoAfterARestart() throws Exception {
        PlatformProcess platform = new PlatformProcess(directory);
        Map<String, String> data = Map.of("CREEK_DATA", platform.data().toString());
        Process process = start(List.of(lasting.toString()), data);
        await("output", () -> lines("out") > 100);
        String bundles = platform.console("lb -s");
        assertTrue(bundles.contains("creek.job.lasting") && bundles.contains("creek.connector.datagen"), bundles);

        platform.put("newer.jar", BundleFiles.copy("creek.connector.datagen", "creek.connector.datagen", "0.2.0", xml -> xml));
        awaitNewer(platform);
        assertTrue(platform.console("events").contains("SWITCHED"), platform.console("events"));
        long before = lines("out");
        await("output of the newer one", () -> lines("out") > before + 1000);
        process.destroy();
        Creek.Outcome first = finish(process);
        assertEquals(0, first.status(), first.err());
        assertTrue(first.err().contains("lasting STOPPED"), first.err());
        assertWhole(first);

        Process again = start(List.of(lasting.toString()), data);
        await("output", () -> lines("out") > 100);
        awaitNewer(platform);
        again.destroy();
        Creek.Outcome second = finish(again);
        assertTrue(second.err().contains("went on from checkpoint"), second.err());
        assertWhole(second);
    }

    private static void awaitNewer(PlatformProcess platform) throws Exception {
        platform.await("the newer one is in use", () -> platform.console("job lasting").contains("connector datagen, by creek.connector.datagen 0.2.0"));
    }

    /** The sum is that of so many numbers from 1: none was lost and none came twice. */
    private static void assertWhole(Creek.Outcome outcome) {
        String last = outcome.lines().get(outcome.lines().size() - 1);
        String[] numbers = last.substring(last.indexOf('[') + 1, last.indexOf(']')).split(", ");
        long count = Long.parseLong(numbers[0]);
        assertEquals(count * (count + 1) / 2, Long.parseLong(numbers[1]), last);
    }

    @Test
    void whenTheDataFolderIsAnothers_thenThatIsSaid() throws Exception {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        for (Path folder : List.of(directory, shared)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        List<String> line = new ArrayList<>();
        if (Files.isWritable(locked)) {
            // root may write anywhere, and becomes someone else
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
            line.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        line.add(jar.toString());
        for (String data : List.of("locked", "locked/data")) {
            Creek.Outcome refused = finish(start(line, Map.of("CREEK_DATA", data)));
            assertEquals(1, refused.status(), refused.err());
            assertTrue(refused.err().startsWith("creek: no permission to write to " + directory.toRealPath().resolve(data)), refused.err());
            assertTrue(refused.err().contains("name another folder by 'creek.data'"), refused.err());
        }
    }

    @Test
    void whatIsWrongOnTheCommandLineIsSaid() throws Exception {
        Creek creek = new Creek(directory);
        creek.write("job.sql", JOB);
        Creek.Outcome none = creek.run("package", "job.sql");
        assertEquals(2, none.status());
        assertTrue(none.err().contains("-o FILE is missing"), none.err());
        Creek.Outcome platform = creek.run("package", "job.sql", "-o", "job.jar", "--with", "planner");
        assertEquals(2, platform.status());
        assertTrue(platform.err().contains("there is --with console"), platform.err());
        creek.write("kafka.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'kafka', 'topic' = 't', 'properties.bootstrap.servers' = 'x:1', "
                + "'format' = 'json'); CREATE TABLE o (a INT) WITH ('connector' = 'blackhole'); INSERT INTO o SELECT a FROM t;");
        Creek.Outcome unknown = creek.run("package", "kafka.sql", "-o", "job.jar", "--platform", "solaris");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("there is no native code for platform 'solaris'; there is for linux-aarch64, linux-armv7, linux-x86_64"),
                unknown.err());
        assertEquals(0, creek.run("package", "kafka.sql", "-o", "job.jar", "--platform", "linux-aarch64").status());
        assertTrue(Files.size(directory.resolve("job.jar")) < 16_000_000);
    }

    private Creek.Outcome java(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("java", "-jar", jar.toString()));
        line.addAll(Arrays.asList(arguments));
        return finish(start(line, Map.of()));
    }

    private Process start(List<String> line, Map<String, String> environment, String... folder) throws IOException {
        Path where = folder.length == 0 ? directory : directory.resolve(folder[0]);
        List<String> command = new ArrayList<>(line);
        if (command.get(0).equals("java")) {
            command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectOutput(where.resolve("out").toFile())
                .redirectError(where.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Creek.Outcome finish(Process process, String... folder) throws IOException, InterruptedException {
        return new Creek(folder.length == 0 ? directory : directory.resolve(folder[0])).finish(process);
    }

    private long lines(String stream) throws IOException {
        try (var lines = Files.lines(directory.resolve(stream))) {
            return lines.count();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, () -> "no " + what);
            Thread.sleep(20);
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(at > 0, text);
        return at;
    }
}
