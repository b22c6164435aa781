package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in memory, where it may be mounted. */
class FullDiskTest {
    @TempDir Path folder;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=3m", "none", directory.toString()), "no disk may be mounted here");
        disk = directory;
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            assertTrue(run("umount", disk.toString()));
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void when_theDiskIsFullAtAnyMoment_then_theLastCheckpointStaysAndLaterOnesWorkWhenThereIsRoom() throws Exception {
        Random random = new Random(2);
        Model model = new Model(random);
        Path path = disk.resolve("store");
        Path filler = disk.resolve("filler");
        StateStore store = Folders.open(path);
        model.complete(store, 2000);
        int failures = 0;
        for (int round = 0; round < 12; round++) {
            long room = Files.getFileStore(disk).getUsableSpace();
            Files.write(filler, new byte[(int) Math.max(0, room - random.nextInt(60_000))]);
            try {
                model.complete(store, 100 + random.nextInt(4000));
            } catch (IOException e) {
                failures++;
                assertTrue(e.getMessage().contains("can't write the state to " + path), e.getMessage());
            }
            model.check(store);
            if (round % 3 == 0) {
                store.close();
                Files.delete(filler);
                store = Folders.open(path);
                model.check(store);
            } else {
                Files.delete(filler);
            }
            model.complete(store, 500);
            model.check(store);
        }
        store.close();
        assertTrue(failures >= 6, failures + " of 12 found the disk full");
    }
}
