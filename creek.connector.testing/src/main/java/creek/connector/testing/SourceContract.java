package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import creek.core.connector.Connector;
import creek.core.connector.PositionException;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every source does. A connector's test extends this and says how records get where a reader finds them. */
public abstract class SourceContract extends ConnectorContract {
    /**
     * Puts records, some dozens or more, where a reader of the table finds them, and answers them as {@link TestSource#records} has them. Called once
     * before a reader of a bounded table is made; of others, further times while it reads.
     */
    protected abstract List<String> provide() throws Exception;

    /** The columns that a connector without format makes; none for others. */
    @Override
    protected Schema schema() {
        return Schema.empty();
    }

    /** Whether records come in the order in which they were provided. */
    protected boolean isInOrder() {
        return true;
    }

    /** A table of the options, of a job with checkpoints. */
    protected final TestSource table() {
        return new TestSource(folder, options()).withSchema(schema()).withCheckpoints();
    }

    private SourceRun run() throws Exception {
        return new SourceRun(table(), connector(), provide());
    }

    private SourceRun runWithPositions() throws Exception {
        SourceRun run = run();
        assumeTrue(run.reader().hasPosition(), "has no positions");
        return run;
    }

    private boolean isBounded() {
        TestSource table = table();
        return connector().isBounded(table.options());
    }

    /** Reads the rest, of an unbounded table also what is put there now, so that what comes twice is seen. */
    private void finish(SourceRun run) throws Exception {
        if (!isBounded()) {
            run.readTo(run.expected());
            run.expect(provide());
        }
        run.readTo(run.expected());
        if (isBounded()) {
            run.readEnd();
        }
        assertRecords(run.provided(), run.records());
        run.close();
    }

    private void assertRecords(List<String> expected, List<String> actual) {
        assertEquals(isInOrder() ? expected : sorted(expected), isInOrder() ? actual : sorted(actual));
    }

    private static List<String> sorted(List<String> records) {
        List<String> sorted = new ArrayList<>(records);
        Collections.sort(sorted);
        return sorted;
    }

    @Test
    void when_theOutputIsFullAfterAnyNumberOfRecords_then_readingStopsThereAndGoesOn() throws Exception {
        SourceRun run = run();
        run.open();
        Random random = new Random(1);
        while (run.records().size() < run.expected() / 2) {
            run.read(1 + random.nextInt(5));
        }
        finish(run);
    }

    @Test
    void when_aReaderIsClosedAtAnyMoment_then_thatIsFine() throws Exception {
        List<String> provided = provide();
        connector().createReader(table()).close();
        for (int records : new int[] {0, 1, provided.size() / 2}) {
            SourceRun run = new SourceRun(table(), connector(), provided);
            run.open();
            assertNotNull(run.reader().currentLocation());
            run.readTo(records);
            run.close();
            if (!run.reader().hasPosition()) {
                // What it was given can't be had again.
                return;
            }
        }
    }

    @Test
    void when_theFormatRefusesARecord_then_theReaderSaysWhereItStandsAndCloses() throws Exception {
        SourceRun run = run();
        run.open();
        run.readTo(1);
        Exception problem = new IOException("not a record");
        run.table().failWith(problem);
        assertSame(problem, assertThrows(IOException.class, () -> run.readTo(run.expected())));
        assertNotNull(run.reader().location());
        assertFalse(run.reader().location().isBlank());
        run.close();
    }

    @Test
    void when_aNewReaderGoesOnFromAPosition_then_nothingIsLostNorComesTwice() throws Exception {
        SourceRun run = runWithPositions();
        Random random = new Random(2);
        run.open();
        while (run.records().size() < run.expected()) {
            run.readTo(Math.min(run.expected(), run.records().size() + 1 + random.nextInt(9)));
            if (random.nextBoolean()) {
                run.checkpoint(random.nextBoolean());
            }
            run.switchTo(connector());
        }
        finish(run);
    }

    @Test
    void when_versionsOfOtherClassLoadersTakeTurns_then_nothingIsLostAndNoneOfThemIsHeld() throws Exception {
        SourceRun run = runWithPositions();
        OtherVersions versions = new OtherVersions(connector());
        run.open();
        int step = Math.max(1, run.expected() / 10);
        for (int next = step; next <= run.expected(); next += step) {
            run.handOverTo(versions.next(), next);
        }
        if (!isBounded()) {
            run.expect(provide());
            run.readTo(run.records().size() + 1);
        }
        run.switchTo(connector());
        finish(run);
        versions.assertGone();
    }

    @Test
    void when_aReaderIsMadeBesideTheOneThatReads_then_thatOneIsNotDisturbed() throws Exception {
        SourceRun run = runWithPositions();
        run.open();
        run.readTo(run.expected() / 2);
        byte[] position = run.table().position();
        SourceReader probe = connector().createReader(run.table());
        probe.restorePosition(run.reader().positionVersion(), new BinaryReader(position));
        probe.close();
        finish(run);
    }

    @Test
    void when_aReaderPreparesToTakeOverAndIsNotUsed_then_theOneThatReadsIsNotDisturbed() throws Exception {
        SourceRun run = runWithPositions();
        run.open();
        int third = run.expected() / 3;
        run.readTo(third);
        run.prepared(connector(), run.table().position(), third).close();
        run.readTo(third + 1);
        run.prepared(connector(), run.table().position(), 2 * third).close();
        finish(run);
    }

    @Test
    void when_aPositionIsWrittenTwice_then_bothAreTheSamePlace() throws Exception {
        SourceRun run = runWithPositions();
        run.open();
        run.readTo(run.expected() / 3);
        byte[] first = run.table().position();
        run.table().position();
        int place = run.records().size();
        run.switchTo(connector(), first);
        run.readTo(place + 1);
        finish(run);
    }

    @Test
    void when_aPositionIsOfAFormThatIsNotKnown_then_itIsRefused() throws Exception {
        SourceRun run = runWithPositions();
        run.open();
        run.readTo(1);
        byte[] position = run.table().position();
        int unknown = run.reader().positionVersion() + 1000;
        try (SourceReader reader = connector().createReader(table())) {
            assertThrows(PositionException.class, () -> reader.restorePosition(unknown, new BinaryReader(position)));
        }
        run.close();
    }

    @Test
    void when_aPositionIsDamaged_then_itIsRefusedInWords() throws Exception {
        SourceRun run = runWithPositions();
        run.open();
        run.readTo(run.expected() / 2);
        byte[] position = run.table().position();
        int version = run.reader().positionVersion();
        run.close();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(position, random.nextInt(position.length)) : position.clone();
            for (int flips = i % 2 == 0 ? 0 : 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (SourceReader reader = connector().createReader(table())) {
                reader.restorePosition(version, new BinaryReader(damaged));
            } catch (IOException e) {
                assertNotNull(e.getMessage());
            }
        }
    }
}
