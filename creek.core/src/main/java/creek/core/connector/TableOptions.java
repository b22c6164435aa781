package creek.core.connector;

import creek.core.data.Schema;
import creek.core.format.Format;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The options of a table's WITH clause, checked and given to those whom they concern: the connector, the format, the engine. Made when a
 * table is planned and again when a job opens, so that both say the same about a wrong one.
 *
 * <p>Holds the services it found, so it lives no longer than a planning or a job.
 */
public final class TableOptions {
    public static final ConfigOption<String> CONNECTOR =
            ConfigOption.required("connector", String.class, "the name of the connector that the table is read or written with");
    public static final ConfigOption<String> FORMAT =
            ConfigOption.optional("format", String.class, "the name of the format of the table's records");
    public static final ConfigOption<WatermarkEmission> WATERMARK_EMISSION = ConfigOption.withDefault("scan.watermark.emit.strategy",
            WatermarkEmission.class, WatermarkEmission.ON_EVENT, "when a source passes on watermarks: on-event or on-periodic");
    public static final ConfigOption<Duration> WATERMARK_IDLE_TIMEOUT = ConfigOption.optional("scan.watermark.idle-timeout",
            Duration.class, "how long a part of a source may be silent before it holds back the watermark no longer");
    public static final ConfigOption<String> WATERMARK_ALIGNMENT_GROUP = ConfigOption.optional("scan.watermark.alignment.group", String.class,
            "the group of the job's sources that this one does not run ahead of");
    public static final ConfigOption<Duration> WATERMARK_ALIGNMENT_MAX_DRIFT = ConfigOption.optional("scan.watermark.alignment.max-drift",
            Duration.class, "by how much, in event time, this source may be ahead of the last one of its group");
    public static final ConfigOption<Duration> WATERMARK_ALIGNMENT_UPDATE_INTERVAL = ConfigOption.optional(
            "scan.watermark.alignment.update-interval", Duration.class, "accepted for scripts made for a cluster; a job looks each time it reads");
    public static final ConfigOption<Integer> SCAN_PARALLELISM =
            ConfigOption.optional("scan.parallelism", Integer.class, "accepted for scripts made for a cluster; a job reads on one thread");
    public static final ConfigOption<Integer> SINK_PARALLELISM =
            ConfigOption.optional("sink.parallelism", Integer.class, "accepted for scripts made for a cluster; a job writes on one thread");

    private static final List<ConfigOption<?>> ENGINE_OPTIONS =
            List.of(CONNECTOR, FORMAT, WATERMARK_EMISSION, WATERMARK_IDLE_TIMEOUT, WATERMARK_ALIGNMENT_GROUP,
                    WATERMARK_ALIGNMENT_MAX_DRIFT, WATERMARK_ALIGNMENT_UPDATE_INTERVAL, SCAN_PARALLELISM, SINK_PARALLELISM);

    private final String connectorName;
    private final Connector connector;
    private final Options connectorOptions;
    private final String formatName;
    private final Format format;
    private final Options formatOptions;
    private final Options engineOptions;
    /** Null where rows can't be looked up. */
    private final LookupOptions lookup;

    private TableOptions(Options all, Schema schema, ConnectorRegistry registry) {
        connectorName = all.find(CONNECTOR).orElseThrow(() -> new OptionException(CONNECTOR.key(), "option 'connector' is missing; "
                + known("connectors", registry.connectorNames())));
        connector = registry.connector(connectorName).orElseThrow(() -> new MissingServiceException(CONNECTOR.key(),
                "connector '" + connectorName + "' is not there; " + known("connectors", registry.connectorNames())));
        formatName = all.get(FORMAT);
        if (connector.needsFormat() && formatName == null) {
            throw new OptionException(FORMAT.key(), "connector '" + connectorName + "' needs the option 'format'; "
                    + known("formats", registry.formatNames()));
        }
        if (!connector.usesFormat() && formatName != null) {
            throw new OptionException(FORMAT.key(), "connector '" + connectorName + "' takes no 'format'");
        }
        format = formatName == null ? null : registry.format(formatName).orElseThrow(() -> new MissingServiceException(FORMAT.key(),
                "format '" + formatName + "' is not there; " + known("formats", registry.formatNames())));

        List<ConfigOption<?>> declared = new ArrayList<>(ENGINE_OPTIONS);
        List<ConfigOption<?>> ofLookups = connector.lookup() == LookupAbility.NONE ? List.of() : LookupOptions.ALL;
        declared.addAll(ofLookups);
        declared.addAll(connector.options());
        if (format != null) {
            format.options().forEach(option -> declared.add(option.withPrefix(formatPrefix())));
        }
        all.check("connector '" + connectorName + "'" + (format == null ? "" : " with format '" + formatName + "'"), declared,
                connector::acceptsOption);

        Map<String, String> ofConnector = new TreeMap<>(all.toMap());
        Map<String, String> ofEngine = new TreeMap<>();
        for (ConfigOption<?> option : Stream.concat(ENGINE_OPTIONS.stream(), ofLookups.stream()).toList()) {
            if (all.contains(option.key())) {
                ofEngine.put(option.key(), ofConnector.remove(option.key()));
            }
        }
        ofConnector.put(CONNECTOR.key(), connectorName);
        if (format == null) {
            formatOptions = Options.of(Map.of());
        } else {
            ofConnector.put(FORMAT.key(), formatName);
            formatOptions = all.withPrefix(formatPrefix());
            ofConnector.keySet().removeIf(key -> key.startsWith(formatPrefix()));
        }
        connectorOptions = Options.of(ofConnector);
        engineOptions = Options.of(ofEngine);
        lookup = ofLookups.isEmpty() ? null : new LookupOptions(engineOptions);
        checkAlignment();
        connector.validate(connectorOptions, schema);
    }

