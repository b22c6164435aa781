package creek.core.internal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.MissingServiceException;
import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotReader;
import creek.core.option.OptionException;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateRecoveryTest {
    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>(Map.of("state.backend.type", "entries"));
    private final Logger log = Logger.getLogger("creek.core.state");

    @BeforeEach
    void silenceLog() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void restoreLog() {
        log.setLevel(null);
    }

    @Test
    void when_aJobIsNew_then_itBeginsEmptyAndGoesOnLater() throws IOException {
        try (JobStore store = open()) {
            assertEquals(0, store.store().lastCheckpoint());
            assertTrue(store.isIncremental());
            complete(store, 1);
        }
        assertEquals(1, value());
    }

    @Test
    void when_aJobIsOpenTwice_then_theSecondIsRefused() throws IOException {
        try (JobStore store = open()) {
            assertTrue(assertThrows(IOException.class, this::open).getMessage().endsWith("is in use by another job or process"));
        }
    }

    @Test
    void when_checkpointsComplete_then_theFirstSnapshotsComeEarlyAndTheLastTwoAreKept() throws IOException {
        settings.put("state.snapshot.every", "10");
        run(1, 8);
        assertEquals(List.of("checkpoint-4.creek", "checkpoint-8.creek"), snapshots());
        run(9, 40);
        assertEquals(List.of("checkpoint-26.creek", "checkpoint-36.creek"), snapshots());
        try (SnapshotReader reader = new SnapshotReader(folder.resolve("job/snapshots/checkpoint-36.creek"))) {
            assertTrue(reader.next());
            assertEquals(36, reader.value()[0]);
            assertFalse(reader.next());
        }
    }

    @Test
    void when_theLimitLeavesNoRoomForASnapshot_then_itIsLeftOutAndTheJobGoesOn() throws IOException {
        settings.put("state.disk.limit", "450");
        settings.put("state.snapshot.every", "1");
        settings.put("state.backend.entries.retained-checkpoints", "1");
        run(1, 20);
        assertEquals(20, value());
        assertEquals(List.of("checkpoint-1.creek"), snapshots());
        settings.put("state.disk.limit", "100");
        try (JobStore store = open()) {
            assertThrows(IOException.class, () -> complete(store, 21), "the backend heeds the limit, too");
        }
    }

    @Test
    void when_theBackendsCheckpointsAreSnapshots_then_thereAreNoOthers() throws IOException {
        settings.put("state.backend.type", "heap");
        run(1, 3);
        assertEquals(List.of(), snapshots());
    }

    @Test
    void when_aStoreIsDamaged_then_theJobIsRefusedAndNothingChanged() throws IOException {
        run(1, 5);
        damageStore(5);
        List<String> before = files();
        String message = assertThrows(DamagedStateException.class, this::open).getMessage();
        assertTrue(message.startsWith("the state of job a job can't be trusted: "), message);
        assertTrue(message.contains("It could go back to "), message);
        assertTrue(message.contains("checkpoint-4.creek, checkpoint 4 of 2026-01-02T03:04:05Z"), message);
        assertTrue(message.contains("set 'state.on-corruption' = 'fall-back'"), message);
        assertEquals(before, files());
    }

    @Test
    void when_fallingBackIsAllowed_then_theNewestGoodSnapshotIsTakenAndTheStoreSetAside() throws IOException {
        run(1, 5);
        damageStore(5);
        settings.put("state.on-corruption", "fall-back");
        try (JobStore store = open()) {
            assertEquals(4, value(store));
            assertEquals(6, store.store().lastCheckpoint(), "no number comes twice");
            complete(store, 7);
        }
        settings.remove("state.on-corruption");
        assertEquals(7, value());
        assertTrue(files().contains("store-entries-1.damaged-20260102-030405"), files().toString());
    }

    @Test
    void when_theNewestSnapshotIsDamagedToo_then_theOneBeforeIsTaken() throws IOException {
        run(1, 5);
        damageStore(5);
        damage(folder.resolve("job/snapshots/checkpoint-4.creek"));
        damage(folder.resolve("job/store-entries-1/checkpoint-4.creek"));
        settings.put("state.on-corruption", "fall-back");
        assertEquals(2, value());
        assertEquals(2, value());
    }

    @Test
    void when_nothingGoodIsLeft_then_theJobIsRefusedWhateverTheSettings() throws IOException {
        run(1, 1);
        damageStore(1);
        damage(folder.resolve("job/snapshots/checkpoint-1.creek"));
        settings.put("state.on-corruption", "fall-back");
        String message = assertThrows(DamagedStateException.class, this::open).getMessage();
        assertTrue(message.contains("There is no good snapshot to go back to. To start afresh or from a savepoint, move "), message);
        assertThrows(DamagedStateException.class, this::open);
    }

    @Test
    void when_aRunHasFoundDamage_then_theStoreIsNotTrustedThoughItOpens() throws IOException {
        run(1, 5);
        settings.put("state.on-corruption", "fall-back");
        try (JobStore store = recovery().open(new DamagedStateException("an entry is damaged"))) {
            assertEquals(5, value(store), "the last checkpoint of this backend is a good snapshot");
        }
    }

    @Test
    void when_theStoreIsGone_then_thatIsNoticed() throws IOException {
        run(1, 5);
        Files.move(folder.resolve("job/store-entries-1"), folder.resolve("elsewhere"));
        String message = assertThrows(DamagedStateException.class, this::open).getMessage();
        assertTrue(message.contains("has no checkpoint, but checkpoint 5 was complete"), message);
    }

    @Test
    void when_aStoreComesBackWithAnEarlierCheckpoint_then_thatIsNoticed() throws IOException {
        run(1, 2);
        copy(folder.resolve("job/store-entries-1"), folder.resolve("old"));
        run(3, 4);
        for (String each : List.of("checkpoint-3.creek", "checkpoint-4.creek")) {
            Files.delete(folder.resolve("job/store-entries-1").resolve(each));
        }
        copy(folder.resolve("old"), folder.resolve("job/store-entries-1"));
        String message = assertThrows(DamagedStateException.class, this::open).getMessage();
        assertTrue(message.contains("has come back with checkpoint 2, but checkpoint 4 was complete"), message);
    }

    @Test
    void when_theRecordOfTheStoreIsLost_then_theJobDoesNotBeginAfresh() throws IOException {
        run(1, 2);
        Files.delete(folder.resolve("job/current-a"));
        assertEquals(2, value());
        Files.delete(folder.resolve("job/current-a"));
        Files.delete(folder.resolve("job/current-b"));
        String message = assertThrows(DamagedStateException.class, this::open).getMessage();
        assertTrue(message.contains("the files 'current-a' and '-b' are missing"), message);
        settings.put("state.on-corruption", "fall-back");
        assertEquals(2, value());
    }

    @Test
    void when_theRecordOfTheStoreIsDamaged_then_aSnapshotIsFoundWithoutIt() throws IOException {
        run(1, 2);
        damage(folder.resolve("job/current-a"));
        damage(folder.resolve("job/current-b"));
        assertThrows(DamagedStateException.class, this::open);
        settings.put("state.on-corruption", "fall-back");
        assertEquals(2, value());
        settings.remove("state.on-corruption");
        assertEquals(2, value());
    }

    @Test
    void when_theBackendChanges_then_theStateMoves() throws IOException {
        run(1, 3);
        settings.put("state.backend.type", "heap");
        try (JobStore store = open()) {
            assertEquals(3, store.store().lastCheckpoint());
            assertEquals(3, value(store));
            assertFalse(store.isIncremental());
        }
        assertEquals(List.of("lock", "current-a", "current-b", "snapshots", "store-heap-2"), files());
        settings.put("state.backend.type", "entries");
        assertEquals(3, value());
    }

    @Test
    void when_aMoveWasCutOff_then_theOldStoreIsStillTheOne() throws IOException {
        run(1, 3);
        Files.createDirectories(folder.resolve("job/store-heap-2"));
        Files.createFile(folder.resolve("job/store-heap-2/checkpoint-3.creek"));
        assertEquals(3, value());
        assertFalse(files().contains("store-heap-2"));
    }

    @Test
    void when_aBackendIsMissing_then_theJobWaits() throws IOException {
        settings.put("state.backend.type", "xodus");
        assertEquals("setting 'state.backend.type': there is no state backend 'xodus'; there are entries, heap",
                assertThrows(MissingServiceException.class, this::open).getMessage());
    }

    @Test
    void when_aBackendHasNoSuchOption_then_thatIsSaid() {
        settings.put("state.backend.entries.retaind-checkpoints", "3");
        assertThrows(OptionException.class, this::open);
    }

    @Test
    void when_aSavepointIsTaken_then_anotherJobStartsFromItOnce() throws IOException {
        Path savepoint;
        try (JobStore store = open()) {
            assertEquals("job a job has no state yet to take a savepoint of",
                    assertThrows(IOException.class, () -> store.savepoint(folder)).getMessage());
            complete(store, 1);
            savepoint = store.savepoint(folder.resolve("savepoints"));
            assertEquals("savepoint-a%20job-1.creek", savepoint.getFileName().toString());
            assertEquals("savepoint-a%20job-1-2.creek", store.savepoint(folder.resolve("savepoints")).getFileName().toString());
            complete(store, 2);
        }
        settings.put("execution.state-recovery.path", "savepoints/savepoint-a%20job-1.creek");
        assertEquals(2, value(), "a job with state of its own goes on with that");
        settings.put("state.recovery.replace", "true");
        assertEquals(1, value());
        try (JobStore store = open()) {
            assertEquals(1, value(store));
            complete(store, 9);
        }
        assertEquals(9, value(), "the savepoint is not taken again");
        assertTrue(files().contains("store-entries-1.replaced-20260102-030405"), files().toString());
        damage(savepoint);
        Files.move(folder.resolve("job"), folder.resolve("job-before"));
        assertThrows(DamagedStateException.class, this::open);
        Files.delete(savepoint);
        assertTrue(assertThrows(IOException.class, this::open).getMessage().startsWith("there is no savepoint "));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void when_stateIsWritten_then_onlyItsOwnerMayReadIt() throws IOException {
        try (JobStore store = open()) {
            complete(store, 1);
            Files.createSymbolicLink(folder.resolve("savepoint-a%20job-1.creek.part"), folder.resolve("elsewhere"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store.savepoint(folder))));
        }
        assertFalse(Files.exists(folder.resolve("elsewhere")), "a link that lies in the way is not followed");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("job"))));
    }

    @Test
    void when_theStateWasReplaced_then_theJobDoesNotGoBackToWhatWasBefore() throws IOException {
        run(1, 5);
        try (JobStore store = open()) {
            store.savepoint(folder);
        }
        run(6, 9);
        settings.put("execution.state-recovery.path", "savepoint-a%20job-5.creek");
        settings.put("state.recovery.replace", "true");
        assertEquals(5, value());
        assertEquals(0, snapshots().stream().filter(name -> name.endsWith(".creek")).count());
        damageStore(10);
        settings.put("state.on-corruption", "fall-back");
        assertThrows(DamagedStateException.class, this::open);
    }

    @Test
    void when_aJobIsToBeginAfresh_then_itsStateIsKeptAsideAndThatHappensOnce() throws IOException {
        run(1, 3);
        settings.put("state.recovery.fresh", "1");
        try (JobStore store = open()) {
            assertEquals(0, store.store().lastCheckpoint());
            complete(store, 1);
            complete(store, 2);
        }
        assertEquals(2, value(), "a restart of the same run goes on");
        assertTrue(files().contains("replaced-20260102-030405"), files().toString());
        assertEquals(List.of("current-a", "current-b", "snapshots", "store-entries-1"), list(folder.resolve("job/replaced-20260102-030405")));
        settings.remove("state.recovery.fresh");
        assertEquals(2, value());
        for (String copy : List.of("a", "b")) {
            damage(folder.resolve("job/current-" + copy));
        }
        settings.put("state.recovery.fresh", "2");
        try (JobStore store = open()) {
            assertEquals(0, store.store().lastCheckpoint());
        }
        assertTrue(files().contains("replaced-20260102-030405-2"), files().toString());
    }

    @Test
    void when_aSnapshotFindsTheStoreToBeDamaged_then_theNextCheckpointSaysSo() throws Exception {
        StateStore.View damaged = new StateStore.View() {
            @Override
            public void scan(StateStore.Visitor visitor) throws IOException {
                throw new DamagedStateException("page 7 was changed");
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        try (JobStore store = open(); SecondLine line = new SecondLine("a job", store.store(), new SnapshotFolder(folder.resolve("line")), Clock.systemUTC())) {
            Files.createDirectory(folder.resolve("line"));
            line.checkDamage();
            line.write(damaged, 1, bytes -> { });
            while (line.isBeingWritten()) {
                Thread.onSpinWait();
            }
            assertEquals("page 7 was changed", assertThrows(DamagedStateException.class, line::checkDamage).getMessage());
        }
    }

    private StateRecovery recovery() {
        String savepoint = settings.get("execution.state-recovery.path");
        return new StateRecovery("a job", folder.resolve("job"), savepoint == null ? null : folder.resolve(savepoint), new TestBackends(),
                new StateSettings(settings), Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    }

    private JobStore open() throws IOException {
        return recovery().open(null);
    }

    private void run(int first, int last) throws IOException {
        try (JobStore store = open()) {
            for (int i = first; i <= last; i++) {
                complete(store, i);
            }
        }
    }

    private static void complete(JobStore store, int number) throws IOException {
        StateStore.Checkpoint checkpoint = store.store().begin(number);
        checkpoint.put(new byte[] {1}, new byte[] {(byte) number});
        checkpoint.complete();
        store.checkpointCompleted();
    }

    private int value() throws IOException {
        try (JobStore store = open()) {
            return value(store);
        }
    }

    private static int value(JobStore store) throws IOException {
        return store.store().get(new byte[] {1})[0];
    }

    private void damageStore(long checkpoint) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("job"))) {
            damage(files.filter(file -> file.endsWith("checkpoint-" + checkpoint + ".creek")
                    && file.getParent().getFileName().toString().matches("store-entries-\\d")).findFirst().orElseThrow());
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private List<String> snapshots() throws IOException {
        return list(folder.resolve("job/snapshots"));
    }

    private List<String> files() throws IOException {
        return list(folder.resolve("job"));
    }

    private static List<String> list(Path in) throws IOException {
        if (!Files.exists(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder())).toList();
        }
    }
}
