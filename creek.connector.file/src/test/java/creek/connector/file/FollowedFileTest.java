package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.connector.testing.TestSource;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    @TempDir
    Path directory;

    private Path log;
    private Path rotated;
    private TestSource source;
    private SourceReader reader;

    @BeforeEach
    void open() throws Exception {
        log = directory.resolve("app.log");
        rotated = directory.resolve("app.log.1");
        source = new TestSource(directory, "path", "app.log", "source.follow", "true");
        reader = source.open(new FileSystemConnector());
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void assertRead(String... records) throws Exception {
        source.records().clear();
        assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
        assertEquals(List.of(records), source.records());
    }

    @Test
    void fileMayAppearLaterAndGrows() throws Exception {
        assertRead();
        append(log, "a\nb");
        assertRead("a");
        append(log, "b\n");
        assertRead("bb");
        assertRead();
    }

    @Test
    void renamedFileIsReadToItsEndBeforeTheNewOne() throws Exception {
        append(log, "a\n");
        assertRead("a");
        append(log, "b\n");
        Files.move(log, rotated);
        assertRead("b");
        append(rotated, "c\n");
        assertRead("c");
        append(rotated, "d");
        append(log, "");
        assertRead();
        append(rotated, "d\n");
        append(log, "e\n");
        assertRead("dd", "e");
        assertEquals("file app.log, line 1, offset 0", reader.location());
        append(log, "f\n");
        assertRead("f");
        assertEquals("file app.log, line 2, offset 2", reader.location());
    }

    @Test
    void unfinishedRecordAtTheEndOfTheOldFileIsARecord() throws Exception {
        append(log, "a\nb");
        assertRead("a");
        Files.move(log, rotated);
        append(log, "c\n");
        assertRead("b", "c");
    }

    @Test
    void deletedFileIsReplacedByANewOne() throws Exception {
        append(log, "a\n");
        assertRead("a");
        Files.delete(log);
        assertRead();
        append(log, "b\n");
        assertRead("b");
    }

    @Test
    void truncatedFileIsReadFromItsStart() throws Exception {
        append(log, "aaa\nbbb\n");
        assertRead("aaa", "bbb");
        Files.writeString(log, "c\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertRead("c");
        append(log, "d\n");
        assertRead("d");
    }

    @Test
    void locationIsThatOfTheOpenFileEvenIfItWasRenamed() throws Exception {
        append(log, "a\nb\n");
        assertRead("a", "b");
        Files.move(log, rotated);
        append(log, "");
        assertEquals("file app.log, line 2, offset 2", reader.location());
        append(rotated, "c\n");
        assertRead("c");
    }

    private void restart(byte[] position) throws Exception {
        reader = source.restart(new FileSystemConnector(), position);
    }

    @Test
    void restartGoesOnBehindTheLastRecord() throws Exception {
        restart(source.position());
        append(log, "a\nb");
        assertRead("a");
        byte[] position = source.position();
        append(log, "b\nc\n");
        restart(position);
        assertRead("bb", "c");
        assertEquals("file app.log, line 3, offset 5", reader.location());
    }

    @Test
    void fileThatWasRotatedWhileTheJobWasAwayIsFinished() throws Exception {
        append(log, "a\nb\n");
        assertRead("a", "b");
        byte[] position = source.position();
        append(log, "c\n");
        Files.move(log, rotated);
        restart(position);
        assertRead("c");
        append(rotated, "d");
        append(log, "e\n");
        assertRead("d", "e");
        restart(source.position());
        append(log, "f\n");
        assertRead("f");
    }

    @Test
    void fileThatWasCopiedAndTruncatedWhileTheJobWasAwayIsFinishedFromTheCopy() throws Exception {
        append(log, "aaa\nbbb\n");
        assertRead("aaa", "bbb");
        byte[] position = source.position();
        append(log, "c\n");
        Files.copy(log, rotated);
        Files.writeString(log, "d\n", StandardOpenOption.TRUNCATE_EXISTING);
        restart(position);
        assertRead("c", "d");
    }

    @Test
    void fileThatIsLostIsRefusedOrSkipped() throws Exception {
        append(log, "aaa\nbbb\n");
        assertRead("aaa", "bbb");
        byte[] position = source.position();
        Files.writeString(log, "c\n", StandardOpenOption.TRUNCATE_EXISTING);
        String message = assertThrows(PositionException.class, () -> restart(position)).getMessage();
        assertEquals("file app.log, of which 8 bytes were read, has only 2 bytes now; put it back, or go on without the rest of it by"
                + " 'source.missing-file' = 'skip'", message);
        Files.delete(log);
        assertThrows(PositionException.class, () -> restart(position));
        source = new TestSource(directory, "path", "app.log", "source.follow", "true", "source.missing-file", "skip");
        reader = source.open(new FileSystemConnector());
        restart(position);
        assertRead();
        append(log, "c\n");
        assertRead("c");
    }
}
