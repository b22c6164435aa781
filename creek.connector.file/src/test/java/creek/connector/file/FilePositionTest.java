package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on, after a restart, where files were read up to. */
class FilePositionTest {
    private static final String LONG = "x".repeat(100);

    @TempDir
    Path directory;

    private final FileSystemConnector connector = new FileSystemConnector();
    private TestSource source;
    private SourceReader reader;
    private int files;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * ++files));
    }

    private void open(String... options) throws Exception {
        source = new TestSource(directory, options);
        source.withCheckpoints();
        reader = source.open(connector);
    }

    private void watch() throws Exception {
        open("path", "in", "source.monitor-interval", "1 s");
    }

    private void restart() throws Exception {
        reader = source.restart(connector);
    }

    private String cantRestart(byte[] position) {
        return assertThrows(PositionException.class, () -> source.restart(connector, position)).getMessage();
    }

    private void read(int records) throws Exception {
        while (source.read(records) == ReadStatus.MORE && source.records().isEmpty()) {
            // opens the file, reads a buffer
        }
    }

    private void assertRead(String... records) throws Exception {
        source.clock().advance(Duration.ofSeconds(1));
        source.readAll();
        assertEquals(List.of(records), source.records());
        source.records().clear();
    }

    @Test
    void restartGoesOnBehindTheLastRecord() throws Exception {
        write("in.json", "a\nb\r\nc\nd");
        open("path", "in.json");
        read(2);
        restart();
        assertRead("a", "b", "c", "d");
        assertEquals("file in.json, line 4, offset 7", reader.location());
        assertEquals("file in.json, offset 7", reader.currentLocation());
        restart();
        assertRead();
        assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
    }

    @Test
    void rowsAfterARestartHaveTheirSplitAndMetadata() throws Exception {
        Path file = write("in/a", "a\nb\n");
        source = new TestSource(directory, "path", "in", "source.monitor-interval", "1 s");
        source.withMetadata("file.name", "file.size");
        reader = source.open(connector);
        read(1);
        byte[] position = source.position();
        Files.move(file, file.resolveSibling("b"));
        write("in/b", "c\n");
        reader = source.restart(connector, position);
        assertRead("a", "b", "c");
        assertEquals(List.of("begin a", "a", "begin a", "b", "c", "end a"), source.events());
        assertEquals("a", source.metadata().get(2).getUtf8(0).toString());
        assertEquals(4, source.metadata().get(2).getLong(1));
    }

    @Test
    void appendedFileIsReadFurther() throws Exception {
        write("in.json", "a\nb\nc");
        open("path", "in.json");
        read(1);
        byte[] position = source.position();
        write("in.json", "c\nd\n");
        reader = source.restart(connector, position);
        assertRead("a", "b", "cc", "d");
    }

    @Test
    void rotatedFileIsFinishedBeforeTheNewOne() throws Exception {
        write("in/app.log", LONG + "\nb\nc\n");
        watch();
        read(1);
        byte[] position = source.position();
        Files.move(directory.resolve("in/app.log"), directory.resolve("in/app.log.1"));
        write("in/app.log", LONG + "\ne\n");
        reader = source.restart(connector, position);
        assertRead(LONG, "b", "c", LONG, "e");
        restart();
        assertRead();
    }

    @Test
    void fileThatWasReadMayBeRotatedWhileRunningAndWhileAway() throws Exception {
        write("in/app.log", LONG + "a\n");
        watch();
        assertRead(LONG + "a");
        for (int i = 0; i < 6; i++) {
            byte[] position = source.position();
            for (int old = i; old > 0; old--) {
                Files.move(directory.resolve("in/app.log." + old), directory.resolve("in/app.log." + (old + 1)));
            }
            Files.move(directory.resolve("in/app.log"), directory.resolve("in/app.log.1"));
            write("in/app.log", LONG + i + "\n");
            if (i % 2 == 0) {
                reader = source.restart(connector, position);
            }
            assertRead(LONG + i);
        }
    }

    @Test
    void copiedAndTruncatedFileIsFinishedFromTheCopy() throws Exception {
        Path log = write("in/app.log", LONG + "\nb\nc\n");
        watch();
        read(1);
        byte[] position = source.position();
        Files.copy(log, log.resolveSibling("app.log.1"));
        Files.write(log, new byte[0]);
        write("in/app.log", "d\n");
        reader = source.restart(connector, position);
        assertRead(LONG, "b", "c", "d");
    }

    @Test
    void fileWithTheKeyOfADeletedOneIsNew() throws Exception {
        Files.createDirectory(directory.resolve("in"));
        watch();
        for (int i = 0; i < 20; i++) {
            Path file = write("in/" + i, "static content, the same in every file, of some length, more than anything needs\n");
            source.clock().advance(Duration.ofSeconds(1));
            source.readAll();
            byte[] position = source.position();
            Files.delete(file);
            reader = source.restart(connector, position);
        }
        assertEquals(20, source.records().size());
    }

    @Test
    void folderMayBeCopiedAsAWhole() throws Exception {
        write("in/a", "a\nb\n");
        write("in/b", "c\nd\n");
        watch();
        assertRead("a", "b", "c", "d");
        write("in/c", LONG + "\nf\n");
        source.clock().advance(Duration.ofSeconds(1));
        read(1);
        byte[] position = source.position();
        for (String name : List.of("a", "b", "c")) {
            Path file = directory.resolve("in/" + name);
            Path copy = Files.copy(file, directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        }
        reader = source.restart(connector, position);
        assertRead(LONG, "f");
    }

    @Test
    void fileThatIsShorterNowIsRefused() throws Exception {
        Path file = write("in.json", "aa\nbb\ncc\n");
        open("path", "in.json");
        read(2);
        byte[] position = source.position();
        Files.writeString(file, "dd\n");
        assertEquals("file in.json, of which 6 bytes were read, has only 3 bytes now; put it back, or go on without the rest of it by"
                + " 'source.missing-file' = 'skip'",
                cantRestart(position));
    }

    @Test
    void fileWhoseBytesAreOthersIsRefused() throws Exception {
        Path file = write("in.json", "aa\nbb\ncc\n");
        open("path", "in.json");
        read(2);
        byte[] position = source.position();
        Files.writeString(file, "aa\nbX\ncc\ndd\n");
        assertTrue(cantRestart(position).contains("is another one now"));
    }

    @Test
    void missingFilesMayBeSkipped() throws Exception {
        Path file = write("in/a", "a\nb\n");
        write("in/b", "c\n");
        Path waiting = write("in/c", "d\n");
        open("path", "in", "source.missing-file", "skip");
        read(1);
        byte[] position = source.position();
        Files.delete(file);
        Files.delete(waiting);
        reader = source.restart(connector, position);
        assertRead("a", "c");
        reader.close();
        write("in/a", "a\nb\n");
        write("in/c", "d\n");
        open("path", "in");
        read(1);
        byte[] next = source.position();
        Files.delete(waiting);
        String message = cantRestart(next);
        assertTrue(message.startsWith("1 of the 2 files of 'in' that were still to be read are not there any more"), message);
        Files.delete(directory.resolve("in/b"));
        message = cantRestart(next);
        assertTrue(message.contains("is not there any more, nor was it found under another name in " + directory.resolve("in")), message);
    }

    @Test
    void boundedTableHasTheFilesOfItsFirstStart() throws Exception {
        write("in/a", "a\nb\n");
        write("in/b", "c\n");
        open("path", "in");
        read(1);
        byte[] position = source.position();
        write("in/c", "d\n");
        reader = source.restart(connector, position);
        assertRead("a", "b", "c");
    }

    @Test
    void compressedFileIsReadFromItsMidst() throws Exception {
        StringBuilder text = new StringBuilder();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            lines.add("line " + i);
            text.append("line ").append(i).append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("in.gz")))) {
            out.write(text.toString().getBytes());
        }
        open("path", "in.gz");
        Random random = new Random(1);
        for (int step = 1; source.read(1 + random.nextInt(1_000)) == ReadStatus.MORE; step++) {
            // each start takes some steps to where it was
            if (step % 10 == 0) {
                restart();
            }
        }
        assertEquals(lines, source.records());
        assertEquals("file in.gz, line 30000, offset " + (text.length() - "line 29999\n".length()), reader.location());
    }

    @Test
    void positionOfManyFilesIsSmallAndChangesLittle() throws Exception {
        int count = 1000;
        for (int i = 0; i < count; i++) {
            write("in/" + i, "a\n");
        }
        watch();
        source.clock().advance(Duration.ofSeconds(1));
        source.readAll();
        byte[] before = source.position();
        assertTrue(before.length < 8 * count + 8192, before.length + " bytes");
        Files.delete(directory.resolve("in/7"));
        source.clock().advance(Duration.ofSeconds(1));
        source.readAll();
        write("in/new", "b\n");
        source.clock().advance(Duration.ofSeconds(1));
        source.readAll();
        byte[] after = source.position();
        int differing = 0;
        for (int i = 0; i < 8 * count; i++) {
            differing += before[i] == after[i] ? 0 : 1;
        }
        assertTrue(differing <= 8, differing + " bytes");
    }

    @Test
    void damagedPositionsAreRefused() throws Exception {
        write("in/a", "a\nb\n");
        write("in/b", "c\n");
        watch();
        assertRead("a", "b", "c");
        write("in/c", "d\ne\n");
        source.clock().advance(Duration.ofSeconds(1));
        read(1);
        byte[] position = source.position();
        assertEquals("positions of form 2 are not known, only 1",
                assertThrows(PositionException.class, () -> connector.createReader(source).restorePosition(2, new BinaryReader(position))).getMessage());
        for (int i = 0; i < position.length; i++) {
            byte[] cut = java.util.Arrays.copyOf(position, i);
            assertThrows(PositionException.class, () -> connector.createReader(source).restorePosition(1, new BinaryReader(cut)));
        }
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] flipped = position.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            try (SourceReader other = connector.createReader(source)) {
                other.restorePosition(1, new BinaryReader(flipped));
            } catch (PositionException e) {
                // as it should, where it can be noticed
            }
        }
    }
}
