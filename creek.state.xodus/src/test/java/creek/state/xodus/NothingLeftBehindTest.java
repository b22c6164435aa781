package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After many checkpoints, views, failures and openings there are no more threads and file handles than before, and files only for what is kept. */
class NothingLeftBehindTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    @Test
    void when_aStoreIsOpenedAgainAndAgain_then_nothingAddsUp() throws Exception {
        assumeTrue(Files.isDirectory(HANDLES), "file handles can be counted on Linux only");
        Model model = new Model(new Random(13));
        use(model);
        long handles = count(HANDLES);
        long most = 0;
        for (int i = 0; i < 5; i++) {
            use(model);
            most = Math.max(most, count(folder.resolve("store")));
        }
        // what is about to end may do so
        for (int wait = 0; wait < 1200 && (count(HANDLES) > handles || threads() > 0); wait++) {
            Thread.sleep(50);
        }
        assertTrue(count(HANDLES) <= handles, () -> "there are more file handles than " + handles);
        // twenty thousand entries at most of some 100 bytes, in files of 256 KB
        assertTrue(most < 40, most + " files");
        assertEquals(0, threads());
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains("odus")).count();
    }

    private void use(Model model) throws IOException {
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            for (int i = 0; i < 6; i++) {
                model.complete(store, 400);
                StateStore.Checkpoint vain = store.begin(model.number() + 1);
                model.changeInVain(vain, 400);
                vain.abort();
                try (StateStore.View view = store.view()) {
                    view.scan((key, value) -> false);
                    model.complete(store, 100);
                }
            }
            model.check(store);
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
