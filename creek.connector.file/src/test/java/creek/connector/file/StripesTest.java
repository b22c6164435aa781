package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.format.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several readers that share files. */
class StripesTest {
    @TempDir
    Path directory;

    private int files;

    private void write(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("file-" + files + ".json"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * files++));
    }

    /** What one of several readers reads. */
    private List<String> read(int share, int shares, long stripe, int bufferSize) throws Exception {
        TestSource source = new TestSource(directory, "connector", "filesystem", "path", ".").share(share, shares);
        FileListing listing = new FileListing(".", null, directory);
        RecordCutter cutter = new RecordCutter(Framing.LINES, 1000, bufferSize);
        try (SourceReader reader = source.open(new StripedReader(source, listing, cutter, stripe))) {
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
        }
        return source.records();
    }

    @Test
    void allReadersTogetherReadEachLineOnceWhereverStripesAreCut() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            List<String> expected = new ArrayList<>();
            for (Path old : new FileListing(".", null, directory).list().stream().map(SourceFile::path).toList()) {
                Files.delete(old);
            }
            files = 0;
            int number = 0;
            for (int file = 0; file < 3; file++) {
                StringBuilder content = new StringBuilder();
                int lines = random.nextInt(30);
                for (int i = 0; i < lines; i++) {
                    String line = "line " + number++ + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 200 : 10));
                    expected.add(line);
                    content.append(line).append(i == lines - 1 && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
                }
                write(content.toString());
            }
            int shares = 1 + random.nextInt(4);
            long stripe = 1 + random.nextInt(100);
            List<String> all = new ArrayList<>();
            for (int share = 0; share < shares; share++) {
                List<String> part = read(share, shares, stripe, 8 + random.nextInt(300));
                assertEquals(part.stream().sorted((a, b) -> Integer.compare(expected.indexOf(a), expected.indexOf(b))).toList(), part);
                all.addAll(part);
            }
            assertEquals(expected.stream().sorted().toList(), all.stream().sorted().toList(), "stripes of " + stripe + " for " + shares);
        }
    }

    @Test
    void aCompressedFileIsReadByOneReader() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("a.json.gz")))) {
            out.write("one\ntwo\nthree\n".getBytes());
        }
        assertEquals(List.of("one", "two", "three"), read(0, 2, 4, 100));
        assertEquals(List.of(), read(1, 2, 4, 100));
    }

    @Test
    void aReaderWithoutAShareSaysSo() throws Exception {
        write("one\ntwo\n");
        for (int share = 0; share < 2; share++) {
            TestSource source = new TestSource(directory, "connector", "filesystem", "path", ".").share(share, 2);
            try (SourceReader reader = source.open(new FileSystemConnector())) {
                assertEquals(share == 1, reader.isEmpty());
            }
        }
    }

    @Test
    void filesThatAreWatchedAreNotShared() {
        FileSystemConnector connector = new FileSystemConnector();
        TestSource watched = new TestSource(directory, "connector", "filesystem", "path", ".", "source.monitor-interval", "1 s");
        assertFalse(connector.isSplittable(watched.options()));
        assertTrue(connector.isSplittable(new TestSource(directory, "connector", "filesystem", "path", ".").options()));
    }
}
