package creek.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.run.LaunchConfiguration;
import creek.run.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state that a killed job left is damaged in one place, and the job started again: its output is right, or it is refused with words that name the
 * damage. A step back to an earlier checkpoint would show as rows that are there twice.
 */
class DamagedStateTest {
    private static final Path HOME = Path.of("../run/target/creek").toAbsolutePath().normalize();
    private static final int ROWS = 40_000;
    private static final int IMAGES = 4;
    private static final int REFUSED = 1;
    private static final int PAGE = 4096;
    /** From the first committed file. */
    private static final int LONGEST_LIFE_MILLIS = 60;

    @TempDir
    private Path folder;

    @Test
    void whenStateIsDamaged_thenTheOutputIsRightOrTheJobIsRefused() throws Exception {
        Random random = new Random(Long.getLong("recovery.seed", 1));
        Map<String, Workload> images = new LinkedHashMap<>();
        Map<String, List<String>> expected = null;
        for (int i = 0; i < IMAGES; i++) {
            String backend = i % 2 == 0 ? "xodus" : "heap";
            Path home = Files.createDirectories(folder.resolve("image-" + i));
            Workload workload = Workload.create(home, "SET 'execution.checkpointing.interval' = '20 ms';\nSET 'state.backend.type' = '" + backend
                    + "';\nSET 'state.snapshot.every' = '5';\nSET 'restart-strategy.type' = 'none';", ROWS, 17);
            expected = expected == null ? workload.undisturbed() : expected;
            killWithState(workload, random);
            workload.save(Files.createDirectories(home.resolve("saved")));
            images.put("image " + i + " (" + backend + ")", workload);
        }
        List<String> names = List.copyOf(images.keySet());
        int right = 0;
        int trials = Integer.getInteger("recovery.damages", 60);
        try (Platform platform = Platform.ofBundles(HOME, LaunchConfiguration.read(HOME.resolve("run.bndrun")), folder.resolve("felix"), Map.of())) {
            platform.start();
            ToIntFunction<String[]> creek = platform.command();
            for (int trial = 0; trial < trials; trial++) {
                String name = names.get(trial % names.size());
                Workload damaged = images.get(name);
                damaged.restore(damaged.folder().resolve("saved"));
                String what = name + ", " + damage(damaged.state(), random);
                ByteArrayOutputStream said = new ByteArrayOutputStream();
                int status = run(creek, damaged, said);
                if (status == 0) {
                    assertEquals("", Workload.difference(expected, damaged.output()), what);
                    right++;
                } else {
                    String text = said.toString(StandardCharsets.UTF_8);
                    assertEquals(REFUSED, status, what + ": " + text);
                    assertTrue(text.contains("damage") || text.contains("missing") || text.contains("checkpoint"), what + ": " + text);
                }
            }
        }
        System.out.println("damaged states: " + trials + ", right all the same: " + right + ", refused: " + (trials - right));
    }

    /** Runs and kills it until it leaves state in the middle of its work. */
    private static void killWithState(Workload workload, Random random) throws IOException, InterruptedException {
        do {
            workload.clear();
            try (CreekProcess creek = CreekProcess.run(workload.script())) {
                if (creek.runsUntil(() -> workload.committedFiles() > 0)) {
                    creek.killAfter(random.nextInt(LONGEST_LIFE_MILLIS));
                }
            }
        } while (workload.hasFinished() || workload.committedFiles() == 0);
    }

    /** Damages one file of the state; what was done to it. */
    private static String damage(Path state, Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(state)) {
            files = all.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().contains("lock")).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        String where = state.relativize(file) + " (" + bytes.length + " bytes): ";
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        switch (bytes.length == 0 ? 3 : random.nextInt(4)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return where + "a bit of byte " + at + " flipped";
            }
            case 1 -> {
                Files.write(file, Arrays.copyOf(bytes, at), StandardOpenOption.TRUNCATE_EXISTING);
                return where + "cut to " + at + " bytes";
            }
            case 2 -> {
                int from = at / PAGE * PAGE;
                Arrays.fill(bytes, from, Math.min(bytes.length, from + PAGE), (byte) 0);
                Files.write(file, bytes);
                return where + "a page of zeros at " + from;
            }
            default -> {
                Files.delete(file);
                return where + "deleted";
            }
        }
    }

    private static int run(ToIntFunction<String[]> creek, Workload workload, ByteArrayOutputStream said) {
        PrintStream realErr = System.err;
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return creek.applyAsInt(new String[] {"run", workload.script().toString()});
        } finally {
            System.setErr(realErr);
        }
    }
}
