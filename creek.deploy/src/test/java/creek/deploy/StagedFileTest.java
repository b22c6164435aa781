package creek.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {
    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeft() throws IOException {
        Path staged = folder.resolve("staged");
        if (Files.exists(staged)) {
            try (Stream<Path> files = Files.list(staged)) {
                assertEquals(0, files.count());
            }
        }
    }

    @Test
    void whatWasStagedStaysWhateverBecomesOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a.sql"), "SELECT 1");
        try (StagedFile staged = stage(file)) {
            Files.writeString(file, "SELECT 2");
            assertEquals("SELECT 1", staged.text());
            try (StagedFile other = stage(file)) {
                assertFalse(other.digest().equals(staged.digest()));
            }
            Files.writeString(file, "SELECT 1");
            try (StagedFile same = stage(file)) {
                assertEquals(staged.digest(), same.digest());
            }
        }
    }

    @Test
    void eachCutAndEachFlippedByteOfAnEntryIsNoticed() throws Exception {
        byte[] jar = bundle("name");
        try (StagedFile staged = stage(Files.write(folder.resolve("whole.jar"), jar))) {
            staged.checkBundle();
        }
        for (int length = 0; length < jar.length; length += 7) {
            assertTrue(problem(Arrays.copyOf(jar, length)).isMaybeNotWhole(), "cut to " + length);
        }
        byte[] flipped = jar.clone();
        flipped[jar.length / 2] ^= 8;
        assertTrue(problem(flipped).isMaybeNotWhole());
    }

    @Test
    void aJarThatIsNoBundleIsNoneHoweverLongOneWaits() throws Exception {
        DeployException problem = problem(bundle(null));
        assertFalse(problem.isMaybeNotWhole());
        assertTrue(problem.getMessage().contains("Bundle-SymbolicName"), problem.getMessage());
    }

    @Test
    void aScriptMustBeText() throws Exception {
        try (StagedFile staged = stage(Files.write(folder.resolve("a.sql"), new byte[] {'-', '-', (byte) 0xC3}))) {
            assertTrue(assertThrows(DeployException.class, staged::text).isMaybeNotWhole(), "it may end in the middle of a character for now");
        }
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        String message = assertThrows(DeployException.class, () -> stage(folder.resolve("none.jar"))).getMessage();
        assertEquals(folder.resolve("none.jar") + ": there is no such file", message);
    }

    private StagedFile stage(Path file) throws DeployException {
        return StagedFile.of(file, folder.resolve("staged"));
    }

    private DeployException problem(byte[] jar) throws Exception {
        try (StagedFile staged = stage(Files.write(folder.resolve("bad.jar"), jar))) {
            return assertThrows(DeployException.class, staged::checkBundle);
        }
    }

    private static byte[] bundle(String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        if (name != null) {
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.setLevel(0);
            jar.putNextEntry(new JarEntry("content"));
            jar.write("content ".repeat(200).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
