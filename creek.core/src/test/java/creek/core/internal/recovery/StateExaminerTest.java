package creek.core.internal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.task.FileNames;
import creek.core.job.StateReport;
import creek.core.job.StateReport.Part;
import creek.core.job.StateReport.Table;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateExaminerTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final StateExaminer examiner = new StateExaminer(new TestBackends());

    @Test
    void when_aSavepointIsLookedInto_then_itsPartsAreCounted() throws IOException {
        Path savepoint;
        try (JobStore store = open("a job")) {
            complete(store);
            savepoint = store.savepoint(folder.resolve("savepoints"));
        }
        StateReport report = examiner.inspect(savepoint).get(0);
        assertEquals("savepoint", report.kind());
        assertEquals("a job", report.job());
        assertEquals(3, report.checkpoint());
        assertEquals(Optional.of(TIME), report.time());
        assertEquals(List.of(new Table("group-1", "groups", 2, 18), new Table("unknown", "table 9", 1, 4)), report.tables());
        assertEquals(List.of(new Part("out", "1 to commit, of form 2, 4 bytes")), report.sinks());
        assertEquals(Files.size(savepoint), report.stored());
        assertEquals(5, report.entries());
        assertFalse(report.isDamaged());
    }

    @Test
    void when_aFolderOfJobsIsLookedInto_then_storesAndSnapshotsOfAllAreThere() throws IOException {
        for (String job : List.of("a", "B b")) {
            try (JobStore store = open(job)) {
                complete(store);
                store.checkpointCompleted();
            }
        }
        List<StateReport> reports = examiner.inspect(folder.resolve("jobs"));
        assertEquals(List.of("B b store 3", "B b snapshot 3", "a store 3", "a snapshot 3"),
                reports.stream().map(report -> report.job() + " " + report.kind() + " " + report.checkpoint()).toList());
        assertEquals(2, examiner.inspect(folder.resolve("jobs/a")).size());
    }

    @Test
    void when_somethingIsDamaged_then_theReportSaysSoAndTheOthersAreThere() throws IOException {
        try (JobStore store = open("a")) {
            complete(store);
            store.checkpointCompleted();
        }
        Path snapshot = folder.resolve("jobs/a/snapshots/checkpoint-3.creek");
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length - 50]++;
        Files.write(snapshot, bytes);
        List<StateReport> reports = examiner.inspect(folder.resolve("jobs"));
        assertFalse(reports.get(0).isDamaged());
        assertTrue(reports.get(1).isDamaged());
        Files.delete(folder.resolve("jobs/a/store-entries-1/checkpoint-3.creek"));
        assertTrue(examiner.inspect(folder.resolve("jobs")).get(0).isDamaged());
    }

    @Test
    void when_aStoreIsInUse_then_onlyItsSnapshotsAreLookedInto() throws IOException {
        try (JobStore store = open("a")) {
            complete(store);
            store.checkpointCompleted();
            List<StateReport> reports = examiner.inspect(folder.resolve("jobs/a"));
            assertTrue(reports.get(0).problem().orElseThrow().endsWith("is in use by another job or process"));
            assertFalse(reports.get(0).isDamaged());
            assertEquals(3, reports.get(1).checkpoint());
        }
    }

    @Test
    void when_thereIsNoState_then_thatIsSaid() {
        assertTrue(assertThrows(IOException.class, () -> examiner.inspect(folder)).getMessage().startsWith("there is no state in "));
        assertThrows(IOException.class, () -> examiner.inspect(folder.resolve("nothing")));
    }

    private JobStore open(String job) throws IOException {
        return new StateRecovery(job, folder.resolve("jobs").resolve(FileNames.of(job)), null, new TestBackends(),
                new StateSettings(Map.of("state.backend.type", "entries")), Clock.fixed(TIME, ZoneOffset.UTC)).open(null);
    }

    private static void complete(JobStore store) throws IOException {
        EntryBuffer buffer = new EntryBuffer();
        BinaryWriter value = new BinaryWriter();
        value.writeString("group-1");
        value.writeString("groups");
        EngineTable.put(buffer, EngineTable.TABLE, "7", value);
        value.reset();
        value.writeInt(2);
        value.writeVarInt(1);
        value.writeBytes(new byte[3], 0, 3);
        EngineTable.put(buffer, EngineTable.SINK, "out", value);
        StateStore.Checkpoint checkpoint = store.store().begin(3);
        buffer.drainTo(checkpoint);
        checkpoint.put(new byte[] {0, 7, 1, 5}, new byte[5]);
        checkpoint.put(new byte[] {0, 7, 1, 6}, new byte[5]);
        checkpoint.put(new byte[] {0, 9, 1, 6}, new byte[0]);
        checkpoint.complete();
    }
}
