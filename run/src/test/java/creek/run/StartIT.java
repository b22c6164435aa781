package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code creek start} and the console of what it started. */
class StartIT {
    @TempDir
    Path directory;

    @Test
    void consoleReachesTheRunningPlatform() throws Exception {
        Creek platform = new Creek(Files.createDirectory(directory.resolve("platform")));
        Creek creek = new Creek(Files.createDirectory(directory.resolve("client")));
        Path data = directory.resolve("data");
        Files.createDirectories(data.resolve("deploy"));
        writeBundle(data.resolve("deploy/deployed.jar"));

        Process process = platform.start("start", "--data", data.toString());
        try {
            platform.awaitOutput("err", "the platform runs");
            Path socket = data.resolve("console.sock");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));

            Creek.Outcome bundles = creek.run("console", "--data", data.toString(), "lb", "-l");
            assertEquals(0, bundles.status(), bundles.err());
            assertTrue(bundles.out().contains("deploy/deployed.jar"), bundles.out());
            assertFalse(bundles.out().contains("Installed"), bundles.out());

            for (String command : new String[] {"stop", "update", "uninstall"}) {
                Creek.Outcome done = creek.run("console", "--data", data.toString(), command, "deployed");
                assertEquals(0, done.status(), command + ": " + done.out());
            }
            Creek.Outcome none = creek.run("console", "--data", data.toString(), "stop", "4711");
            assertEquals(1, none.status());

            Creek.Outcome unknown = creek.run("console", "--data", data.toString(), "no-such-command");
            assertEquals(1, unknown.status());
            assertTrue(unknown.out().contains("no-such-command"), unknown.out());

            Creek.Outcome second = creek.run("start", "--data", data.toString());
            assertEquals(1, second.status());
            assertEquals(1, second.err().lines().count(), second.err());
        } finally {
            process.destroy();
        }
        assertEquals(0, platform.finish(process).status());
        assertFalse(Files.exists(data.resolve("console.sock")));

        Creek.Outcome gone = creek.run("console", "--data", data.toString(), "lb");
        assertEquals(1, gone.status());
        assertTrue(gone.err().contains("creek start --data"), gone.err());
    }

    private static void writeBundle(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "deployed");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }
}
