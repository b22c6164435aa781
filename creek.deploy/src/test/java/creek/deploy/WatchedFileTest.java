package creek.deploy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.deploy.WatchedFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    private Path folder;
    private long now = -1_000_000_000;

    @Test
    void aFileIsReadyOnceItHasBeenTheSameForAWhile() throws IOException {
        WatchedFile file = watch("a.sql", "SELECT");
        later(400);
        file.look(now);
        assertFalse(file.isReady(now));
        Files.writeString(file.path(), "SELECT 1");
        file.look(now);
        later(400);
        file.look(now);
        assertFalse(file.isReady(now), "it has changed since");
        later(200);
        file.look(now);
        assertTrue(file.isReady(now));
        file.done();
        assertFalse(file.isReady(now) || file.isPending());
        file.retry();
        assertTrue(file.isReady(now));
    }

    @Test
    void aFileThatMakesRoomForAnotherHasNotGone() throws IOException {
        WatchedFile file = watch("a.jar", "one");
        later(1000);
        file.done();
        Files.delete(file.path());
        file.look(now);
        later(300);
        file.look(now);
        assertFalse(file.isGone(now));
        Files.writeString(file.path(), "other");
        file.look(now);
        later(1000);
        file.look(now);
        assertFalse(file.isGone(now));
        assertTrue(file.isReady(now));
        Files.delete(file.path());
        file.look(now);
        later(1000);
        file.look(now);
        assertTrue(file.isGone(now));
        file.done();
        assertTrue(file.isForgotten());
    }

    @Test
    void aProblemIsNewsOnceForEachContent() throws IOException {
        WatchedFile file = watch("a.sql", "SELECT");
        assertTrue(file.problem("wrong"));
        assertFalse(file.problem("wrong"), "it was tried again and is as wrong as before");
        assertTrue(file.problem("wrong otherwise"));
        Files.writeString(file.path(), "SELECT 1");
        file.look(now);
        assertTrue(file.problem("wrong otherwise"));
        assertFalse(file.problem(null));
        assertFalse(file.hasProblem());
    }

    @Test
    void whatChangesWhileItIsDealtWithIsNotWhatWasDealtWith() throws IOException {
        WatchedFile file = watch("a.jar", "one");
        file.work(CompletableFuture.completedFuture(Outcome.GOOD));
        assertTrue(file.isBusy() && file.isAsWorkedOn());
        Files.writeString(file.path(), "another");
        file.look(now);
        assertFalse(file.isAsWorkedOn());
    }

    private WatchedFile watch(String name, String content) throws IOException {
        WatchedFile file = new WatchedFile(Files.writeString(folder.resolve(name), content));
        file.look(now);
        return file;
    }

    private void later(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