    /**
     * Finds connector and format and checks all options.
     *
     * @param texts  the WITH clause
     * @param schema the table's physical columns
     * @throws OptionException for the first thing that is wrong; a {@link MissingServiceException} if that is a missing service
     */
    public static TableOptions of(Map<String, String> texts, Schema schema, ConnectorRegistry registry) {
        return new TableOptions(Options.of(texts), schema, registry);
    }

    /**
     * Checks that the connector can be read from.
     *
     * @throws OptionException if it can't
     */
    public void requireSource() {
        if (!connector.isSource()) {
            throw new OptionException(CONNECTOR.key(), "connector '" + connectorName + "' can only be written to");
        }
    }

    /**
     * Checks that the connector can be written to.
     *
     * @throws OptionException if it can't
     */
    public void requireSink() {
        if (!connector.isSink()) {
            throw new OptionException(CONNECTOR.key(), "connector '" + connectorName + "' can only be read from");
        }
    }

    /**
     * Checks that rows of the table can be looked up.
     *
     * @throws OptionException if they can't
     */
    public LookupOptions requireLookup() {
        if (lookup == null) {
            throw new OptionException(CONNECTOR.key(), "rows of a table of connector '" + connectorName
                    + "' can't be looked up, as FOR SYSTEM_TIME AS OF a processing time asks for");
        }
        if (!connector.isBounded(connectorOptions)) {
            throw new OptionException(CONNECTOR.key(), "rows can be looked up in a table that comes to an end; this one has none");
        }
        if (emits() != ChangelogMode.INSERT_ONLY) {
            throw new OptionException(format == null ? CONNECTOR.key() : FORMAT.key(),
                    "rows can be looked up in a table whose rows stay as they are; this one's source gives changes");
        }
        return lookup;
    }

    public String connectorName() {
        return connectorName;
    }

    public Connector connector() {
        return connector;
    }

    /** {@code connector}, {@code format} and what is left for the connector. */
    public Options connectorOptions() {
        return connectorOptions;
    }

    /** The format's name; empty where the connector takes none. */
    public Optional<String> formatName() {
        return Optional.ofNullable(formatName);
    }

    /** The format; empty where the connector takes none. */
    public Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    /** The format's options, without the prefix. */
    public Options formatOptions() {
        return formatOptions;
    }

    /** What kinds of rows the table gives when it is read. */
    public ChangelogMode emits() {
        return connector.emits(connectorOptions, format == null ? ChangelogMode.INSERT_ONLY : format.emits(formatOptions));
    }

    /** What kinds of rows the table takes. */
    public ChangelogMode accepts() {
        return connector.accepts(connectorOptions, format == null ? ChangelogMode.INSERT_ONLY : format.accepts(formatOptions));
    }

    /** The keys, as in the WITH clause, of options whose values are nobody's business. */
    public Set<String> secretKeys() {
        Set<String> keys = new TreeSet<>();
        connector.options().stream().filter(ConfigOption::isSecret).forEach(option -> keys.add(option.key()));
        if (format != null) {
            format.options().stream().filter(ConfigOption::isSecret).forEach(option -> keys.add(formatPrefix() + option.key()));
        }
        return keys;
    }

    public WatermarkEmission watermarkEmission() {
        return engineOptions.get(WATERMARK_EMISSION);
    }

    private void checkAlignment() {
        boolean group = engineOptions.find(WATERMARK_ALIGNMENT_GROUP).isPresent();
        boolean drift = engineOptions.find(WATERMARK_ALIGNMENT_MAX_DRIFT).isPresent();
        if (group != drift || !group && engineOptions.find(WATERMARK_ALIGNMENT_UPDATE_INTERVAL).isPresent()) {
            throw new OptionException((group ? WATERMARK_ALIGNMENT_MAX_DRIFT : WATERMARK_ALIGNMENT_GROUP).key(), "'"
                    + WATERMARK_ALIGNMENT_GROUP.key() + "' and '" + WATERMARK_ALIGNMENT_MAX_DRIFT.key()
                    + "' must be set when configuring watermark alignment");
        }
    }

    /** The group of sources that this one does not run ahead of. */
    public Optional<String> watermarkAlignmentGroup() {
        return engineOptions.find(WATERMARK_ALIGNMENT_GROUP);
    }

    /** By how much this source may be ahead of its group; empty without a group. */
    public Optional<Duration> watermarkAlignmentMaxDrift() {
        return engineOptions.find(WATERMARK_ALIGNMENT_MAX_DRIFT);
    }

    /** The table's own idle time-out. */
    public Optional<Duration> idleTimeout() {
        return engineOptions.find(WATERMARK_IDLE_TIMEOUT);
    }

    private String formatPrefix() {
        return formatName + ".";
    }

    private static String known(String what, SortedSet<String> names) {
        return names.isEmpty() ? "no " + what + " are installed" : "known " + what + " are " + String.join(", ", names);
    }
}
