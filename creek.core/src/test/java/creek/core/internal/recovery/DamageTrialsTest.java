package creek.core.internal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage of all kinds at random places of a job's folder leads to the state of the last checkpoint or to a refusal; where going back is allowed, to the
 * whole state of some checkpoint. For a thorough run {@code -Dcreek.damage.trials=1000}.
 */
class DamageTrialsTest {
    private static final int TRIALS = Integer.getInteger("creek.damage.trials", 60);
    private static final int CHECKPOINTS = 5;

    private final Logger log = Logger.getLogger("creek.core.state");

    @TempDir
    Path folder;

    @BeforeEach
    void silenceLog() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void restoreLog() {
        log.setLevel(null);
    }

    @Test
    void when_aJobsFolderIsDamaged_then_noStateIsEverWrongOrUnnoticedOlder() throws IOException {
        int refused = 0;
        for (String backend : List.of("heap", "entries")) {
            Path good = folder.resolve(backend);
            for (int i = 1; i <= CHECKPOINTS; i++) {
                complete(good, backend, i);
            }
            for (int i = 0; i < TRIALS / 2; i++) {
                Path bad = folder.resolve("bad");
                copy(good, bad);
                String what = damage(bad, new Random(i));
                try {
                    assertEquals(state(CHECKPOINTS), read(bad, backend, "refuse"), what);
                } catch (DamagedStateException e) {
                    refused++;
                    checkGoingBack(bad, backend, what);
                }
                delete(bad);
            }
        }
        assertTrue(refused > TRIALS / 4, refused + " refusals");
    }

    private static void checkGoingBack(Path bad, String backend, String what) throws IOException {
        Map<String, String> found;
        try {
            found = read(bad, backend, "fall-back");
        } catch (DamagedStateException e) {
            return;
        }
        boolean isWhole = false;
        for (int i = 1; i <= CHECKPOINTS; i++) {
            isWhole |= state(i).equals(found);
        }
        assertTrue(isWhole, what);
        assertEquals(found, read(bad, backend, "refuse"), what);
    }

    private static JobStore open(Path job, String backend, String onCorruption) throws IOException {
        return new StateRecovery("job", job, null, new TestBackends(),
                new StateSettings(Map.of("state.backend.type", backend, "state.on-corruption", onCorruption)), Clock.systemUTC()).open(null);
    }

    private static Map<String, String> read(Path job, String backend, String onCorruption) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (JobStore store = open(job, backend, onCorruption)) {
            store.store().scan(new byte[0], (key, value) -> entries.put(text(key), text(value)) == null);
        }
        return entries;
    }

    private static void complete(Path job, String backend, int number) throws IOException {
        try (JobStore store = open(job, backend, "refuse")) {
            StateStore.Checkpoint checkpoint = store.store().begin(number);
            for (Map.Entry<String, String> entry : state(number).entrySet()) {
                checkpoint.put(HexFormat.of().parseHex(entry.getKey()), HexFormat.of().parseHex(entry.getValue()));
            }
            checkpoint.complete();
            store.checkpointCompleted();
        }
    }

    /** What a checkpoint has: some 40 kB that do not compress well. */
    private static Map<String, String> state(int checkpoint) {
        Random random = new Random(checkpoint);
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            byte[] value = new byte[100];
            random.nextBytes(value);
            entries.put(text(new byte[] {0, 1, (byte) (i >> 3), (byte) i}), text(value));
        }
        return entries;
    }

    private static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String damage(Path job, Random random) throws IOException {
        List<Path> files = files(job).stream().filter(file -> !file.endsWith("lock")).toList();
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        String kind = List.of("bit", "cut", "zeros", "deleted", "all of its folder deleted").get(random.nextInt(5));
        switch (kind) {
            case "bit" -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case "cut" -> bytes = Arrays.copyOf(bytes, at);
            case "zeros" -> Arrays.fill(bytes, at & ~511, Math.min(bytes.length, (at & ~511) + 512), (byte) 0);
            default -> {
                // below
            }
        }
        if (kind.equals("deleted")) {
            Files.delete(file);
        } else if (kind.startsWith("all")) {
            for (Path each : files) {
                if (each.getParent().equals(file.getParent())) {
                    Files.delete(each);
                }
            }
        } else {
            Files.write(file, bytes);
        }
        return file + " " + kind + " at " + at;
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.walk(in)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
