package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSink;
import creek.connector.testing.TestSource;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceReader;
import creek.core.option.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemSinkTest {
    @TempDir
    Path directory;

    private final FileSystemConnector connector = new FileSystemConnector();

    private TestSink sink(String... options) {
        return new TestSink(directory, options);
    }

    private SinkWriter open(TestSink sink) throws Exception {
        SinkWriter writer = connector.createWriter(sink);
        writer.open();
        return writer;
    }

    /** All files below the directory, hidden ones too, as sorted relative paths. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString()).sorted().toList();
        }
    }

    /** What can be read from the directory once there are that many records. */
    private List<String> awaitBack(int records) throws Exception {
        return assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            List<String> read = readBack("out");
            while (read.size() < records) {
                Thread.sleep(1);
                read = readBack("out");
            }
            return read;
        });
    }

    private List<String> readBack(String path) throws Exception {
        TestSource source = new TestSource(directory, "path", path);
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
        }
        return source.records();
    }

    @Test
    void partIsHiddenUntilTheJobHasFinished() throws Exception {
        try (SinkWriter writer = open(sink("path", "out"))) {
            writer.write(TestSink.row("a", "x", 1));
            writer.flush();
            assertEquals(1, files().size());
            assertTrue(files().get(0).matches("out/\\.part-.*-0-0\\.inprogress"), files().toString());
            assertEquals(List.of(), readBack("out"));
            writer.finish();
        }
        assertEquals(1, files().size());
        assertTrue(files().get(0).matches("out/part-[0-9a-f-]{36}-0-0"), files().toString());
        assertEquals(List.of("a,x,1"), readBack("out"));
    }

    @Test
    void nothingIsLeftOfAJobThatFailed() throws Exception {
        try (SinkWriter writer = open(sink("path", "out"))) {
            writer.write(TestSink.row("a", "x", 1));
            writer.flush();
        }
        assertEquals(List.of(), files());
    }

    @Test
    void jobWithoutRowsLeavesAnEmptyDirectory() throws Exception {
        try (SinkWriter writer = open(sink("path", "out/put"))) {
            writer.finish();
        }
        assertTrue(Files.isDirectory(directory.resolve("out/put")));
        assertEquals(List.of(), files());
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Files.writeString(directory.resolve("out"), "x");
        OptionException problem = assertThrows(OptionException.class, () -> open(sink("path", "out")));
        assertEquals("path", problem.key());
        assertTrue(problem.getMessage().contains("is a file; a sink writes part files into a directory"), problem.getMessage());
        assertEquals("x", Files.readString(directory.resolve("out")));
    }

    @Test
    void linkToADirectoryIsADirectory() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        try (SinkWriter writer = open(sink("path", "link"))) {
            writer.write(TestSink.row("a", "x", 1));
            writer.finish();
        }
        assertEquals(List.of("a,x,1"), readBack("real"));
    }

    @Test
    void partsRollBySize() throws Exception {
        try (SinkWriter writer = open(sink("path", "out", "sink.rolling-policy.file-size", "20"))) {
            for (int i = 10; i < 17; i++) {
                writer.write(TestSink.row("aaa", "x", i));
            }
            assertEquals(List.of("aaa,x,10", "aaa,x,11", "aaa,x,12", "aaa,x,13", "aaa,x,14", "aaa,x,15"),
                    awaitBack(6).stream().sorted().toList());
            writer.finish();
        }
        assertEquals(3, files().size());
        assertEquals(7, readBack("out").size());
    }

    @Test
    void partsRollByAge() throws Exception {
        TestSink sink = sink("path", "out", "sink.rolling-policy.rollover-interval", "2 min");
        try (SinkWriter writer = open(sink)) {
            for (int minute = 0; minute < 2; minute++) {
                writer.write(TestSink.row("a", "x", minute));
                writer.flush();
                sink.clock().advance(Duration.ofMinutes(1));
                assertEquals(List.of(), readBack("out"));
            }
            writer.flush();
            assertEquals(List.of("a,x,0", "a,x,1"), awaitBack(2));
            writer.finish();
        }
        assertEquals(1, files().size());
    }

    @Test
    void partsRollWhenIdle() throws Exception {
        TestSink sink = sink("path", "out", "sink.rolling-policy.inactivity-interval", "3 min");
        try (SinkWriter writer = open(sink)) {
            writer.write(TestSink.row("a", "x", 1));
            for (int minute = 0; minute < 3; minute++) {
                writer.flush();
                assertEquals(List.of(), readBack("out"));
                sink.clock().advance(Duration.ofMinutes(1));
            }
            writer.flush();
            assertEquals(List.of("a,x,1"), awaitBack(1));
        }
    }

    @Test
    void partThatCantBeMadeFinalFailsTheJob() throws Exception {
        try (SinkWriter writer = open(sink("path", "out"))) {
            writer.write(TestSink.row("a", "x", 1));
            writer.flush();
            Files.delete(directory.resolve(files().get(0)));
            String message = assertThrows(IOException.class, writer::finish).getMessage();
            assertTrue(message.matches("can't finish file " + directory + "/out/part-.*: no such file or directory"), message);
        }
    }

    @Test
    void partitionColumnsAreDirectories() throws Exception {
        TestSink sink = sink("path", "out");
        sink.withPartitions(2, 1);
        try (SinkWriter writer = open(sink)) {
            writer.write(TestSink.row("a", "x/y", 0));
            writer.write(TestSink.row("b", null, 1));
            writer.write(TestSink.row("c", "", 1));
            writer.write(TestSink.row("d", "x/y", 0));
            writer.finish();
        }
        assertEquals(List.of("a", "d"), readBack("out/day=1970-01-01/site=x%2Fy"));
        assertEquals(List.of("b", "c"), readBack("out/day=1970-01-02/site=__HIVE_DEFAULT_PARTITION__").stream().sorted().toList());
    }

    @Test
    void manyPartitionsKeepFewFilesOpen() throws Exception {
        TestSink sink = sink("path", "out");
        sink.withPartitions(1);
        try (SinkWriter writer = open(sink)) {
            for (int i = 0; i < 300; i++) {
                writer.write(TestSink.row("a", "s" + i, i));
            }
            assertEquals(44, awaitBack(44).size());
            writer.finish();
        }
        assertEquals(300, files().size());
        assertEquals(300, readBack("out").size());
    }

    @Test
    void partsMayBeCompressed() throws Exception {
        try (SinkWriter writer = open(sink("path", "out", "sink.compression", "gzip"))) {
            writer.write(TestSink.row("a", "x", 1));
            writer.finish();
        }
        assertTrue(files().get(0).endsWith(".gz"), files().toString());
        assertEquals(List.of("a,x,1"), readBack("out"));
    }
}
