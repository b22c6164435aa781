package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every sink does. A connector's test extends this and says what has arrived outside. */
public abstract class SinkContract extends ConnectorContract {
    private static final int ROWS = 200;

    private int made;

    /** The records that are final outside, in any order, in the form that {@link TestSink}'s format gives them: {@code row-7,site,7}. */
    protected abstract List<String> arrived() throws Exception;

    /** Whether, with checkpoints, each row arrives once; otherwise those since the last checkpoint may come twice after a crash. */
    protected boolean isExactlyOnce() {
        return true;
    }

    /** Whether jobs without checkpoints are refused with these options. */
    protected boolean needsCheckpoints() {
        return false;
    }

    /**
     * Whether a writer that nobody calls any more keeps quiet, as one of a killed process does. One whose threads go on for a while, connecting, say, gets
     * into the way of the next one, as no dead one could: it is to be tested with processes.
     */
    protected boolean isQuietWhenLeft() {
        return true;
    }

    /** Has the outside answer nobody until the test is over; false if that can't be had. */
    protected boolean stall() throws Exception {
        return false;
    }

    @Override
    protected Schema schema() {
        return new TestSink(folder).schema();
    }

    /** A row of the schema, another one for each number. */
    protected Row row(int number) {
        return TestSink.row("row-" + number, "site", number);
    }

    private TestSink table() {
        return new TestSink(folder, options()).withSchema(schema());
    }

    private SinkRun run() throws Exception {
        SinkRun run = new SinkRun(table().withCheckpoints());
        run.start(connector());
        return run;
    }

