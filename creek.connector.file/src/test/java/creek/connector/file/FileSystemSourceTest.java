package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemSourceTest {
    @TempDir
    Path directory;

    private final FileSystemConnector connector = new FileSystemConnector();

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Path write(String name, String content, int modifiedSecond) throws IOException {
        return Files.setLastModifiedTime(write(name, content), FileTime.fromMillis(1000L * modifiedSecond));
    }

    private Path gzip(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes());
        }
        return file;
    }

    private TestSource source(String... options) {
        return new TestSource(directory, options);
    }

    private List<String> read(String... options) throws Exception {
        TestSource source = source(options);
        try (SourceReader reader = source.open(connector)) {
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
        }
        return source.records();
    }

    @Test
    void readsLinesAndTheLastOneWithoutDelimiter() throws Exception {
        write("in.json", "a\n\nb\r\nc");
        assertEquals(List.of("a", "", "b", "c"), read("path", "in.json"));
    }

    @Test
    void pathsMayBeAbsoluteOrUris() throws Exception {
        Path file = write("in put.json", "a\n");
        assertEquals(List.of("a"), read("path", file.toString()));
        assertEquals(List.of("a"), read("path", "file://" + file));
        assertEquals(List.of("a"), read("path", "file:" + file));
        assertEquals(List.of("a"), read("path", "file:in put.json"));
        String message = assertThrows(OptionException.class, () -> read("path", "s3://bucket/x")).getMessage();
        assertTrue(message.contains("not on this machine"), message);
    }

    @Test
    void emptyFileHasNoRecords() throws Exception {
        write("in.json", "");
        assertEquals(List.of(), read("path", "in.json"));
    }

    @Test
    void fullOutputIsRespected() throws Exception {
        write("in.json", "a\nb\nc");
        TestSource source = source("path", "in.json");
        source.withCapacity(1);
        try (SourceReader reader = source.open(connector)) {
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
        }
        assertEquals(List.of("a", "b", "c"), source.records());
    }

    @Test
    void directoryIsReadInOrderOfModificationWithoutHiddenFiles() throws Exception {
        write("data/b.json", "b\n", 2);
        write("data/sub/a.json", "a\n", 3);
        write("data/d.json", "d\n", 1);
        write("data/c.json", "c\n", 1);
        write("data/.hidden", "x\n", 1);
        write("data/_SUCCESS", "x\n", 1);
        write("data/_sub/y.json", "x\n", 1);
        TestSource source = source("path", "data");
        try (SourceReader reader = source.open(connector)) {
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
        }
        assertEquals(List.of("begin c.json", "c", "end c.json", "begin d.json", "d", "end d.json", "begin b.json", "b", "end b.json",
                "begin a.json", "a", "end a.json"), source.events());
    }

    @Test
    void globMatchesNamesAndDirectories() throws Exception {
        write("data/x/1.json", "1\n", 1);
        write("data/y/2.json", "2\n", 2);
        write("data/y/3.csv", "3\n", 3);
        write("data/y/z/4.json", "4\n", 4);
        assertEquals(List.of("1", "2"), read("path", "data/*/*.json"));
        assertEquals(List.of("1", "2", "4"), read("path", "data/**.json"));
        assertEquals(List.of("2", "3"), read("path", "data/y/{2,3}.*"));
        String message = assertThrows(IOException.class, () -> read("path", "data/*.parquet")).getMessage();
        assertEquals("'path': no file matches 'data/*.parquet'", message);
    }

    @Test
    void fileWhoseNameLooksLikeAGlobIsRead() throws Exception {
        write("in[1].json", "a\n");
        assertEquals(List.of("a"), read("path", "in[1].json"));
    }

    @Test
    void regexPatternMatchesAbsolutePaths() throws Exception {
        write("data/x/1.json", "1\n", 1);
        write("data/y/2.json", "2\n", 2);
        assertEquals(List.of("2"), read("path", "data", "source.path.regex-pattern", ".*/y/.*"));
        OptionException problem = assertThrows(OptionException.class, () -> read("path", "data", "source.path.regex-pattern", "("));
        assertEquals("source.path.regex-pattern", problem.key());
    }

    @Test
    void gzipIsKnownByItsExtension() throws Exception {
        gzip("in.json.gz", "a\nb\n");
        assertEquals(List.of("a", "b"), read("path", "in.json.gz"));
    }

    @Test
    void damagedGzipFailsWithOneSentence() throws Exception {
        byte[] whole = Files.readAllBytes(gzip("in.gz", "some text\n".repeat(1000)));
        Files.write(directory.resolve("short.gz"), Arrays.copyOf(whole, whole.length - 12));
        write("plain.gz", "not compressed");
        assertEquals("can't read file short.gz: the gzip data ends too early",
                assertThrows(IOException.class, () -> read("path", "short.gz")).getMessage());
        assertEquals("can't read file plain.gz: the gzip data is damaged (Not in GZIP format)",
                assertThrows(IOException.class, () -> read("path", "plain.gz")).getMessage());
    }

    @Test
    void missingPathIsRefused() {
        OptionException problem = assertThrows(OptionException.class, () -> read("path", "no/such.json"));
        assertEquals("path", problem.key());
        assertEquals("'path': there is no file or directory " + directory.resolve("no/such.json"), problem.getMessage());
    }

    @Test
    void whatIsNeitherFileNorDirectoryIsRefused() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/null")));
        String message = assertThrows(OptionException.class, () -> read("path", "/dev/null")).getMessage();
        assertEquals("'path': /dev/null is neither a file nor a directory; connector 'stdin' reads pipes", message);
    }

    @Test
    void fileThatMayNotBeReadFailsWithOneSentence() throws Exception {
        Path file = write("in.json", "a\n");
        Files.setPosixFilePermissions(file, Set.of());
        Assumptions.assumeFalse(Files.isReadable(file), "an administrator may read everything");
        assertEquals("can't read file in.json: permission denied",
                assertThrows(IOException.class, () -> read("path", "in.json")).getMessage());
    }

    @Test
    void recordsOfAnyLengthAreReadUpToTheLimit() throws Exception {
        String longest = "x".repeat(1 << 20);
        write("in.json", "a\n" + longest + "\nb\n" + longest);
        assertEquals(List.of("a", longest, "b", longest), read("path", "in.json", "source.max-record-size", "1 mb"));
        write("in.json", "ab\n" + longest + "x\nb\n");
        String message = assertThrows(IOException.class, () -> read("path", "in.json", "source.max-record-size", "1 mb")).getMessage();
        assertEquals("can't read file in.json: the record at offset 3 is longer than 1048576 bytes; 'source.max-record-size' says how long"
                + " records may be", message);
    }

    @Test
    void partitionColumnsComeFromThePath() throws Exception {
        write("t/day=2024-01-01/site=a%2Fb/part-0", "1\n", 1);
        write("t/day=2024-01-02/site=__HIVE_DEFAULT_PARTITION__/part-0", "2\n", 2);
        TestSource source = source("path", "t");
        source.withMetadata("partition.site", "partition.day");
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
        }
        assertEquals("a/b", source.metadata().get(0).getUtf8(0).toString());
        assertEquals("2024-01-01", source.metadata().get(0).getUtf8(1).toString());
        assertTrue(source.metadata().get(1).isNullAt(0));
    }

    @Test
    void fileIsInNoPartition_then_failsWithItsName() throws Exception {
        write("t/part-0", "1\n");
        TestSource source = source("path", "t");
        source.withMetadata("partition.day");
        try (SourceReader reader = source.open(connector)) {
            IOException e = assertThrows(IOException.class, source::readAll);
            assertTrue(e.getMessage().contains("t/part-0") && e.getMessage().contains("'day=...'"), e.getMessage());
        }
    }

    @Test
    void metadataColumnsTellTheFile() throws Exception {
        Path file = write("in.json", "abc\n", 7);
        TestSource source = source("path", "in.json");
        source.withMetadata("file.modification-time", "file.name", "file.path", "file.size");
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
        }
        assertEquals(7000, source.metadata().get(0).getLong(0));
        assertEquals("in.json", source.metadata().get(0).getUtf8(1).toString());
        assertEquals(file.toString(), source.metadata().get(0).getUtf8(2).toString());
        assertEquals(4, source.metadata().get(0).getLong(3));
    }

    @Test
    void locationTellsFileLineAndOffset() throws Exception {
        write("in.json", "a\nbb\ncc\n");
        TestSource source = source("path", "in.json");
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
            assertEquals("file in.json, line 3, offset 5", reader.location());
        }
        gzip("in.gz", "a\nbb\ncc\n");
        source = source("path", "in.gz");
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
            assertEquals("file in.gz, line 3, offset 5", reader.location());
        }
    }

    @Test
    void watchedDirectoryGivesEachNewFileOnce() throws Exception {
        write("data/a.json", "a\n", 1);
        TestSource source = source("path", "data", "source.monitor-interval", "10 s");
        assertFalse(connector.isBounded(source.options()));
        try (SourceReader reader = source.open(connector)) {
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
            assertEquals(List.of("a"), source.records());
            write("data/c.json", "c\n", 3);
            write("data/b.json", "b\n", 2);
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
            assertEquals(List.of("a"), source.records());
            source.clock().advance(Duration.ofSeconds(10));
            source.readAll();
            assertEquals(List.of("a", "b", "c"), source.records());
            source.clock().advance(Duration.ofSeconds(10));
            source.readAll();
            assertEquals(List.of("a", "b", "c"), source.records());
        }
    }

    @Test
    void fileThatGoesBeforeItIsReadIsLeftOut() throws Exception {
        write("data/a.json", "a\n", 1);
        Path gone = write("data/b.json", "b\n", 2);
        write("data/c.json", "c\n", 3);
        TestSource source = source("path", "data", "source.monitor-interval", "10 s");
        try (SourceReader reader = source.open(connector)) {
            Files.delete(gone);
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
        }
        assertEquals(List.of("a", "c"), source.records());
    }

    @Test
    void boundedUnlessWatchingOrFollowing() {
        assertTrue(connector.isBounded(Options.of(Map.of("path", "x"))));
        assertFalse(connector.isBounded(Options.of(Map.of("path", "x", "source.follow", "true"))));
    }

    @Test
    void contradictoryOptionsAreRefused() {
        assertThrows(OptionException.class, () -> source("path", ".", "source.follow", "true").open(connector));
        assertThrows(OptionException.class,
                () -> source("path", "x", "source.follow", "true", "source.monitor-interval", "1s").open(connector));
        assertThrows(OptionException.class, () -> source("path", ".", "source.monitor-interval", "0").open(connector));
        assertThrows(OptionException.class, () -> source("path", ".", "source.max-record-size", "2 gb").open(connector));
        assertThrows(OptionException.class, () -> source("path", "x.gz", "source.follow", "true").open(connector));
    }
}
