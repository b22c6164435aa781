package creek.core.internal.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntrySorterTest {
    private static final SnapshotHeader HEADER = SnapshotHeader.of(SnapshotKind.CHECKPOINT, "job", 1, 2, false);

    @TempDir
    Path folder;

    private final AtomicLong written = new AtomicLong();

    @Test
    void when_entriesComeInAnyOrder_then_theLastOfEachKeyIsThereInOrder() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
            try (EntrySorter sorter = sorter()) {
                int changes = random.nextInt(5000);
                for (int i = 0; i < changes; i++) {
                    byte[] key = {(byte) (i * seed / 5000), (byte) random.nextInt(40), (byte) random.nextInt(40)};
                    if (random.nextInt(5) == 0) {
                        sorter.remove(key);
                        model.remove(key);
                    } else {
                        byte[] value = new byte[random.nextInt(30)];
                        random.nextBytes(value);
                        sorter.put(key, value);
                        model.put(key, value);
                    }
                }
                sorter.complete();
            }
            try (SnapshotReader reader = new SnapshotReader(folder.resolve("s"))) {
                for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
                    assertTrue(reader.next());
                    assertArrayEquals(entry.getKey(), reader.key());
                    assertArrayEquals(entry.getValue(), reader.value());
                }
                assertFalse(reader.next());
            }
            checkOnlySnapshot();
        }
    }

    @Test
    void when_entriesComeInOrder_then_theyAreWrittenOnce() throws IOException {
        try (EntrySorter sorter = sorter()) {
            for (int i = 0; i < 20_000; i++) {
                sorter.put(new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i}, new byte[10]);
            }
            sorter.complete();
        }
        assertEquals(Files.size(folder.resolve("s")), written.get());
        checkOnlySnapshot();
    }

    @Test
    void when_itIsGivenUp_then_nothingIsLeft() throws IOException {
        try (EntrySorter sorter = sorter()) {
            for (int i = 20_000; i > 0; i--) {
                sorter.put(new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i}, new byte[10]);
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    private EntrySorter sorter() {
        return new EntrySorter(folder.resolve("s"), HEADER, 10_000, written::addAndGet);
    }

    private void checkOnlySnapshot() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
