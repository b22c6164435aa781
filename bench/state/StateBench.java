import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import creek.state.xodus.XodusBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a state backend costs: filling a store, reading it, checkpoints that change a part of it, what that writes to the disk and leaves there, and
 * opening it again. Keys have 11 bytes (table, key group, a number), values 30.
 *
 * <p>Options: {@code --keys N}, {@code --fill N} (keys a checkpoint while filling), {@code --dirty N} (keys a checkpoint afterwards),
 * {@code --checkpoints N}, {@code --gets N}, {@code --folder DIR}, {@code --set KEY=VALUE,...} (options of the backend).
 */
public final class StateBench {
    private static final int VALUE = 30;
    private final Map<String, String> arguments = new HashMap<>();
    private final ByteBuffer key = ByteBuffer.allocate(11);

    public static void main(String[] args) throws Exception {
        new StateBench().run(args);
    }

    private void run(String[] args) throws Exception {
        for (int i = 0; i + 1 < args.length; i += 2) {
            arguments.put(args[i].substring(2), args[i + 1]);
        }
        int keys = number("keys", 1_000_000);
        Map<String, String> options = new HashMap<>();
        for (String option : arguments.getOrDefault("set", "").split(",")) {
            if (!option.isEmpty()) {
                options.put(option.split("=")[0], option.split("=")[1]);
            }
        }
        Path folder = arguments.containsKey("folder") ? Path.of(arguments.get("folder")) : Files.createTempDirectory("creek-state");
        StateBackend backend = new XodusBackend();
        try {
            try (StateStore store = backend.open(folder, Options.of(options))) {
                fill(store, keys, number("fill", 100_000));
                gets(store, keys, number("gets", 200_000));
                update(store, keys, number("dirty", 1000), number("checkpoints", 300));
                gets(store, keys, number("gets", 200_000));
            }
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                try (StateStore store = backend.open(folder, Options.of(options))) {
                    store.get(key(0));
                    System.out.printf(Locale.ROOT, "open and first get: %.0f ms%n", (System.nanoTime() - start) / 1e6);
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
            }
        }
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(arguments.getOrDefault(name, Integer.toString(otherwise)));
    }

    private void fill(StateStore store, int keys, int each) throws IOException {
        long start = System.nanoTime();
        long cpu = cpu();
        long number = 0;
        // A step that has no factor in common with the number of keys visits all of them in no order.
        long step = 0x9E3779B1L;
        for (int done = 0; done < keys; done += each) {
            StateStore.Checkpoint checkpoint = store.begin(++number);
            for (int i = done; i < Math.min(done + each, keys); i++) {
                checkpoint.put(key(i * step % keys), value(number));
            }
            checkpoint.complete();
        }
        System.out.printf(Locale.ROOT, "fill %,d keys, %,d a checkpoint: %.0f ns a key, CPU %.0f ns; written %.0f bytes a key, on disk %.0f bytes a key%n",
                keys, each, (System.nanoTime() - start) / (double) keys, (cpu() - cpu) / (double) keys, store.bytesWritten() / (double) keys,
                store.bytesStored() / (double) keys);
    }

    private void gets(StateStore store, int keys, int count) throws IOException {
        for (int round = 0; round < 2; round++) {
            for (int miss = 0; miss < 2; miss++) {
                SplittableRandom random = new SplittableRandom(round);
                long start = System.nanoTime();
                long cpu = cpu();
                int found = 0;
                for (int i = 0; i < count; i++) {
                    long at = random.nextLong(keys);
                    found += store.get(key(miss == 1 ? at + keys : at)) == null ? 0 : 1;
                }
                if (found != (miss == 1 ? 0 : count)) {
                    throw new IllegalStateException("found " + found);
                }
                if (round == 1) {
                    System.out.printf(Locale.ROOT, "get %s: %.0f ns, CPU %.0f ns%n", miss == 1 ? "miss" : "hit", (System.nanoTime() - start) / (double) count, (cpu() - cpu) / (double) count);
                }
            }
        }
    }

    private void update(StateStore store, int keys, int dirty, int checkpoints) throws IOException {
        Random random = new Random(7);
        long written = store.bytesWritten();
        long start = System.nanoTime();
        long cpu = cpu();
        long most = 0;
        for (int i = 0; i < checkpoints; i++) {
            long number = store.lastCheckpoint() + 1;
            StateStore.Checkpoint checkpoint = store.begin(number);
            for (int k = 0; k < dirty; k++) {
                checkpoint.put(key(random.nextInt(keys)), value(number));
            }
            checkpoint.complete();
            most = Math.max(most, store.bytesStored());
        }
        double live = keys * (key.capacity() + (double) VALUE);
        System.out.printf(Locale.ROOT, "%,d checkpoints of %,d keys: %.2f ms each, CPU %.2f ms; written %.0f bytes a key; on disk %.2f times the live"
                + " data, at most %.2f%n", checkpoints, dirty, (System.nanoTime() - start) / 1e6 / checkpoints, (cpu() - cpu) / 1e6 / checkpoints,
                (store.bytesWritten() - written) / (double) checkpoints / dirty, store.bytesStored() / live, most / live);
    }

    private byte[] key(long number) {
        key.clear();
        key.putShort((short) 1).put((byte) (Long.hashCode(number * 0x9E3779B97F4A7C15L) & 127)).putLong(number);
        return key.array().clone();
    }

    private static byte[] value(long checkpoint) {
        return ByteBuffer.allocate(VALUE).putLong(checkpoint).array();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
