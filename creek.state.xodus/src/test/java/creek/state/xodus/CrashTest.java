package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.option.Options;
import creek.core.state.StateStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that end in the middle of something. */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("creek.trials", 60);

    @TempDir Path folder;

    @Test
    void when_aStoreIsLeftAtAnyMoment_then_theLastCompleteCheckpointIsThere() throws IOException {
        Random random = new Random(3);
        Model model = new Model(random);
        Path current = folder.resolve("0");
        StateStore store = Folders.open(current);
        for (int round = 1; round <= ROUNDS; round++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    StateStore.Checkpoint checkpoint = store.begin(model.number() + 1);
                    model.changeInVain(checkpoint, random.nextInt(5000));
                    checkpoint.abort();
                    model.check(store);
                }
                case 1 -> {
                    StateStore.Checkpoint checkpoint = store.begin(model.number() + 1);
                    model.changeInVain(checkpoint, random.nextInt(5000));
                    // What a crash leaves is a copy of the files as they are now.
                    current = Folders.copy(current, folder.resolve(Integer.toString(round)));
                    store.close();
                    store = Folders.open(current);
                    model.check(store);
                }
                case 2 -> {
                    store.close();
                    store = Folders.open(current);
                    model.check(store);
                }
                default -> {
                    for (int i = random.nextInt(8); i >= 0; i--) {
                        model.complete(store, random.nextInt(3) == 0 ? 3000 : 200);
                    }
                    model.check(store);
                }
            }
        }
        store.close();
    }

    @Test
    void when_theCrashIsBetweenTheManifests_then_theFirstOneCounts() throws IOException {
        Model model = new Model(new Random(8));
        Path store = folder.resolve("store");
        byte[] second;
        try (StateStore open = Folders.open(store)) {
            model.complete(open, 500);
            second = Files.readAllBytes(store.resolve("checkpoint.b"));
            model.complete(open, 500);
        }
        Files.write(store.resolve("checkpoint.b"), second);
        try (StateStore open = Folders.open(store)) {
            model.check(open);
        }
        assertEquals(-1, Files.mismatch(store.resolve("checkpoint.a"), store.resolve("checkpoint.b")));
    }

    @Test
    void when_thereIsNoMoreRoom_then_theCheckpointFailsAndLaterOnesWorkAgain() throws IOException {
        Model model = new Model(new Random(9));
        Path path = folder.resolve("store");
        Map<String, String> options = new HashMap<>(Folders.SMALL);
        options.put("disk.limit", "1200kb");
        int failures = 0;
        try (StateStore store = new XodusBackend().open(path, Options.of(options))) {
            model.complete(store, 1000);
            for (int i = 0; i < 8; i++) {
                StateStore.Checkpoint checkpoint = store.begin(model.number() + 1);
                try {
                    for (int k = 0; k < 3000; k++) {
                        checkpoint.put(new byte[] {9, (byte) i, (byte) (k >> 8), (byte) k}, new byte[i % 2 == 0 ? 1000 : 1]);
                    }
                    if (i % 2 == 0) {
                        checkpoint.complete();
                    }
                } catch (IOException e) {
                    failures++;
                    assertTrue(e.getMessage().contains("disk.limit"), e.getMessage());
                }
                checkpoint.abort();
                model.check(store);
                model.complete(store, 20);
                model.check(store);
            }
        }
        assertEquals(4, failures);
        try (StateStore store = Folders.open(path)) {
            model.check(store);
            model.complete(store, 5000);
            model.check(store);
        }
    }

    @Test
    void when_checkpointsGoOnWhileAViewIsRead_then_itStaysAsItWas() throws IOException {
        Model model = new Model(new Random(11));
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            for (int i = 0; i < 40; i++) {
                model.complete(store, 300);
            }
            NavigableMap<String, String> before = content(store::scan);
            try (StateStore.View view = store.view()) {
                boolean[] changed = {false};
                NavigableMap<String, String> seen = content((prefix, visitor) -> view.scan((key, value) -> {
                    if (!changed[0]) {
                        changed[0] = true;
                        for (int i = 0; i < 40; i++) {
                            model.complete(store, 300);
                        }
                    }
                    return visitor.entry(key, value);
                }));
                assertEquals(before, seen);
                assertEquals(before, content((prefix, visitor) -> view.scan(visitor)));
            }
            model.check(store);
            assertNotEquals(before, content(store::scan));
            long viewed = store.bytesStored();
            for (int i = 0; i < 60; i++) {
                model.complete(store, 300);
            }
            model.check(store);
            assertTrue(store.bytesStored() <= viewed, "what the view needed was let go of");
        }
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            model.check(store);
        }
    }

    @Test
    void when_onlyTheFirstManifestCanBeWritten_then_theCheckpointIsTakenBack() throws Exception {
        Model model = new Model(new Random(12));
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            model.complete(store, 300);
            Field manifests = XodusStore.class.getDeclaredField("manifests");
            manifests.setAccessible(true);
            Field open = ManifestFiles.class.getDeclaredField("open");
            open.setAccessible(true);
            for (int i = 0; i < 3; i++) {
                ((RandomAccessFile[]) open.get(manifests.get(store)))[1].close();
                StateStore.Checkpoint checkpoint = store.begin(model.number() + 1);
                model.changeInVain(checkpoint, 200);
                assertThrows(IOException.class, checkpoint::complete);
                model.check(store);
                try (StateStore copy = Folders.open(Folders.copy(folder.resolve("store"), folder.resolve("copy" + i)))) {
                    model.check(copy);
                }
                model.complete(store, 100);
                model.check(store);
            }
        }
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            model.check(store);
        }
    }

    private interface Scanned {
        void scan(byte[] prefix, StateStore.Visitor visitor) throws IOException;
    }

    private static NavigableMap<String, String> content(Scanned scanned) throws IOException {
        NavigableMap<String, String> content = new TreeMap<>();
        scanned.scan(new byte[0], (key, value) -> {
            content.put(HexFormat.of().formatHex(key), HexFormat.of().formatHex(value));
            return true;
        });
        return content;
    }

    @Test
    void when_theSameFewKeysChangeForEver_then_theFilesStayBounded() throws IOException {
        long most = 0;
        try (StateStore store = new XodusBackend().open(folder.resolve("store"), Options.of(Map.of("file.size", "256kb")))) {
            for (int i = 1; i <= 600; i++) {
                StateStore.Checkpoint checkpoint = store.begin(i);
                for (int key = 0; key < 100; key++) {
                    checkpoint.put(new byte[] {(byte) key}, new byte[] {(byte) i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
                }
                checkpoint.complete();
                most = Math.max(most, store.bytesStored());
            }
            assertEquals((byte) 600, store.get(new byte[] {99})[0]);
        }
        assertTrue(most < 1_500_000, most + " bytes for less than four thousand");
    }

    @Test
    void when_checkpointsGoOn_then_theFilesStayBounded() throws IOException {
        Model model = new Model(new Random(10));
        long most = 0;
        try (StateStore store = Folders.open(folder.resolve("store"))) {
            for (int i = 0; i < 150; i++) {
                model.complete(store, 300);
                most = Math.max(most, store.bytesStored());
            }
            model.check(store);
            assertTrue(store.bytesWritten() > 2 * most, "enough was written for space to be reclaimed");
        }
        assertTrue(most < 5_000_000, most + " bytes for less than a million");
        assertThrows(IOException.class, () -> new XodusBackend().open(Files.createFile(folder.resolve("file")), Options.of(Map.of())));
    }
}
