package creek.core.internal.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinFileTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5};

    @TempDir
    Path folder;

    @Test
    void when_nothingWasWritten_then_thereIsNothing() throws IOException {
        assertNull(file().read());
        file().repair();
        assertNull(file().read());
    }

    @Test
    void when_aWriteIsTornAtAnyByte_then_theOldOrTheNewIsThere() throws IOException {
        file().write(OLD);
        byte[] oldBytes = Files.readAllBytes(folder.resolve("f-a"));
        file().write(NEW);
        byte[] newBytes = Files.readAllBytes(folder.resolve("f-a"));
        for (int torn = 0; torn < oldBytes.length; torn++) {
            byte[] mixed = oldBytes.clone();
            System.arraycopy(newBytes, 0, mixed, 0, Math.min(torn, newBytes.length));
            Files.write(folder.resolve("f-a"), mixed);
            Files.write(folder.resolve("f-b"), oldBytes);
            assertArrayEquals(OLD, file().read());
            Files.write(folder.resolve("f-a"), newBytes);
            Files.write(folder.resolve("f-b"), mixed);
            assertArrayEquals(NEW, file().read());
        }
    }

    @Test
    void when_onlyOneCopyHasTheNewest_then_aRepairMakesItSurviveTheLossOfThat() throws IOException {
        file().write(OLD);
        byte[] before = Files.readAllBytes(folder.resolve("f-b"));
        file().write(NEW);
        Files.write(folder.resolve("f-b"), before);
        file().repair();
        Files.delete(folder.resolve("f-a"));
        assertArrayEquals(NEW, file().read());
    }

    @Test
    void when_neitherCopyIsWhole_then_itIsDamaged() throws IOException {
        file().write(OLD);
        Files.delete(folder.resolve("f-a"));
        byte[] bytes = Files.readAllBytes(folder.resolve("f-b"));
        for (int i = 0; i < bytes.length; i++) {
            byte[] bad = bytes.clone();
            bad[i] ^= 1;
            Files.write(folder.resolve("f-b"), bad);
            assertThrows(DamagedStateException.class, () -> file().read());
            Files.write(folder.resolve("f-b"), Arrays.copyOf(bytes, i));
            assertThrows(DamagedStateException.class, () -> file().read());
        }
    }

    private TwinFile file() {
        return new TwinFile(folder, "f");
    }
}
