package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.ChangelogMode;
import creek.core.connector.FixedRegistry;
import creek.core.connector.LookedUpConnector;
import creek.core.connector.LookupOptions;
import creek.core.connector.TableOptions;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.Input;
import creek.core.operator.TableReader.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeTableTest {
    private final TestClock clock = new TestClock();
    private final List<Long> rows = new ArrayList<>();
    private final Input intake = new Input() {
        @Override
        public void process(Row row) {
            rows.add(row.getLong(0));
        }

        @Override
        public void watermark(long watermark) {
            throw new AssertionError("the driver of a looked-up table passes on no watermarks");
        }
    };
    private Optional<String> version = Optional.of("1");

    private WholeTable table(String... options) {
        Map<String, String> texts = new HashMap<>(Map.of("connector", "kept", "lookup.full-cache.check-interval", "10 s"));
        for (int i = 0; i < options.length; i += 2) {
            texts.put(options[i], options[i + 1]);
        }
        LookupOptions lookup = TableOptions.of(texts, Schema.empty(), List.of(),
                new FixedRegistry(Map.of("kept", new LookedUpConnector(true, ChangelogMode.INSERT_ONLY)), Map.of())).requireLookup();
        OperatorRuntime context = new OperatorRuntime(new Schedule(1), 0, "lookup", new JobSettings(Map.of()), clock, null, null, null);
        return new WholeTable(to -> {
            SourceWatermarks time = new SourceWatermarks(null, context, true, 0, to);
            return new SourceDriver("lookup", "t", time, new RecordReceiver("t", new SequenceReader(3), null, null, 1, 0, context, time, to), false);
        }, () -> version, lookup, clock);
    }

    private void load(WholeTable table) throws Exception {
        rows.clear();
        table.restart(intake);
        for (Progress progress = table.read(); progress != Progress.DONE; progress = table.read()) {
            assertEquals(Progress.MORE, progress);
        }
        assertEquals(List.of(0L, 1L, 2L), rows);
    }

    private boolean isOutdatedAfter(WholeTable table, int seconds) throws Exception {
        clock.advance(Duration.ofSeconds(seconds));
        return table.isOutdated();
    }

    @Test
    void when_itHasChanged_then_itIsReadAgainAtTheNextLook() throws Exception {
        WholeTable table = table();
        load(table);
        assertEquals(10_000, table.nextLook());
        assertFalse(isOutdatedAfter(table, 10));
        version = Optional.of("2");
        assertFalse(isOutdatedAfter(table, 9));
        assertTrue(isOutdatedAfter(table, 1));
        load(table);
        assertFalse(isOutdatedAfter(table, 10));
        table.close();
    }

    @Test
    void when_anIntervalIsSet_then_itIsReadAgainThoughItHasNotChanged() throws Exception {
        WholeTable table = table("lookup.full-cache.periodic-reload.interval", "15 s");
        load(table);
        assertFalse(isOutdatedAfter(table, 10));
        assertEquals(15_000, table.nextLook());
        assertTrue(isOutdatedAfter(table, 5));
        table.close();
    }

    @Test
    void when_itIsAway_then_itStaysAsItWasUntilItIsBack() throws Exception {
        WholeTable table = table("lookup.full-cache.periodic-reload.interval", "15 s");
        load(table);
        version = Optional.empty();
        assertFalse(isOutdatedAfter(table, 10));
        assertFalse(isOutdatedAfter(table, 10));
        assertEquals(30_000, table.nextLook());
        version = Optional.of("1");
        assertTrue(isOutdatedAfter(table, 10));
        table.close();
    }
}
