package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deploy folder of a platform that runs: what becomes of files that come, change and go, whole, half copied or bad. */
class DeployFolderIT {
    private static final String JOB = """
            SET 'execution.checkpointing.interval' = '200 ms';
            CREATE TABLE input (n BIGINT) WITH ('connector' = 'CONNECTOR', 'rows-per-second' = '1000');
            CREATE TABLE output (c BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO output SELECT COUNT(*) FROM input;
            """;

    @TempDir
    Path directory;
    private PlatformProcess platform;

    @BeforeEach
    void start() throws Exception {
        platform = new PlatformProcess(directory);
        platform.start();
    }

    @AfterEach
    void end() throws Exception {
        platform.close();
    }

    @Test
    void whenAScriptComesChangesAndGoes_thenItsJobDoes() throws Exception {
        String job = JOB.replace("CONNECTOR", "datagen");
        platform.put("counts.sql", job);
        awaitState("counts", "RUNNING");
        platform.await("checkpoints", () -> !platform.console("job counts").contains("checkpoints 0 completed"));
        assertTrue(platform.console("job counts").contains("plan        "), platform.console("job counts"));

        String broken = job.replace("COUNT(*)", "COUNT(m)");
        platform.put("counts.sql", broken);
        String place = platform.deploy().toRealPath().resolve("counts.sql") + ":4:33: ";
        awaitLog(place);
        awaitState("counts", "RUNNING");

        Files.writeString(platform.deploy().resolve("counts.sql"), broken + "\n");
        platform.await("the error again", () -> timesInLog(place) == 2);

        platform.put("counts.sql", job.replace("COUNT(*) FROM input", "COUNT(*) FROM input WHERE n > 0"));
        platform.await("the changed job goes on with its state", () -> platform.console("job counts").contains("the job went on from number"));
        assertTrue(platform.console("job counts").contains("> 0"), platform.console("job counts"));
        assertEquals(2, timesInLog(place));

        Files.delete(platform.deploy().resolve("counts.sql"));
        platform.await("the job is gone", () -> !platform.console("jobs").contains("counts"));
    }

    @Test
    void whenAJarIsCopiedSlowly_thenItIsInstalledOnceItIsWhole() throws Exception {
        byte[] jar = BundleFiles.plain("slow", "1.0.0");
        Path file = platform.deploy().resolve("slow.jar");
        Files.write(file, Arrays.copyOf(jar, jar.length / 2));
        awaitLog("slow.jar: is not a whole jar");
        assertEquals(1, timesInLog("slow.jar"));
        Files.write(file, Arrays.copyOfRange(jar, jar.length / 2, jar.length), StandardOpenOption.APPEND);
        platform.await("slow is installed", () -> isActive("slow", "1.0.0"));
        assertEquals(1, timesInLog("slow.jar: "));
    }

    @Test
    void whenAJarIsDamaged_thenTheReasonIsToldOnceAndWhatRanRunsOn() throws Exception {
        byte[] good = BundleFiles.plain("parts", "1.0.0");
        platform.put("parts.jar", good);
        platform.await("parts runs", () -> isActive("parts", "1.0.0"));
        byte[] damaged = BundleFiles.plain("parts", "2.0.0");
        damaged[damaged.length / 2] ^= 8;
        platform.put("parts.jar", damaged);
        awaitLog("parts.jar: is not a whole jar");
        assertTrue(isActive("parts", "1.0.0"));
        platform.put("parts.jar", BundleFiles.plain("parts", "2.0.0"));
        platform.await("the new version runs", () -> isActive("parts", "2.0.0"));
        assertFalse(isActive("parts", "1.0.0"));
        assertEquals(1, timesInLog("parts.jar: "));
    }

    @Test
    void whenTheOrderIsWrong_thenBundlesWaitForEachOther() throws Exception {
        platform.put("a.jar", BundleFiles.importing("importer", "library.api"));
        awaitLog("a.jar: ");
        platform.put("later.sql", JOB.replace("CONNECTOR", "later"));
        awaitLog("later.sql:2:");
        platform.put("z.jar", BundleFiles.exporting("library", "library.api"));
        platform.await("both run", () -> isActive("importer", "1.0.0") && isActive("library", "1.0.0"));
        platform.put("later.jar", BundleFiles.copy("creek.connector.datagen", "later", "1.0.0", xml -> xml.replace("\"datagen\"", "\"later\"")
                .replace("\"blackhole\"", "\"nowhere\"")));
        awaitState("later", "RUNNING");
        assertEquals(1, timesInLog("a.jar: "));
        assertEquals(1, timesInLog("later.sql:"));
    }

