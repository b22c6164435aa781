package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.StateFormException;
import creek.core.job.JobState;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store has of sources and sinks that the job no longer has, and entries of theirs that make no sense. */
@Timeout(300)
class ChangedJobTest {
    private static final List<byte[]> HOSTILE = List.of(new byte[] {}, new byte[] {1, 2, 3}, new byte[] {0, 0, 0, 1, -1, -1, -1, -1, 7},
            new byte[] {0, 0, 0, 0, 1, -1, -1, -1, -1, 15, 1, 1});

    @TempDir
    private Path folder;

    private CheckpointedJob job;

    @BeforeEach
    void create() {
        job = new CheckpointedJob(folder);
        job.tables.add("a", "b");
    }

    @AfterEach
    void close() throws InterruptedException {
        job.close();
    }

    private Set<String> stored(char kind) throws IOException {
        return EngineTable.read(job.backend.store, kind).keySet();
    }

    private void stop(Task task) throws Exception {
        job.awaitRows(2);
        task.stop();
        assertEquals(JobState.STOPPED, job.end());
    }

    @Test
    void when_sourceAndSinkAreNoLongerThere_then_theirEntriesGoWithTheNextCheckpoint() throws Exception {
        stop(job.start());
        assertEquals(Set.of("in"), stored(EngineTable.SOURCE));
        assertEquals(Set.of("out"), stored(EngineTable.SINK));
        job.source = "other";
        job.sink = "elsewhere";
        stop(job.start());
        assertEquals(Set.of("other"), stored(EngineTable.SOURCE));
        assertEquals(Set.of("elsewhere"), stored(EngineTable.SINK));
        assertEquals(List.of("a,1", "b,1", "a,2", "b,2"), job.tables.committed);
    }

    @Test
    void when_aSourceThatIsGoneHasLeftFiles_then_theLogSaysWhereTheyAre() throws Exception {
        Task before = job.start();
        Path left = Files.createDirectories(before.folder().resolve("tables/readings").resolve(FileNames.of("in")).resolve("journal"));
        Files.write(left.resolve("1.log"), new byte[1000]);
        stop(before);
        job.source = "other";
        List<String> said = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing was opened
            }
        };
        Logger log = Logger.getLogger("creek.core.checkpoint");
        log.addHandler(listener);
        try {
            stop(job.start());
        } finally {
            log.removeHandler(listener);
        }
        assertTrue(said.stream().anyMatch(line -> line.contains("no longer has source in,") && line.contains(left.getParent() + ", 1000 bytes in 1 files")),
                said::toString);
    }

    @Test
    void when_aSinkThatIsGoneHasSomethingToCommit_then_theJobIsRefusedUnlessThatMayBeLost() throws Exception {
        job.tables.failingCommits.set(1000);
        job.start();
        job.awaitRows(2);
        job.checkpoint();
        job.crash();
        job.await(job::hasFailed);
        job.sink = "elsewhere";
        job.start();
        String message = assertThrows(StateFormException.class, job::end).getMessage();
        assertTrue(message.startsWith("checkpoint 1 has rows of sinks that the job no longer has and that may not be final yet: out. "), message);
        job.tables.failingCommits.set(0);
        job.sink = "out";
        stop(job.startAndAdd("c", "d"));
        assertEquals(List.of("a,1", "b,1", "c,1", "d,1"), job.tables.committed);
        job.sink = "elsewhere";
        stop(job.startAndAdd("e", "f"));
        assertEquals(job.expected(), job.tables.committed);
    }

    @Test
    void when_whatIsPendingMayBeLost_then_theJobGoesOnWithoutTheSink() throws Exception {
        job.tables.failingCommits.set(1000);
        job.start();
        job.awaitRows(2);
        job.checkpoint();
        job.crash();
        job.await(job::hasFailed);
        job.tables.failingCommits.set(0);
        job.sink = "elsewhere";
        job.settings.put("execution.state-recovery.ignore-unclaimed-state", "true");
        stop(job.startAndAdd("a", "b"));
        assertEquals(List.of("a,2", "b,2"), job.tables.committed);
        assertEquals(Set.of("elsewhere"), stored(EngineTable.SINK));
    }

    @Test
    void when_entriesOfSourcesOrSinksMakeNoSense_then_theStateIsDamaged() throws Exception {
        stop(job.start());
        for (byte[] bytes : HOSTILE) {
            put(EngineTable.SINK, "out", bytes);
            job.start();
            assertThrows(DamagedStateException.class, job::end, () -> "sink's entry of " + bytes.length + " bytes");
        }
        put(EngineTable.SINK, "out", new byte[] {0, 0, 0, 1, 0});
        for (byte[] bytes : HOSTILE) {
            put(EngineTable.SOURCE, "in", bytes);
            job.start();
            assertThrows(DamagedStateException.class, job::end, () -> "source's entry of " + bytes.length + " bytes");
        }
    }

    private void put(char kind, String id, byte[] bytes) throws IOException {
        EntryBuffer changes = new EntryBuffer();
        BinaryWriter value = new BinaryWriter();
        value.writeRaw(bytes, 0, bytes.length);
        EngineTable.put(changes, kind, id, value);
        StateStore.Checkpoint checkpoint = job.backend.store.begin(job.backend.store.lastCheckpoint() + 1);
        changes.drainTo(checkpoint);
        checkpoint.complete();
    }
}