    private void write(SinkRun run, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            run.write(row(made++));
        }
    }

    private List<String> texts(List<Row> rows) {
        TestSink table = table();
        List<Integer> columns = IntStream.range(0, table.schema().size()).boxed().toList();
        return rows.stream().map(row -> {
            BinaryWriter output = new BinaryWriter();
            table.createEncoder(columns).encode(row, output);
            return new String(output.toBytes(), StandardCharsets.UTF_8);
        }).toList();
    }

    private static List<String> sorted(List<String> texts) {
        List<String> sorted = new ArrayList<>(texts);
        Collections.sort(sorted);
        return sorted;
    }

    private void assertArrivedExactly(List<Row> rows) throws Exception {
        assertEquals(sorted(texts(rows)), sorted(arrived()));
    }

    /** All of the rows are there; where it can be had, each once. */
    private void assertArrived(List<Row> rows) throws Exception {
        if (isExactlyOnce()) {
            assertArrivedExactly(rows);
        } else {
            HashSet<String> arrived = new HashSet<>(arrived());
            assertEquals(List.of(), texts(rows).stream().filter(text -> !arrived.contains(text)).toList(), "rows are lost");
        }
    }

    /** Nothing that is not final may look as if it were, nor may anything that was be missing. */
    private void assertNothingEarly(SinkRun run, List<Row> mayHaveArrived) throws Exception {
        if (isExactlyOnce()) {
            List<String> early = new ArrayList<>(arrived());
            texts(mayHaveArrived).forEach(early::remove);
            assertEquals(List.of(), early, "rows are final too early, or twice");
        }
    }

    @Test
    void when_aJobWithoutCheckpointsEnds_then_allRowsHaveArrivedOnce() throws Exception {
        assumeFalse(needsCheckpoints(), "needs checkpoints");
        TestSink table = table();
        List<Row> rows = new ArrayList<>();
        try (SinkWriter writer = connector().createWriter(table)) {
            writer.open();
            for (int i = 0; i < ROWS; i++) {
                awaitReady(writer);
                writer.write(row(i));
                rows.add(row(i));
                if (i % 37 == 0) {
                    writer.flush();
                }
            }
            writer.finish();
        }
        assertArrivedExactly(rows);
    }

    private static void awaitReady(SinkWriter writer) throws Exception {
        while (!writer.isReady()) {
            writer.flush();
            Thread.sleep(1);
        }
    }

    @Test
    void when_aJobWithoutCheckpointsIsSwitched_then_allRowsHaveArrivedOnce() throws Exception {
        assumeFalse(needsCheckpoints(), "needs checkpoints");
        List<Row> rows = new ArrayList<>();
        OtherVersions versions = new OtherVersions(connector());
        for (int i = 0; i < 5; i++) {
            try (SinkWriter writer = versions.next().createWriter(table())) {
                writer.open();
                for (int j = 0; j < 20; j++) {
                    awaitReady(writer);
                    Row row = row(20 * i + j);
                    writer.write(row);
                    rows.add(row);
                }
                writer.finish();
            }
        }
        assertArrivedExactly(rows);
        versions.assertGone();
    }

    @Test
    void when_aWriterIsClosedWithoutFinish_then_nothingIsThereTwice() throws Exception {
        assumeFalse(needsCheckpoints(), "needs checkpoints");
        connector().createWriter(table()).close();
        List<Row> rows = new ArrayList<>();
        for (int count : new int[] {0, 1, ROWS}) {
            try (SinkWriter writer = connector().createWriter(table())) {
                writer.open();
                for (int i = 0; i < count; i++) {
                    awaitReady(writer);
                    Row row = row(made++);
                    writer.write(row);
                    rows.add(row);
                }
            }
        }
        List<String> strange = new ArrayList<>(arrived());
        texts(rows).forEach(strange::remove);
        assertEquals(List.of(), strange);
    }

    @Test
    void when_aJobWithCheckpointsEnds_then_allRowsHaveArrivedOnce() throws Exception {
        try (SinkRun run = run()) {
            for (int i = 0; i < 5; i++) {
                write(run, ROWS / 5);
                run.flush();
                run.checkpoint();
            }
            write(run, 3);
            run.finish();
            assertArrivedExactly(run.rows());
        }
    }

    @Test
    void when_aProcessIsKilledBetweenAnyTwoStepsOfACheckpoint_then_whatACompleteOneHasArrives() throws Exception {
        assumeTrue(isQuietWhenLeft(), "can't be killed without its process");
        for (int step = 0; step <= 5; step++) {
            List<Row> before = new ArrayList<>();
            try (SinkRun run = run()) {
                write(run, 20);
                run.checkpoint();
                write(run, 20);
                killAfter(run, step);
                run.crash(connector());
                assertNothingEarly(run, all(earlier, run.completeRows()));
                write(run, 20);
                run.finish();
                before.addAll(run.rows());
            }
            earlier.addAll(before);
            assertArrived(earlier);
        }
    }

    /** Rows of runs of this test that have ended. */
    private final List<Row> earlier = new ArrayList<>();

    private static List<Row> all(List<Row> some, List<Row> others) {
        List<Row> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static void killAfter(SinkRun run, int step) throws Exception {
        if (step > 0) {
            run.begin();
        }
        if (step > 1) {
            run.prepare();
        }
        if (step > 2) {
            run.complete();
        }
        if (step > 3) {
            run.commit();
        }
        if (step > 4) {
            run.forget();
        }
    }

    @Test
    void when_checkpointsFail_then_theNextOneCommitsTheirRows() throws Exception {
        try (SinkRun run = run()) {
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                write(run, random.nextInt(10));
                if (random.nextBoolean()) {
                    run.begin();
                    if (random.nextBoolean()) {
                        run.prepare();
                    }
                } else {
                    run.checkpoint();
                }
                assertNothingEarly(run, run.completeRows());
            }
            run.finish();
            assertArrivedExactly(run.rows());
        }
    }

    @Test
    void when_aCommitIsRepeated_then_thatDoesNoHarm() throws Exception {
        try (SinkRun run = run()) {
            write(run, 10);
            run.begin();
            run.prepare();
            run.complete();
            run.commit();
            run.commit();
            run.crash(connector());
            run.crash(connector());
            assertArrived(run.completeRows());
            run.finish();
            assertArrived(run.rows());
        }
    }

    @Test
    void when_anotherVersionTakesOver_then_nothingIsLostOrTwiceAndNoneOfThemIsHeld() throws Exception {
        OtherVersions versions = new OtherVersions(connector());
        try (SinkRun run = run()) {
            Random random = new Random(2);
            for (int i = 0; i < 12; i++) {
                write(run, random.nextInt(12));
                switch (random.nextInt(3)) {
                    case 0 -> run.checkpoint();
                    case 1 -> run.begin();
                    default -> { }
                }
                write(run, random.nextInt(12));
                run.prepareInVain(versions.next());
                run.switchTo(versions.next(), random.nextBoolean());
                assertNothingEarly(run, run.rows());
            }
            run.switchTo(connector(), true);
            write(run, 5);
            run.finish();
            assertArrivedExactly(run.rows());
        }
        versions.assertGone();
    }

    @Test
    void when_theProcessIsKilledAroundATakeOver_then_nothingIsLostOrTwice() throws Exception {
        assumeTrue(isQuietWhenLeft(), "can't be killed without its process");
        try (SinkRun run = run()) {
            Random random = new Random(3);
            for (int i = 0; i < 20; i++) {
                write(run, random.nextInt(12));
                if (random.nextBoolean()) {
                    run.checkpoint();
                }
                write(run, random.nextInt(12));
                run.switchTo(connector(), random.nextBoolean());
                write(run, random.nextInt(3));
                killAfter(run, random.nextInt(6));
                run.crash(connector());
                assertNothingEarly(run, run.completeRows());
            }
            run.finish();
            assertArrived(run.rows());
        }
    }

    @Test
    void when_commitsAreOfAFormThatIsNotKnown_then_theyAreRefused() throws Exception {
        try (SinkRun run = run()) {
            write(run, 10);
            run.begin();
            run.prepare();
            run.complete();
            assumeTrue(run.durable().size() == 1 && run.durable().get(0).length > 0, "a crash leaves nothing to commit");
            int unknown = run.version() + 1000;
            try (SinkWriter writer = connector().createWriter(run.table())) {
                assertFalse(writer.canTakeOver(unknown));
                assertThrows(Exception.class, () -> writer.restore(unknown, List.of(new BinaryReader(run.durable().get(0)))));
            }
        }
    }

    @Test
    void when_commitsAreDamaged_then_theyAreRefusedOrHarmless() throws Exception {
        try (SinkRun run = run()) {
            write(run, 10);
            run.begin();
            run.prepare();
            run.complete();
            assumeTrue(run.durable().size() == 1 && run.durable().get(0).length > 0, "a crash leaves nothing to commit");
            byte[] unit = run.durable().get(0);
            for (int length = 0; length < unit.length; length += 1 + unit.length / 20) {
                byte[] damaged = Arrays.copyOf(unit, length);
                try (SinkWriter writer = connector().createWriter(run.table())) {
                    Exception refusal = assertThrows(Exception.class, () -> writer.restore(run.version(), List.of(new BinaryReader(damaged))));
                    assertTrue(refusal.getMessage() != null && !(refusal instanceof RuntimeException), refusal::toString);
                }
            }
        }
    }

    @Test
    void when_theOutsideDoesNotAnswer_then_theJobsThreadIsNotHeldUp() throws Exception {
        assumeTrue(stall(), "can't be had");
        TestSink table = needsCheckpoints() ? table().withCheckpoints() : table();
        try (SinkWriter writer = connector().createWriter(table)) {
            Promptly.call("open", () -> {
                writer.open();
                return null;
            });
            for (int i = 0; i < 10 * ROWS && writer.isReady(); i++) {
                Row row = row(i);
                Promptly.call("write", () -> {
                    writer.write(row);
                    return null;
                });
            }
            Promptly.call("flush", () -> {
                writer.flush();
                return null;
            });
        }
    }
}