    @Test
    void whenTwoFilesHaveTwoVersions_thenBothAreThere() throws Exception {
        platform.put("one.jar", BundleFiles.plain("versions", "1.0.0"));
        platform.put("two.jar", BundleFiles.plain("versions", "2.0.0"));
        platform.await("both run", () -> isActive("versions", "1.0.0") && isActive("versions", "2.0.0"));
        platform.put("three.jar", BundleFiles.plain("versions", "1.0.0"));
        awaitLog("three.jar: the same bundle in the same version is installed already");
        Files.delete(platform.deploy().resolve("one.jar"));
        platform.await("the third takes its place", () -> platform.console("lb -l").contains("three.jar") && isActive("versions", "1.0.0"));
        assertTrue(isActive("versions", "2.0.0"));
    }

    @Test
    void whenAFileIsRenamed_thenItsBundleStays() throws Exception {
        platform.put("one.jar", BundleFiles.plain("renamed", "1.0.0"));
        String named = "SET 'pipeline.name' = 'named';\n" + JOB.replace("CONNECTOR", "datagen");
        platform.put("one.sql", named);
        awaitState("named", "RUNNING");
        platform.await("it runs", () -> isActive("renamed", "1.0.0"));
        String before = platform.console("lb -s");
        for (String kind : new String[] {".jar", ".sql"}) {
            Files.move(platform.deploy().resolve("one" + kind), platform.deploy().resolve("two" + kind));
            awaitLog("two" + kind + " now");
        }
        platform.put("one.jar", BundleFiles.plain("another", "1.0.0"));
        platform.await("the old name is free", () -> isActive("another", "1.0.0"));
        platform.put("two.jar", BundleFiles.plain("renamed", "1.0.1"));
        platform.await("an update is of the same bundle", () -> isActive("renamed", "1.0.1"));
        assertFalse(isActive("renamed", "1.0.0"));
        assertEquals(1, timesInLog("job named is OPENING"));
        assertTrue(before.contains(" " + bundleId("renamed") + "|"), before);
        Files.delete(platform.deploy().resolve("two.jar"));
        Files.delete(platform.deploy().resolve("two.sql"));
        platform.await("both are gone", () -> bundles("renamed") == 0 && !platform.console("jobs").contains("named"));
        assertTrue(isActive("another", "1.0.0"));
    }

    @Test
    void whenABundleHangsAsItStarts_thenThatIsToldAndOthersGoOn() throws Exception {
        platform.put("a-hangs.jar", BundleFiles.hanging("hangs", directory.resolve("hanging")));
        platform.await("it hangs", () -> platform.console("lb -s").contains("hangs"));
        platform.put("other.jar", BundleFiles.plain("other", "1.0.0"));
        awaitLog("a-hangs.jar is not done with after");
        assertTrue(platform.log().contains("at Hanging.start"), platform.log());
        platform.await("another starts", () -> isActive("other", "1.0.0"));
        platform.put("a-hangs.jar", BundleFiles.plain("hangs", "2.0.0"));
        platform.kill();
        platform.start();
        platform.await("what has come in its place starts", () -> isActive("hangs", "2.0.0"));
    }

    @Test
    void whenABundleThatHangsIsLeftThere_thenThePlatformStartsWithoutIt() throws Exception {
        byte[] hanging = BundleFiles.hanging("hangs", directory.resolve("hanging"));
        platform.put("a-hangs.jar", hanging);
        platform.put("other.jar", BundleFiles.plain("other", "1.0.0"));
        awaitLog("a-hangs.jar is not done with after");
        platform.await("another starts", () -> isActive("other", "1.0.0"));
        platform.kill();
        for (int i = 0; i < 2; i++) {
            platform.start();
            awaitLog("a-hangs.jar was not done with when the platform was ended");
            awaitLog("a-hangs.jar is not done with after");
            assertTrue(isActive("other", "1.0.0"));
            platform.kill();
        }
        platform.put("a-hangs.jar", BundleFiles.plain("hangs", "2.0.0"));
        platform.start();
        platform.await("what has come in its place starts", () -> isActive("hangs", "2.0.0"));
    }

