package creek.state.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flipped bits, zeroed pages, shortened and deleted files anywhere in a store's folder: opening it says so, or what is read is right, and never an
 * older checkpoint. More trials with {@code -Dcreek.trials=1000}.
 */
class DamageTest {
    private static final int TRIALS = Integer.getInteger("creek.trials", 60);

    @TempDir Path folder;

    @Test
    void when_anythingInTheFolderIsDamaged_then_openingSaysSoOrAllIsRight() throws IOException {
        Random random = new Random(11);
        Model model = new Model(random);
        Path sound = folder.resolve("sound");
        try (StateStore store = Folders.open(sound)) {
            for (int i = 0; i < 12; i++) {
                model.complete(store, i % 4 == 0 ? 6000 : 300);
            }
        }
        assertTrue(Folders.files(sound).size() > 5, "several files of a log");
        int refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Path copy = Folders.copy(sound, folder.resolve("copy"));
            String damage = damage(copy, random);
            Map<Path, byte[]> before = contents(copy);
            try (StateStore store = Folders.open(copy)) {
                model.check(store);
            } catch (DamagedStateException e) {
                refused++;
                assertTrue(e.getMessage().contains(copy.toString()), e.getMessage());
                assertUnchanged(before, copy, damage);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("trial " + trial + ": " + damage, e);
            }
            Folders.delete(copy);
        }
        assertTrue(refused > TRIALS / 2, refused + " of " + TRIALS + " were refused");
    }

    private static String damage(Path copy, Random random) throws IOException {
        List<Path> files = Folders.files(copy);
        Path file = files.get(random.nextInt(files.size()));
        long size = Files.size(file);
        long place = (long) (random.nextDouble() * size);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    out.seek(place);
                    int old = out.read();
                    out.seek(place);
                    out.write(old ^ 1 << random.nextInt(8));
                    return "a bit flipped at " + place + " of " + file;
                }
                case 1 -> {
                    out.setLength(place);
                    return file + " cut to " + place;
                }
                case 2 -> {
                    out.seek(place / 4096 * 4096);
                    out.write(new byte[(int) Math.min(4096, size - place / 4096 * 4096)]);
                    return "a page zeroed at " + place + " of " + file;
                }
                default -> {
                    Files.delete(file);
                    return file + " deleted";
                }
            }
        }
    }

    private static Map<Path, byte[]> contents(Path folder) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        for (Path file : Folders.files(folder)) {
            contents.put(file, Files.readAllBytes(file));
        }
        return contents;
    }

    private static void assertUnchanged(Map<Path, byte[]> before, Path folder, String damage) throws IOException {
        Map<Path, byte[]> after = contents(folder);
        assertEquals(before.keySet(), after.keySet(), damage);
        before.forEach((file, bytes) -> assertTrue(Arrays.equals(bytes, after.get(file)), () -> file + " was changed after " + damage));
    }

    @Test
    void when_aPageIsDamagedWhileTheStoreIsOpen_then_readingItSaysSo() throws IOException {
        Random random = new Random(5);
        Model model = new Model(random);
        Path store = folder.resolve("store");
        try (StateStore open = Folders.open(store)) {
            for (int i = 0; i < 4; i++) {
                model.complete(open, 6000);
            }
            for (Path file : Folders.files(store)) {
                if (file.toString().endsWith(".xd")) {
                    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                        for (long at = 100; at < out.length(); at += 4096) {
                            out.seek(at);
                            int old = out.read();
                            out.seek(at);
                            out.write(old ^ 4);
                        }
                    }
                }
            }
            boolean noticed = false;
            try {
                model.check(open);
            } catch (DamagedStateException e) {
                noticed = true;
            }
            assertTrue(noticed, "the cache is smaller than what was read");
        }
    }
}
