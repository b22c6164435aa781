package creek.core.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.option.OptionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableOptionsTest {
    private static final Schema SCHEMA = Schema.empty().with("a", DataType.bigint());

    private final ConnectorRegistry registry = new FixedRegistry(
            Map.of("memory", new MemoryConnector(true), "formatless", new MemoryConnector(false)), Map.of("pair", new PairFormat()));

    @Test
    void when_allIsRight_then_eachGetsItsOptions() {
        TableOptions options = options("connector", "memory", "name", "t", "format", "pair", "pair.strict", "false",
                "scan.watermark.emit.strategy", "on-periodic", "scan.watermark.idle-timeout", "5 s", "scan.parallelism", "4");
        assertEquals("memory", options.connectorName());
        assertEquals(Map.of("connector", "memory", "format", "pair", "name", "t"), options.connectorOptions().toMap());
        assertEquals(List.of("pair"), options.formatNames());
        assertEquals(Map.of("strict", "false"), options.formatOptions().toMap());
        assertEquals(WatermarkEmission.ON_PERIODIC, options.watermarkEmission());
        assertEquals(Optional.of(Duration.ofSeconds(5)), options.idleTimeout());
    }

    @Test
    void when_engineOptionsAreLeftOut_then_watermarksAreOnEventAndNothingIsIdle() {
        TableOptions options = options("connector", "memory", "name", "t");
        assertEquals(WatermarkEmission.ON_EVENT, options.watermarkEmission());
        assertEquals(Optional.empty(), options.idleTimeout());
        assertEquals(Optional.empty(), options.format());
    }

    @Test
    void when_connectorIsLeftOut_then_knownOnesAreListed() {
        refused("option 'connector' is missing; known connectors are formatless, memory", "connector", "name", "t");
    }

    @Test
    void when_formatIsUnknown_then_knownOnesAreListed() {
        refused("format 'xml' is not there; known formats are pair", "format", "connector", "memory", "name", "t", "format", "xml");
    }

    @Test
    void when_connectorTakesNoFormat_then_formatIsRefused() {
        refused("connector 'formatless' takes no 'format'", "format", "connector", "formatless", "name", "t", "format", "pair");
    }

    @Test
    void when_optionIsUnknown_then_knownOnesAreListed() {
        refused("connector 'memory' with format 'pair' has no option 'pair.strikt'; did you mean 'pair.strict'? it has connector, "
                + "decode.dead-letter-table, decode.on-error, format, name, pair.strict, scan.parallelism, scan.watermark.alignment.group, scan.watermark.alignment.max-drift, scan.watermark.alignment.update-interval,"
                + " scan.watermark.emit.strategy, scan.watermark.idle-timeout, sink.parallelism", "pair.strikt",
                "connector", "memory", "name", "t", "format", "pair", "pair.strikt", "true");
    }

    @Test
    void when_requiredOptionIsLeftOut_then_itsHelpIsGiven() {
        refused("connector 'memory' needs the option 'name': which of the tables in memory", "name", "connector", "memory");
    }

    @Test
    void when_valueIsWrong_then_rightOnesAreNamed() {
        refused("option 'scan.watermark.emit.strategy': 'always' is not one of 'on-event', 'on-periodic'", "scan.watermark.emit.strategy",
                "connector", "memory", "name", "t", "scan.watermark.emit.strategy", "always");
    }

    @Test
    void when_connectorFindsFault_then_itsMessageIsGiven() {
        refused("option 'name' is empty", "name", "connector", "memory", "name", "");
    }

    @Test
    void when_rowsAreLookedUp_then_theTableMustEndAndItsRowsMustStay() {
        assertEquals(Duration.ofSeconds(1), TableOptions.of(Map.of("connector", "kept"), SCHEMA, List.of(), kept(true, ChangelogMode.INSERT_ONLY)).requireLookup()
                .checkInterval());
        assertEquals("rows can be looked up in a table that comes to an end; this one has none", lookupRefused(kept(false, ChangelogMode.INSERT_ONLY)));
        assertEquals("rows can be looked up in a table whose rows stay as they are; this one's source gives changes",
                lookupRefused(kept(true, ChangelogMode.ALL)));
        assertEquals("rows of a table of connector 'memory' can't be looked up, as FOR SYSTEM_TIME AS OF a processing time asks for",
                assertThrows(OptionException.class, options("connector", "memory", "name", "t")::requireLookup).getMessage());
    }

    private static String lookupRefused(ConnectorRegistry registry) {
        TableOptions options = TableOptions.of(Map.of("connector", "kept"), SCHEMA, List.of(), registry);
        return assertThrows(OptionException.class, options::requireLookup).getMessage();
    }

    private static ConnectorRegistry kept(boolean bounded, ChangelogMode emitted) {
        return new FixedRegistry(Map.of("kept", new LookedUpConnector(bounded, emitted)), Map.of());
    }

    private TableOptions options(String... keysAndValues) {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            texts.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TableOptions.of(texts, SCHEMA, List.of(), registry);
    }

    private void refused(String message, String key, String... keysAndValues) {
        OptionException error = assertThrows(OptionException.class, () -> options(keysAndValues));
        assertEquals(message, error.getMessage());
        assertEquals(key, error.key());
    }
}