    @Test
    void whenTheEngineIsAnother_thenScriptsAreCompiledAgain() throws Exception {
        platform.put("counts.sql", JOB.replace("CONNECTOR", "datagen"));
        awaitState("counts", "RUNNING");
        platform.console("update creek.sql");
        platform.await("it is compiled again", () -> timesInLog("counts.sql is bundle") == 2);
        awaitState("counts", "RUNNING");
    }

    @Test
    void whenFilesChangeWhileThePlatformIsDown_thenThatIsSettledAtItsStart() throws Exception {
        String job = JOB.replace("CONNECTOR", "datagen");
        for (String name : new String[] {"stays", "changes", "goes"}) {
            platform.put(name + ".jar", BundleFiles.plain(name, "1.0.0"));
            platform.put(name + "-job.sql", job);
        }
        for (String name : new String[] {"stays", "changes", "goes"}) {
            awaitState(name + "-job", "RUNNING");
            platform.await(name, () -> isActive(name, "1.0.0"));
        }
        platform.console("uninstall stays");
        platform.stop();
        platform.put("changes.jar", BundleFiles.plain("changes", "2.0.0"));
        platform.put("changes-job.sql", job.replace("COUNT(*) FROM input", "COUNT(*) FROM input WHERE n > 5"));
        platform.put("comes.jar", BundleFiles.plain("comes", "1.0.0"));
        Files.delete(platform.deploy().resolve("goes.jar"));
        Files.delete(platform.deploy().resolve("goes-job.sql"));
        platform.start();

        assertTrue(isActive("changes", "2.0.0"), platform.console("lb -s"));
        assertTrue(isActive("comes", "1.0.0"), platform.console("lb -s"));
        assertFalse(platform.console("lb -s").contains("goes"), platform.console("lb -s"));
        assertFalse(platform.console("lb -s").contains("stays|"), "what somebody has uninstalled does not come back");
        awaitState("stays-job", "RUNNING");
        platform.await("the changed job", () -> platform.console("job changes-job").contains("> 5"));
        awaitState("changes-job", "RUNNING");
        assertTrue(platform.console("job changes-job").contains("the job went on from number"), platform.console("job changes-job"));
        assertEquals(1, timesInLog("job stays-job is OPENING"));
        assertEquals(1, timesInLog("job changes-job is OPENING"));
        assertEquals(0, timesInLog("stays-job.sql is bundle"));
    }

    @Test
    void whenThePlatformIsKilledWhileFilesChange_thenTheFolderCountsInTheEnd() throws Exception {
        for (int round = 1; round <= 3; round++) {
            String version = round + ".0.0";
            for (int file = 0; file < 6; file++) {
                platform.put("killed-" + file + ".jar", BundleFiles.plain("killed-" + file, version));
                Thread.sleep(40L * round * file); // the kill comes at another moment of each round
            }
            Files.delete(platform.deploy().resolve("killed-" + round + ".jar"));
            platform.kill();
            platform.start();
            int gone = round;
            platform.await("what is in the folder", () -> {
                boolean good = true;
                for (int file = 0; file < 6; file++) {
                    good &= isActive("killed-" + file, version) != (file == gone);
                }
                return good && bundles("killed-") == 5;
            });
        }
    }

    private void awaitState(String job, String state) throws Exception {
        platform.await(job + " is " + state, () -> platform.console("jobs").matches("(?s).*\\b" + job + " +" + state + ".*"));
    }

    private void awaitLog(String text) throws Exception {
        platform.await("the log says " + text, () -> platform.log().contains(text));
    }

    private int timesInLog(String text) throws IOException {
        return platform.log().split(Pattern.quote(text), -1).length - 1;
    }

    private boolean isActive(String name, String version) throws IOException {
        return Pattern.compile("Active +\\| +[0-9]+\\|" + name + " \\(" + version + "\\)").matcher(platform.console("lb -s")).find();
    }

    private String bundleId(String name) throws IOException {
        Matcher found = Pattern.compile(" ([0-9]+)\\|[^|]*\\|[^|]*\\|" + name + " ").matcher(platform.console("lb -s"));
        return found.find() ? found.group(1) : "none";
    }

    private int bundles(String prefix) throws IOException {
        Matcher found = Pattern.compile("\\|" + prefix).matcher(platform.console("lb -s"));
        int count = 0;
        while (found.find()) {
            count++;
        }
        return count;
    }
}
