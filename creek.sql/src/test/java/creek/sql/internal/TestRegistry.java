package creek.sql.internal;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connectors and formats to plan with: they have options and nothing behind them. */
public final class TestRegistry implements ConnectorRegistry {
    private final Map<String, Connector> connectors = new TreeMap<>();
    private final Map<String, Format> formats = new TreeMap<>();

    public TestRegistry() {
        connectors.put("filesystem", new TestConnector(true, true, List.of(
                ConfigOption.required("path", String.class, "a file or a directory"),
                ConfigOption.optional("password", String.class, "a secret").asSecret()),
                Map.of("file.path", DataType.string().notNull())));
        connectors.put("print", new TestConnector(false, false, List.of(), Map.of()));
        connectors.put("blackhole", new UpsertConnector(false));
        connectors.put("upserts", new UpsertConnector(true));
        formats.put("json", new TestFormat(List.of(
                ConfigOption.withDefault("ignore-parse-errors", Boolean.class, false, "leave out what is no JSON"))));
        formats.put("csv", new TestFormat(List.of()));
        formats.put("changes", new ChangeFormat());
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.ofNullable(formats.get(name));
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(connectors.keySet());
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(formats.keySet());
    }

    private record TestConnector(boolean isSource, boolean usesFormat, List<ConfigOption<?>> options, Map<String, DataType> metadata)
            implements Connector {
        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean readsPartitions() {
            return isSource;
        }

        @Override
        public ChangelogMode accepts(Options given, ChangelogMode ofFormat) {
            return isSource ? ofFormat : ChangelogMode.ALL;
        }

        @Override
        public boolean isBounded(Options given) {
            return true;
        }

        @Override
        public void validate(Options given, Schema schema) {
            // nothing to say about several options together
        }
    }

    /** Takes changes by key, and gives them where it can be read from. */
    private record UpsertConnector(boolean isSource) implements Connector {
        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean usesFormat() {
            return false;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public ChangelogMode emits(Options given, ChangelogMode ofFormat) {
            return ChangelogMode.UPSERT;
        }

        @Override
        public ChangelogMode accepts(Options given, ChangelogMode ofFormat) {
            return ChangelogMode.UPSERT;
        }

        @Override
        public boolean needsPrimaryKey() {
            return isSource;
        }
    }

    /** Reads and writes all changes. */
    private record ChangeFormat() implements Format {
        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public ChangelogMode emits(Options given) {
            return ChangelogMode.ALL;
        }

        @Override
        public ChangelogMode accepts(Options given) {
            return ChangelogMode.ALL;
        }

        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            throw new UnsupportedOperationException("only for planning");
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            throw new UnsupportedOperationException("only for planning");
        }
    }

    private record TestFormat(List<ConfigOption<?>> options) implements Format {
        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            throw new UnsupportedOperationException("only for planning");
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            throw new UnsupportedOperationException("only for planning");
        }
    }
}
