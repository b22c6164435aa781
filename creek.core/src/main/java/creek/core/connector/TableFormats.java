package creek.core.connector;

import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The formats of a table: of its records, or of their values, and of the keys.
 *
 * @param value null where the connector takes no format, or can do without
 * @param key   null where messages have no keys
 */
record TableFormats(UsedFormat value, UsedFormat key) {
    /**
     * Finds the formats that the options name.
     *
     * @throws OptionException if the connector takes no such format, or needs one that is not there
     */
    static TableFormats of(Options all, String connectorName, Connector connector, ConnectorRegistry registry) {
        MessageKeys keys = connector.messageKeys();
        Optional<UsedFormat> value = UsedFormat.of(all, TableOptions.FORMAT, registry);
        if (keys != MessageKeys.NONE && value.isEmpty()) {
            value = UsedFormat.of(all, TableOptions.VALUE_FORMAT, registry);
        }
        UsedFormat key = keys == MessageKeys.NONE ? null : UsedFormat.of(all, TableOptions.KEY_FORMAT, registry).orElse(null);
        TableFormats formats = new TableFormats(value.orElse(null), key);
        formats.check(all, connectorName, connector, registry);
        return formats;
    }

    private void check(Options all, String connectorName, Connector connector, ConnectorRegistry registry) {
        boolean upsert = connector.messageKeys() == MessageKeys.PRIMARY_KEY;
        if (upsert && all.contains(TableOptions.FORMAT.key())) {
            throw new OptionException(TableOptions.FORMAT.key(), "connector '" + connectorName + "' has no option 'format'; it has '"
                    + TableOptions.VALUE_FORMAT.key() + "' and '" + TableOptions.KEY_FORMAT.key() + "'");
        }
        if (value == null && connector.needsFormat()) {
            throw new OptionException(TableOptions.FORMAT.key(), "connector '" + connectorName + "' needs the option '"
                    + (upsert ? TableOptions.VALUE_FORMAT : TableOptions.FORMAT).key() + "'; "
                    + TableOptions.known("formats", registry.formatNames()));
        }
        if (value != null && !connector.usesFormat()) {
            throw new OptionException(TableOptions.FORMAT.key(), "connector '" + connectorName + "' takes no 'format'");
        }
        if (upsert && key == null) {
            throw new OptionException(TableOptions.KEY_FORMAT.key(), "connector '" + connectorName + "' needs the option '"
                    + TableOptions.KEY_FORMAT.key() + "'; " + TableOptions.known("formats", registry.formatNames()));
        }
        if (upsert) {
            requireInserts(connectorName, key, "key");
            requireInserts(connectorName, value, "value");
        }
    }

    private static void requireInserts(String connectorName, UsedFormat used, String what) {
        if (used.format().emits(used.options()) != ChangelogMode.INSERT_ONLY) {
            throw new OptionException(what + ".format", "'" + connectorName + "' connector doesn't support '" + used.name() + "' as " + what
                    + " format, because '" + used.name() + "' is not in insert-only mode.");
        }
    }

    List<UsedFormat> all() {
        return Stream.of(value, key).filter(Objects::nonNull).toList();
    }
}
