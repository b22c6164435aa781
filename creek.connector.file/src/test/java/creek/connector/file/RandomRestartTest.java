package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.format.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts at random moments, while files come, grow, are renamed and deleted: each record comes once. */
class RandomRestartTest {
    /** Records start with their length; the first of a stream is a header, {@code H}, without which the others make no sense. */
    private static final Framing WITH_HEADER = new Framing() {
        @Override
        public boolean isDelimited() {
            return false;
        }

        @Override
        public boolean hasHeader() {
            return true;
        }

        @Override
        public int findEnd(byte[] bytes, int from, int to) {
            return from < to && from + bytes[from] <= to ? from + bytes[from] : -1;
        }
    };

    @TempDir
    Path directory;

    private final FileSystemConnector connector = new FileSystemConnector();
    private final List<String> expected = new ArrayList<>();
    private int records;

    private String content(Random random, boolean withHeader) {
        StringBuilder content = new StringBuilder(withHeader ? "\2H" : "");
        for (int i = random.nextInt(60); i > 0; i--) {
            String record = "record " + records++ + "x".repeat(random.nextInt(30));
            expected.add(record);
            content.append(withHeader ? (char) (record.length() + 1) + record : record + "\n");
        }
        return content.toString();
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
                OutputStream encoded = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            encoded.write(content.getBytes());
        }
        return file;
    }

    private TestSource source(Framing framing, String... options) {
        TestSource source = new TestSource(directory, options);
        source.withCheckpoints();
        source.withFraming(framing);
        return source;
    }

    @Test
    void listedFilesOfAnyFraming() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean withHeader = random.nextBoolean();
            expected.clear();
            for (int i = random.nextInt(5); i >= 0; i--) {
                write(seed + "/" + i + (random.nextInt(3) == 0 ? ".gz" : ""), content(random, withHeader));
            }
            TestSource source = source(withHeader ? WITH_HEADER : Framing.LINES, "path", "" + seed);
            SourceReader reader = source.open(connector);
            for (int step = 0; source.read(1 + random.nextInt(20)) == ReadStatus.MORE; step++) {
                if (step % 5 == 4) {
                    reader = source.restart(connector);
                }
            }
            reader.close();
            source.records().removeIf(record -> record.equals("\2H"));
            assertEquals(new TreeSet<>(expected), new TreeSet<>(source.records().stream().map(record -> withHeader ? record.substring(1) : record).toList()));
            assertEquals(expected.size(), source.records().size(), "seed " + seed);
        }
    }

    @Test
    void watchedFilesThatAreMovedAboutMeanwhile() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            expected.clear();
            List<Path> all = new ArrayList<>(List.of(write(seed + "w/first", content(random, false))));
            TestSource source = source(Framing.LINES, "path", seed + "w", "source.monitor-interval", "1 s");
            SourceReader reader = source.open(connector);
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> all.add(write(seed + "w/f" + step, content(random, false)));
                    case 1 -> {
                        // rotated: whatever was read of it is not read again under the new name
                        int which = random.nextInt(all.size());
                        all.set(which, Files.move(all.get(which), directory.resolve(seed + "w/r" + step)));
                        source.readAll();
                    }
                    case 2 -> {
                        byte[] position = source.position();
                        if (random.nextBoolean()) {
                            all.add(write(seed + "w/a" + step, content(random, false)));
                        }
                        if (random.nextBoolean()) {
                            int which = random.nextInt(all.size());
                            all.set(which, Files.move(all.get(which), directory.resolve(seed + "w/m" + step)));
                        }
                        reader = source.restart(connector, position);
                    }
                    case 3 -> {
                        if (all.size() > 1) {
                            // only what was read may go
                            source.clock().advance(Duration.ofSeconds(1));
                            source.readAll();
                            source.clock().advance(Duration.ofSeconds(1));
                            source.readAll();
                            Files.delete(all.remove(random.nextInt(all.size())));
                        }
                    }
                    default -> {
                        source.clock().advance(Duration.ofSeconds(random.nextInt(2)));
                        source.read(1 + random.nextInt(40));
                    }
                }
            }
            source.clock().advance(Duration.ofSeconds(1));
            source.readAll();
            source.clock().advance(Duration.ofSeconds(1));
            source.readAll();
            reader.close();
            assertEquals(new TreeSet<>(expected), new TreeSet<>(source.records()), "seed " + seed);
            assertEquals(expected.size(), source.records().size(), "seed " + seed);
        }
    }
}
