package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.internal.snapshot.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FinishedJobTest {
    @TempDir
    Path folder;

    @Test
    void when_aJobHasFinished_then_thatIsNotedForItsVersionAlone() throws IOException {
        assertFalse(new FinishedJob(folder, "1").isNoted());
        new FinishedJob(folder, "1").note();
        assertTrue(new FinishedJob(folder, "1").isNoted());
        assertFalse(new FinishedJob(folder, "2").isNoted());
        assertFalse(new FinishedJob(folder, "1.0").isNoted());
    }

    @Test
    void when_aJobHasNotFinished_then_nothingOfItIsRemoved() throws IOException {
        Files.createFile(folder.resolve("current-a"));
        new FinishedJob(folder, "1").clear();
        assertEquals(List.of("current-a"), files());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void when_aFinishedJobBeginsAgain_then_whatItLeftIsRemoved_andNothingThatALinkLeadsTo() throws IOException {
        Path real = Files.createDirectories(folder.resolve("disk/job"));
        Path job = Files.createSymbolicLink(folder.resolve("job"), real);
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.createFile(other.resolve("kept"));
        Files.createSymbolicLink(Files.createDirectories(job.resolve("tables")).resolve("t"), other);
        Files.createFile(Files.createDirectories(job.resolve("store-heap-1")).resolve("manifest-a"));
        FinishedJob finished = new FinishedJob(job, "1");
        finished.note();
        try (FolderLock lock = FolderLock.of(job)) {
            assertThrows(IOException.class, finished::clear, "somebody else runs it");
            assertTrue(Files.exists(job.resolve("store-heap-1")));
        }
        finished.clear();
        try (Stream<Path> left = Files.list(real)) {
            assertEquals(List.of("lock"), left.map(each -> each.getFileName().toString()).toList());
        }
        assertTrue(Files.exists(other.resolve("kept")));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }
}
