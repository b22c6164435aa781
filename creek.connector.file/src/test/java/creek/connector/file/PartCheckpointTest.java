package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSink;
import creek.connector.testing.TestSource;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a job with checkpoints: what is final, and what a restart makes of the rest. */
class PartCheckpointTest {
    @TempDir
    Path directory;

    private final FileSystemConnector connector = new FileSystemConnector();
    private TestSink sink;
    private SinkWriter writer;
    /** What the engine keeps: of checkpoints that were not committed, and of the last complete one. */
    private final List<PendingCommit> pending = new ArrayList<>();
    private List<byte[]> complete = List.of();

    private void create(String... options) {
        sink = new TestSink(directory, options);
        sink.withCheckpoints();
    }

    private void start() throws Exception {
        writer = connector.createWriter(sink);
        writer.restore(1, complete.stream().map(BinaryReader::new).toList());
        writer.open();
        pending.clear();
    }

    @AfterEach
    void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
    }

    private void write(String name) throws Exception {
        writer.write(TestSink.row(name, "site" + name.length() % 3, 0));
    }

    private List<byte[]> begin(long checkpoint) throws Exception {
        PendingCommit commit = writer.beginCommit(checkpoint);
        if (commit != null) {
            pending.add(commit);
        }
        List<byte[]> written = new ArrayList<>();
        for (PendingCommit each : pending) {
            BinaryWriter output = new BinaryWriter();
            each.write(output);
            written.add(output.toBytes());
        }
        return written;
    }

    private void prepare() throws Exception {
        for (PendingCommit each : pending) {
            each.prepare();
        }
    }

    private void commit() throws Exception {
        for (PendingCommit each : pending) {
            each.commit();
        }
        pending.clear();
    }

    private void checkpoint() throws Exception {
        List<byte[]> written = begin(1);
        prepare();
        complete = written;
        commit();
    }

    /** As if the process had been killed: nothing is closed. */
    private void crash() {
        writer = null;
    }

    private List<String> files(String pattern) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("out"))) {
            return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).filter(name -> name.matches(pattern)).toList();
        }
    }

    private List<String> names() throws Exception {
        TestSource source = new TestSource(directory, "path", "out");
        try (SourceReader reader = source.open(connector)) {
            source.readAll();
        }
        return source.records().stream().map(record -> record.split(",")[0]).sorted().toList();
    }

    @Test
    void partGoesOnAcrossCheckpointsUntilItIsRolled() throws Exception {
        create("path", "out", "sink.rolling-policy.rollover-interval", "3 min");
        start();
        for (String name : List.of("a", "b", "c")) {
            write(name);
            checkpoint();
            sink.clock().advance(Duration.ofMinutes(1));
            assertEquals(List.of(), names());
        }
        writer.flush();
        assertEquals(List.of(), names());
        checkpoint();
        assertEquals(List.of("a", "b", "c"), names());
        assertEquals(1, files(".*").size());
    }

    @Test
    void restartMakesFinalWhatTheCheckpointHas_andNoMore() throws Exception {
        create("path", "out");
        start();
        write("a");
        checkpoint();
        write("b");
        writer.flush();
        crash();
        start();
        assertEquals(List.of("a"), names());
        write("b");
        checkpoint();
        writer.finish();
        assertEquals(List.of("a", "b"), names());
        assertEquals(2, files("part-.*").size());
        assertEquals(2, files(".*").size());
    }

    @Test
    void compressedPartsAreCutBetweenRows() throws Exception {
        create("path", "out", "sink.compression", "gzip");
        start();
        write("a");
        checkpoint();
        write("b");
        checkpoint();
        write("c");
        begin(3);
        crash();
        start();
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void partsOfAFailedCheckpointBecomeFinalWithTheNext() throws Exception {
        create("path", "out", "sink.rolling-policy.file-size", "1");
        start();
        write("a");
        begin(1);
        write("b");
        assertEquals(List.of(), names());
        checkpoint();
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void otherPeoplesFilesAreLeftAlone() throws Exception {
        create("path", "out");
        start();
        Path other = directory.resolve("out/.part-00000000-0000-0000-0000-000000000000-0-0.inprogress");
        Files.writeString(other, "x");
        Files.writeString(directory.resolve("out/.mine"), "x");
        write("a");
        writer.flush();
        assertEquals(3, files(".*").size());
        crash();
        start();
        assertEquals(2, files(".*").size());
        assertTrue(Files.exists(other));
    }

    @Test
    void jobThatIsClosedLeavesWhatARestartNeeds() throws Exception {
        create("path", "out");
        start();
        write("a");
        checkpoint();
        write("b");
        writer.close();
        start();
        assertEquals(List.of("a"), names());
        write("c");
        writer.close();
        assertEquals(1, files(".*").size());
    }

    @Test
    void lostPartIsReported() throws Exception {
        create("path", "out");
        start();
        write("a");
        checkpoint();
        Path part = directory.resolve("out/" + files("\\..*").get(0));
        Files.writeString(part, "a");
        crash();
        String message = assertThrows(IOException.class, this::start).getMessage();
        assertTrue(message.endsWith("it has 1 bytes, but had 10 at the last checkpoint"), message);
    }

    @Test
    void partThatSomebodyHasTakenAwayIsNoHarm() throws Exception {
        create("path", "out", "sink.rolling-policy.file-size", "1");
        start();
        write("a");
        checkpoint();
        Files.delete(directory.resolve("out/" + files("part-.*").get(0)));
        crash();
        start();
        assertEquals(List.of(), names());
    }

    @Test
    void diskThatRefusesFailsCheckpointAndJob() throws Exception {
        create("path", "out");
        start();
        write("a");
        begin(1);
        // as a disk that does not take what it was given
        writer.close();
        assertThrows(IOException.class, this::prepare);
        assertThrows(IOException.class, writer::flush);
        assertEquals(List.of(), names());
    }

    @Test
    void damagedCommitsAreRefused() throws Exception {
        create("path", "out");
        start();
        write("a");
        checkpoint();
        crash();
        byte[] whole = complete.get(0);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            SinkWriter other = connector.createWriter(sink);
            assertThrows(IOException.class, () -> other.restore(1, List.of(new BinaryReader(cut))));
        }
        BinaryWriter hostile = new BinaryWriter();
        hostile.writeString(directory.resolve("out").toString());
        hostile.writeVarInt(1);
        hostile.writeString("../precious");
        hostile.writeLong(0);
        SinkWriter other = connector.createWriter(sink);
        assertThrows(IOException.class, () -> other.restore(1, List.of(new BinaryReader(hostile.toBytes()))));
        assertThrows(IOException.class, () -> other.restore(2, List.of()));
    }

    /** Each row comes again after a crash if no checkpoint has it; in the end each is there once. */
    @Test
    void crashesAtAnyMomentRepeatAndLoseNothing() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            directory = Files.createDirectory(directory.resolve("run" + seed));
            String size = random.nextBoolean() ? "30" : "128 mb";
            create("path", "out", "sink.rolling-policy.file-size", size, "sink.compression", random.nextBoolean() ? "gzip" : "none");
            sink.withPartitions(random.nextBoolean() ? new Integer[] {1} : new Integer[0]);
            complete = List.of();
            run(random);
            directory = directory.getParent();
        }
    }

    private void run(Random random) throws Exception {
        int rows = 120;
        int durable = 0;
        int next = 0;
        start();
        List<String> expected = new ArrayList<>();
        while (durable < rows) {
            for (int i = random.nextInt(20); i > 0 && next < rows; i--) {
                write("n" + next++);
            }
            List<byte[]> written = null;
            boolean crash = random.nextInt(3) == 0;
            int step = crash ? random.nextInt(6) : 6;
            if (step > 0) {
                written = begin(1);
            }
            if (step > 1 && random.nextInt(4) == 0) {
                // a checkpoint that fails
                if (random.nextBoolean()) {
                    prepare();
                }
                written = null;
            }
            if (written != null && step > 2) {
                prepare();
            }
            if (written != null && step > 3) {
                complete = written;
                durable = next;
            }
            if (written != null && step > 4) {
                for (PendingCommit each : pending.subList(0, random.nextInt(pending.size() + 1))) {
                    each.commit();
                }
            }
            if (written != null && step > 5) {
                commit();
            }
            if (crash) {
                if (random.nextBoolean()) {
                    writer.close();
                }
                start();
                next = durable;
            }
        }
        for (int i = 0; i < rows; i++) {
            expected.add("n" + i);
        }
        writer.finish();
        writer.close();
        Collections.sort(expected);
        assertEquals(expected, names());
        assertEquals(List.of(), files("\\..*"));
    }
}
