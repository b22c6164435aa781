package creek.core.connector;

import creek.core.data.Schema;
import creek.core.format.Format;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    public static final ConfigOption<String> KEY_FORMAT =
            ConfigOption.optional("key.format", String.class, "the name of the format of the messages' keys");
    public static final ConfigOption<String> VALUE_FORMAT =
            ConfigOption.optional("value.format", String.class, "the same as 'format', for messages that have keys");
    public static final ConfigOption<OnDecodeError> ON_DECODE_ERROR = ConfigOption.withDefault("decode.on-error", OnDecodeError.class,
            OnDecodeError.FAIL, "what becomes of a record that can't be decoded: fail, skip or dead-letter");
    public static final ConfigOption<String> DEAD_LETTER_TABLE = ConfigOption.optional("decode.dead-letter-table", String.class,
            "the table that records which can't be decoded are written to");

    private static final List<ConfigOption<?>> ENGINE_OPTIONS =
            List.of(CONNECTOR, FORMAT, WATERMARK_EMISSION, WATERMARK_IDLE_TIMEOUT, WATERMARK_ALIGNMENT_GROUP,
                    WATERMARK_ALIGNMENT_MAX_DRIFT, WATERMARK_ALIGNMENT_UPDATE_INTERVAL, SCAN_PARALLELISM, SINK_PARALLELISM);
    private static final List<ConfigOption<?>> DECODING_OPTIONS = List.of(ON_DECODE_ERROR, DEAD_LETTER_TABLE);
    private static final List<ConfigOption<?>> KEY_OPTIONS =
            List.of(KEY_FORMAT, VALUE_FORMAT, RecordColumns.KEY_FIELDS_PREFIX, RecordColumns.VALUE_FIELDS_INCLUDE);

    private final String connectorName;
    private final Connector connector;
    private final Options connectorOptions;
    private final TableFormats formats;
    /** Null where the connector takes none. */
    private final UsedFormat format;
    private final UsedFormat keyFormat;
    private final RecordColumns recordColumns;
    private final Options engineOptions;
    /** Null where rows can't be looked up. */
    private final LookupOptions lookup;

    private TableOptions(Options all, Schema schema, List<String> primaryKey, ConnectorRegistry registry) {
        connectorName = all.find(CONNECTOR).orElseThrow(() -> new OptionException(CONNECTOR.key(), "option 'connector' is missing; "
                + known("connectors", registry.connectorNames())));
        connector = registry.connector(connectorName).orElseThrow(() -> new MissingServiceException(CONNECTOR.key(),
                "connector '" + connectorName + "' is not there; " + known("connectors", registry.connectorNames())));
        formats = TableFormats.of(all, connectorName, connector, registry);
        format = formats.value();
        keyFormat = formats.key();

        List<ConfigOption<?>> ofEngine = engineOptions();
        List<ConfigOption<?>> declared = new ArrayList<>(ofEngine);
        declared.addAll(connector.options());
        formats.all().forEach(used -> declared.addAll(used.declared()));
        all.check("connector '" + connectorName + "'" + (format == null ? "" : " with format '" + format.name() + "'"), declared,
                connector::acceptsOption);

        Map<String, String> connectorTexts = new TreeMap<>(all.toMap());
        Map<String, String> engineTexts = new TreeMap<>();
        for (ConfigOption<?> option : ofEngine) {
            if (all.contains(option.key())) {
                engineTexts.put(option.key(), connectorTexts.remove(option.key()));
            }
        }
        formats.all().forEach(used -> connectorTexts.keySet().removeIf(key -> key.startsWith(used.prefix())));
        connectorTexts.put(CONNECTOR.key(), connectorName);
        if (format != null) {
            connectorTexts.put(FORMAT.key(), format.name());
        }
        connectorOptions = Options.of(connectorTexts);
        engineOptions = Options.of(engineTexts);
        lookup = connector.lookup() == LookupAbility.NONE ? null : new LookupOptions(engineOptions);
        checkAlignment();
        checkDecoding();
        recordColumns = RecordColumns.of(engineOptions, schema, primaryKey, connector, keyFormat != null);
        connector.validate(connectorOptions, schema);
    }

    private List<ConfigOption<?>> engineOptions() {
        List<ConfigOption<?>> options = new ArrayList<>(ENGINE_OPTIONS);
        if (connector.lookup() != LookupAbility.NONE) {
            options.addAll(LookupOptions.ALL);
        }
        if (format != null) {
            options.addAll(DECODING_OPTIONS);
        }
        if (connector.messageKeys() != MessageKeys.NONE) {
            options.addAll(KEY_OPTIONS);
        }
        if (connector.messageKeys() == MessageKeys.FIELDS) {
            options.add(RecordColumns.KEY_FIELDS);
        }
        return options;
    }

    /**
     * Finds connector and format and checks all options.
     *
     * @param texts      the WITH clause
     * @param schema     the table's physical columns
     * @param primaryKey the names of those of its PRIMARY KEY
     * @throws OptionException for the first thing that is wrong; a {@link MissingServiceException} if that is a missing service
     */
    public static TableOptions of(Map<String, String> texts, Schema schema, List<String> primaryKey, ConnectorRegistry registry) {
        return new TableOptions(Options.of(texts), schema, primaryKey, registry);
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
        if (onDecodeError() == OnDecodeError.DEAD_LETTER) {
            throw new OptionException(ON_DECODE_ERROR.key(), "option '" + ON_DECODE_ERROR.key()
                    + "' must be 'fail' or 'skip' where rows are looked up in a table");
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

    /** The names of all formats that the table uses. */
    public List<String> formatNames() {
        return List.copyOf(formats().keySet());
    }

    /** All formats that the table uses, by name. */
    public Map<String, Format> formats() {
        Map<String, Format> byName = new LinkedHashMap<>();
        formats.all().forEach(used -> byName.put(used.name(), used.format()));
        return byName;
    }

    /** The format; empty where the connector takes none. */
    public Optional<Format> format() {
        return Optional.ofNullable(format).map(UsedFormat::format);
    }

    /** The format's options, without the prefix. */
    public Options formatOptions() {
        return format == null ? Options.of(Map.of()) : format.options();
    }

    /** The format of the messages' keys; empty where they have none. */
    public Optional<Format> keyFormat() {
        return Optional.ofNullable(keyFormat).map(UsedFormat::format);
    }

    /** The options of that format, without the prefix. */
    public Options keyFormatOptions() {
        return keyFormat == null ? Options.of(Map.of()) : keyFormat.options();
    }

    /** Which columns are in the keys and which in the values of messages. */
    public RecordColumns recordColumns() {
        return recordColumns;
    }

    /** What becomes of a record that can't be decoded. */
    public OnDecodeError onDecodeError() {
        return engineOptions.get(ON_DECODE_ERROR);
    }

    /** The table for such records; there if, and only if, they go to one. */
    public Optional<String> deadLetterTable() {
        return engineOptions.find(DEAD_LETTER_TABLE);
    }

    /** What kinds of rows the table gives when it is read. */
    public ChangelogMode emits() {
        return connector.emits(connectorOptions, format == null ? ChangelogMode.INSERT_ONLY : format.format().emits(format.options()));
    }

    /** What kinds of rows the table takes. */
    public ChangelogMode accepts() {
        return connector.accepts(connectorOptions, format == null ? ChangelogMode.INSERT_ONLY : format.format().accepts(format.options()));
    }

    /** Whether the table may have a PRIMARY KEY. */
    public boolean allowsPrimaryKey() {
        return connector.allowsPrimaryKey(format == null ? ChangelogMode.INSERT_ONLY : format.format().emits(format.options()));
    }

    /** The keys, as in the WITH clause, of options whose values are nobody's business. */
    public Set<String> secretKeys() {
        Set<String> keys = new TreeSet<>();
        Stream.concat(connector.options().stream(), formats.all().stream().flatMap(used -> used.declared().stream()))
                .filter(ConfigOption::isSecret).forEach(option -> keys.add(option.key()));
        connectorOptions.toMap().keySet().stream().filter(connector::isSecretOption).forEach(keys::add);
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

    private void checkDecoding() {
        boolean toTable = onDecodeError() == OnDecodeError.DEAD_LETTER;
        if (toTable != deadLetterTable().isPresent()) {
            throw new OptionException((toTable ? DEAD_LETTER_TABLE : ON_DECODE_ERROR).key(), "'" + ON_DECODE_ERROR.key() + "' = 'dead-letter' and '"
                    + DEAD_LETTER_TABLE.key() + "' go together: the second names the table that bad records are written to");
        }
    }

    static String known(String what, SortedSet<String> names) {
        return names.isEmpty() ? "no " + what + " are installed" : "known " + what + " are " + String.join(", ", names);
    }
}
