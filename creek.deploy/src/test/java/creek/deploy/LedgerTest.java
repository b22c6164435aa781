package creek.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String A = "file:///deploy/a.jar";
    private static final String B = "file:///deploy/b%20%23.jar";

    @TempDir
    private Path folder;
    private Ledger ledger;

    @BeforeEach
    void make() {
        ledger = new Ledger(folder.resolve("deployed"));
    }

    @Test
    void whatWasNotedIsThereAfterARestart() throws IOException {
        ledger.read();
        ledger.put(A, "1");
        ledger.put(A, "2");
        ledger.put(B, "1@0.1.0/17,0.1.0/18");
        ledger.put("file:///deploy/c.jar", "3");
        ledger.remove("file:///deploy/c.jar");
        Ledger later = reread();
        assertEquals(Set.of(A, B), later.files());
        assertTrue(later.has(A, "2") && later.has(B, "1@0.1.0/17,0.1.0/18"));
        assertFalse(later.has(A, "1"));
        assertEquals(List.of(A), later.filesWith("2"));
    }

    @Test
    void whatWasBegunAndDidNotEndIsKnownAfterARestart() throws IOException {
        ledger.begin(A);
        ledger.put(A, "1");
        ledger.begin(B);
        ledger.put(B, "2");
        ledger.end(B);
        assertTrue(reread().isBegun(A));
        assertFalse(reread().isBegun(B));
        assertTrue(reread().has(A, "1") && reread().has(B, "2"));
        ledger.end(A);
        assertFalse(reread().isBegun(A));
    }

    @Test
    void whatCouldNotBeInstalledIsForgotten() throws IOException {
        ledger.begin(A);
        assertEquals(A, ledger.bundle(A));
        ledger.end(A);
        assertEquals(Set.of(), reread().files());
    }

    @Test
    void aFileWithAnotherNameKeepsItsBundleAndItsOldNameIsFreeForAnother() throws IOException {
        ledger.put(A, "1");
        ledger.move(A, B);
        Ledger later = reread();
        assertEquals(Set.of(B), later.files());
        assertEquals(A, later.bundle(B));
        later.put(B, "2");
        assertEquals(A, later.bundle(B), "an update is of the same bundle");
        String other = later.bundle(A);
        assertFalse(other.equals(A), "that is the bundle of the renamed file");
        later.put(A, "3");
        assertEquals(other, reread().bundle(A));
        later.remove(B);
        assertEquals(other, later.bundle(A), "a bundle's location stays what it is");
    }

    @Test
    void aDamagedFileIsTold() throws IOException {
        Files.writeString(folder.resolve("deployed"), "a=\\u12");
        assertThrows(IOException.class, ledger::read);
    }

    private Ledger reread() throws IOException {
        Ledger later = new Ledger(folder.resolve("deployed"));
        later.read();
        return later;
    }
}
