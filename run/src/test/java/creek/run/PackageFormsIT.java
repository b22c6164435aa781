package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of a package beside the plain file: where there is no Java, with bundles of others; and what is written beside it. */
class PackageFormsIT {
    private static final String JOB = """
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '500');
            CREATE TABLE output (c BIGINT) WITH ('connector' = 'print');
            INSERT INTO output SELECT COUNT(*) FROM input;
            """;
    private static final long LIMIT_WITH_JAVA = 45_000_000;
    /** What a system without Java has. */
    private static final List<String> TOOLS = List.of("sh", "readlink", "dirname", "wc", "mkdir", "tail", "tar", "gzip", "rm", "mv");

    @TempDir
    static Path shared;

    @TempDir
    Path directory;
    private Creek creek;

    @BeforeAll
    static void packageTheJob() throws Exception {
        new Creek(shared).write("job.sql", JOB);
        pack(shared, "job.sql", "-o", "job.jar", "--systemd");
    }

    @BeforeEach
    void writeTheJob() throws IOException {
        creek = new Creek(directory);
        creek.write("job.sql", JOB);
    }

    @Test
    void withoutJava_thePlainFileSaysSo() throws Exception {
        Creek.Outcome outcome = withoutJava(shared.resolve("job.jar"));
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().startsWith("creek: there is no java on the PATH: install a Java 17 or later"), outcome.err());
    }

    @Test
    void withoutJava_thoseThatBringOneRun() throws Exception {
        pack(directory, "job.sql", "-o", "app.run", "--with-jre", "--self-contained", "--systemd");
        String unit = Files.readString(directory.resolve("app.service"));
        assertTrue(unit.contains("\nExecStart=/opt/creek/app.run\n") && unit.contains("\nEnvironment=CREEK_HOME=%C/creek-app\nCacheDirectory=creek-app\n"), unit);
        assertTrue(Files.size(directory.resolve("app.tar.gz")) < LIMIT_WITH_JAVA, "size " + Files.size(directory.resolve("app.tar.gz")));

        Path elsewhere = Files.createDirectory(directory.resolve("device"));
        Files.move(directory.resolve("app"), elsewhere.resolve("app"));
        assertRuns(withoutJava(elsewhere.resolve("app/start")));

        Path file = Files.move(directory.resolve("app.run"), elsewhere.resolve("app.run"));
        assertRuns(withoutJava(file));
        Path unpacked = unpacked();
        FileTime then = Files.getLastModifiedTime(unpacked);
        assertRuns(withoutJava(file));
        assertEquals(then, Files.getLastModifiedTime(unpacked), "unpacked once");

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        Creek.Outcome half = withoutJava(file);
        assertEquals(1, half.status());
        assertTrue(half.err().contains("app.run is damaged or was copied in part"), half.err());
    }

    private Path unpacked() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("home"))) {
            List<Path> folders = files.toList();
            assertEquals(1, folders.size(), folders.toString());
            return folders.get(0).resolve("whole");
        }
    }

    private static void assertRuns(Creek.Outcome outcome) {
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("+U[500]", outcome.lines().get(outcome.lines().size() - 1));
    }

    private Creek.Outcome withoutJava(Path program) throws IOException, InterruptedException {
        Path tools = directory.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectory(tools);
            for (String tool : TOOLS) {
                Files.createSymbolicLink(tools.resolve(tool), Path.of("/bin", tool).toRealPath());
            }
        }
        ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile()).redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("CREEK_HOME", directory.resolve("home").toString());
        return creek.finish(builder.start());
    }

    @Test
    void aBundleOfOthers_comesBeforeTheDistributionsOwn() throws Exception {
        Files.write(directory.resolve("newer.jar"), BundleFiles.copy("creek.connector.datagen", "creek.connector.datagen", "0.1.7", xml -> xml));
        Creek.Outcome outcome = creek.run("package", "job.sql", "-o", "job.jar", "--bundle", "newer.jar", "--list");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("creek.connector.datagen") && outcome.out().contains("0.1.7"), outcome.out());
        Creek.Outcome wrong = creek.run("package", "job.sql", "-o", "job.jar", "--bundle", "job.sql");
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains("job.sql"), wrong.err());
    }

    @Test
    void aConnectorOfOthers_bringsTheClientThatItImports() throws Exception {
        Files.write(directory.resolve("newer.jar"), BundleFiles.copy("creek.connector.mqtt", "creek.connector.mqtt", "0.1.7", xml -> xml));
        Files.writeString(directory.resolve("job.sql"), "CREATE TABLE readings (text STRING) WITH ('connector' = 'mqtt', 'url' = 'tcp://localhost:1883', "
                + "'topic' = 'readings', 'format' = 'raw');\nCREATE TABLE hole (text STRING) WITH ('connector' = 'blackhole');\n"
                + "INSERT INTO hole SELECT text FROM readings;");
        Creek.Outcome outcome = creek.run("package", "job.sql", "-o", "job.jar", "--bundle", "newer.jar", "--list");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("0.1.7") && outcome.out().contains("creek.mqtt.client") && !outcome.out().contains("creek.kafka.client"),
                outcome.out());
    }

    @Test
    void theBillOfMaterials_hasWhatCycloneDxAsksFor() throws Exception {
        String bill = Files.readString(shared.resolve("job.jar.cdx.json"));
        assertTrue(bill.startsWith("{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n"), bill);
        assertTrue(Pattern.compile("\"serialNumber\": \"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\",\n  \"version\": 1,").matcher(bill)
                .find(), bill);
        // a component needs type and name; a reference is there once; a licence has an identifier of the list, or else a name
        Matcher component = Pattern.compile("\\{\"type\": \"(?:application|library)\", \"bom-ref\": \"([^\"]+)\", (?:\"group\": \"[^\"]+\", )?\"name\": \"[^\"]+\","
                + " \"version\": \"[^\"]+\", (?:\"licenses\": \\[\\{\"license\": \\{(?:\"id\": \"(?:Apache-2.0|MIT|EPL-2.0|BSD-3-Clause)\""
                + "|\"name\": \"[^\"]+\")}}], )?\"purl\": \"pkg:(?:generic|maven)/[^\"]+\"}").matcher(bill);
        Set<String> references = new HashSet<>();
        while (component.find()) {
            assertTrue(references.add(component.group(1)), "twice: " + component.group(1));
        }
        assertEquals(bill.split("\"type\":", -1).length - 1, references.size(), bill);
        assertTrue(references.size() > 8, bill);
    }

    @Test
    void theUnit_isOneForSystemd() throws Exception {
        Path verify = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(verify), "needs systemd-analyze");
        Path unit = Files.writeString(directory.resolve("job.service"), Files.readString(shared.resolve("job.service")).replace("/opt/creek", shared.toString()));
        Process process = new ProcessBuilder(verify.toString(), "verify", unit.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertFalse(said.contains("job.service:"), said);
    }

    @Test
    void aJobForAnotherVersionOfTheEngine_saysWhatItNeeds() throws Exception {
        assertEquals(0, creek.run("compile", "job.sql", "-o", "job.jar").status());
        try (PlatformProcess platform = new PlatformProcess(directory.resolve("other"))) {
            platform.start();
            platform.put("job.jar", needing99(Files.readAllBytes(directory.resolve("job.jar"))));
            platform.await("it says so", () -> platform.log().contains("job.jar: "));
            String line = platform.log().lines().filter(each -> each.contains("job.jar: ")).findFirst().orElseThrow();
            assertTrue(line.contains("creek.core.") && line.contains("99") && line.contains("compile"), line);
            assertFalse(platform.console("jobs").contains("RUNNING"));
        }
    }

    /** The bundle of a job that imports the engine's packages in versions that are yet to come. */
    private static byte[] needing99(byte[] bundle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream from = new JarInputStream(new ByteArrayInputStream(bundle))) {
            Manifest manifest = from.getManifest();
            String imports = manifest.getMainAttributes().getValue("Import-Package");
            manifest.getMainAttributes().putValue("Import-Package", imports.replaceAll("version=\"?\\[[^\"]*\"", "version=\"[99.0,100)\""));
            try (JarOutputStream to = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(from.readAllBytes());
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void pack(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("package"));
        line.addAll(Arrays.asList(arguments));
        Creek.Outcome outcome = new Creek(folder).run(line.toArray(String[]::new));
        assertEquals(0, outcome.status(), outcome.err());
    }
}
