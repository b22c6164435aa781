package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.format.Framing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several readers that share files. */
@Timeout(300)
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
        try (SourceReader reader = source.open(new StripedReader(source, listing, cutter, null, stripe))) {
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
    void filesThatComeOrGrowWhileReadersBeginAreTheSameForAll() throws Exception {
        write("a\nb\nc\nd\n");
        write("e\nf\n");
        TestSource first = new TestSource(directory, "connector", "filesystem", "path", ".").share(0, 2);
        TestSource second = new TestSource(directory, "connector", "filesystem", "path", ".").share(1, 2).with(first);
        try (SourceReader reader = first.open(reader(first, 2, 2)); SourceReader other = reader(second, 2, 2)) {
            Files.writeString(directory.resolve("file-0.json"), "g\nh\n", StandardOpenOption.APPEND);
            Files.writeString(directory.resolve("file-2.json"), "i\n");
            second.open(other);
            first.readAll();
            second.readAll();
        }
        List<String> all = new ArrayList<>(first.records());
        all.addAll(second.records());
        // who has the end of a file reads on to where it is then
        assertEquals(List.of("a", "b", "c", "d", "e", "f", "g", "h"), all.stream().sorted().toList());
    }

    @Test
    void aReaderThatIsAheadInAFileWaitsForTheOther_whichWakesIt() throws Exception {
        write("a\n".repeat(100));
        TestSource first = new TestSource(directory, "connector", "filesystem", "path", ".").share(0, 2);
        TestSource second = new TestSource(directory, "connector", "filesystem", "path", ".").share(1, 2).with(first);
        try (SourceReader reader = first.open(reader(first, 2, 2)); SourceReader other = reader(second, 2, 2)) {
            second.open(other);
            readTo(1, second);
            readUntilItWaits(first);
            // the other one is in its first stripe
            assertEquals(2, first.records().size());
            readTo(2, second);
            first.awaitWakeUp();
            readUntilItWaits(first);
            assertEquals(3, first.records().size());
            other.close();
            first.awaitWakeUp();
            assertEquals(ReadStatus.END_OF_INPUT, first.readAll());
        }
    }

    @Test
    void whoDoesNotGoOnIsWaitedForOnce_andAgainWhenItDoes() throws Exception {
        write("a\n".repeat(100));
        TestSource first = new TestSource(directory, "connector", "filesystem", "path", ".").share(0, 2);
        TestSource second = new TestSource(directory, "connector", "filesystem", "path", ".").share(1, 2).with(first);
        try (SourceReader reader = first.open(reader(first, 2, 2)); SourceReader other = reader(second, 2, 2)) {
            second.open(other);
            readTo(1, second);
            readUntilItWaits(first);
            first.clock().advance(Duration.ofSeconds(1));
            readTo(20, first);
            second.clock().advance(Duration.ofSeconds(1));
            readTo(2, second);
            readUntilItWaits(first);
            assertEquals(20, first.records().size());
            // the clock is put back
            first.clock().advance(Duration.ofHours(-1));
            assertEquals(ReadStatus.END_OF_INPUT, first.readAll());
            assertEquals(50, first.records().size());
        }
    }

    @Test
    void readersThatGoOnFromPositionsOfTheirOwnWaitForEachOther() throws Exception {
        write("a\n".repeat(100));
        List<byte[]> positions = new ArrayList<>();
        for (int share = 0; share < 2; share++) {
            TestSource source = new TestSource(directory, "connector", "filesystem", "path", ".").share(share, 2);
            try (SourceReader reader = source.open(reader(source, 2, 2))) {
                readTo(10, source);
                positions.add(source.position());
            }
        }
        TestSource first = new TestSource(directory, "connector", "filesystem", "path", ".").share(0, 2);
        TestSource second = new TestSource(directory, "connector", "filesystem", "path", ".").share(1, 2).with(first);
        try (SourceReader reader = reader(first, 2, 2); SourceReader other = reader(second, 2, 2)) {
            reader.restorePosition(reader.positionVersion(), new BinaryReader(positions.get(0)));
            other.restorePosition(other.positionVersion(), new BinaryReader(positions.get(1)));
            first.open(reader);
            second.open(other);
            readTo(1, second);
            readUntilItWaits(first);
            assertEquals(2, first.records().size());
            second.clock().advance(Duration.ofSeconds(1));
            readTo(40, second);
            assertEquals(ReadStatus.END_OF_INPUT, first.readAll());
            assertEquals(40, first.records().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void positionsWithStripesOfAnotherSizeAreTakenUp(boolean sharedOutAnew) throws Exception {
        List<String> expected = new ArrayList<>();
        for (int file = 0; file < 2; file++) {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                expected.add("line " + expected.size());
                content.append(expected.get(expected.size() - 1)).append('\n');
            }
            write(content.toString());
        }
        List<String> all = new ArrayList<>();
        List<byte[]> positions = null;
        for (long stripe : new long[] {64, 8, 16, 24}) {
            List<byte[]> next = new ArrayList<>();
            for (int share = 0; share < 2; share++) {
                TestSource source = new TestSource(directory, "connector", "filesystem", "path", ".").share(share, 2);
                try (SourceReader reader = reader(source, 2, stripe)) {
                    if (positions != null && sharedOutAnew) {
                        reader.restorePositions(reader.positionVersion(), positions.stream().map(BinaryReader::new).toList());
                    } else if (positions != null) {
                        reader.restorePosition(reader.positionVersion(), new BinaryReader(positions.get(share)));
                    }
                    source.open(reader);
                    if (stripe == 24) {
                        source.readAll();
                    } else {
                        readTo(7, source);
                        next.add(source.position());
                    }
                    all.addAll(source.records());
                }
            }
            positions = next;
        }
        assertEquals(expected.stream().sorted().toList(), all.stream().sorted().toList());
    }

    private static void readTo(int records, TestSource source) throws Exception {
        while (source.records().size() < records) {
            assertEquals(ReadStatus.MORE, source.read(1));
        }
    }

    private static void readUntilItWaits(TestSource source) throws Exception {
        ReadStatus status = ReadStatus.MORE;
        while (status == ReadStatus.MORE) {
            status = source.read(1);
        }
        assertEquals(ReadStatus.NOTHING_NOW, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsLeftIsSharedOutAnewEachTime(int seed) throws Exception {
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (int file = 0; file < 4; file++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                expected.add("line " + expected.size() + "x".repeat(random.nextInt(20)));
                content.append(expected.get(expected.size() - 1)).append('\n');
            }
            write(content.toString());
        }
        List<String> all = new ArrayList<>();
        List<byte[]> positions = null;
        int version = 0;
        long stripe = 1 + random.nextInt(60);
        for (boolean isLast = false; !isLast;) {
            int shares = positions == null ? 1 + random.nextInt(2) : (version == 1 ? 2 : 1) + random.nextInt(3);
            List<byte[]> next = new ArrayList<>();
            int nextVersion = version;
            isLast = true;
            for (int share = 0; share < shares; share++) {
                TestSource source = new TestSource(directory, "connector", "filesystem", "path", ".").share(share, shares).withCheckpoints();
                try (SourceReader reader = reader(source, shares, stripe)) {
                    if (positions != null) {
                        reader.restorePositions(version, positions.stream().map(BinaryReader::new).toList());
                    }
                    source.open(reader);
                    ReadStatus status = reader.isEmpty() ? ReadStatus.END_OF_INPUT : ReadStatus.MORE;
                    // a read may do no more than find where to go on
                    for (int left = 5 + random.nextInt(10); left > 0 && status == ReadStatus.MORE; left--) {
                        status = source.read(1 + random.nextInt(4));
                    }
                    BinaryWriter position = new BinaryWriter();
                    reader.writePosition(position);
                    all.addAll(source.records());
                    if (status != ReadStatus.END_OF_INPUT) {
                        next.add(position.toBytes());
                        isLast = false;
                    }
                    nextVersion = reader.positionVersion();
                }
            }
            positions = next;
            version = nextVersion;
        }
        assertEquals(expected.stream().sorted().toList(), all.stream().sorted().toList());
    }

    /** As the connector makes them, with stripes of another size. */
    private SourceReader reader(TestSource source, int shares, long stripe) {
        FileListing listing = new FileListing(".", null, directory);
        Supplier<RecordCutter> cutters = () -> new RecordCutter(Framing.LINES, 1000, 64);
        Supplier<FileSystemReader> wholes = () -> new FileSystemReader(source, listing, null, cutters);
        Supplier<StripedReader> striped = () -> new StripedReader(source, listing, cutters.get(), wholes, stripe);
        return shares > 1 ? striped.get() : new BoundedReader(wholes.get(), striped);
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
