package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.core.connector.TableOptions;
import creek.core.data.Schema;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.WaitReason;
import creek.core.job.JobPart.Kind;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.option.OptionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One place in a job where a table is read, written or looked up in: which connector and formats it uses, and what it takes to find others. */
abstract class TableUse extends PartUse {
    private final String table;
    private final Map<String, String> texts;
    private final Schema schema;
    private final List<String> primaryKey;
    private final Consumer<TableOptions> check;
    /** Null while it waits. */
    private volatile TableOptions options;

    /** @param check whether the connector can be used so */
    TableUse(String kind, TableSource source, Consumer<TableOptions> check) {
        this(kind, source.table(), source.options(), source.schema(), source.primaryKey(), check);
    }

    TableUse(TableSink sink) {
        this("sink", sink.table(), sink.options(), recordSchema(sink), sink.primaryKey(), TableOptions::requireSink);
    }

    private TableUse(String kind, String table, Map<String, String> texts, Schema schema, List<String> primaryKey, Consumer<TableOptions> check) {
        super(kind + " '" + table + "'");
        this.table = table;
        this.texts = texts;
        this.schema = schema;
        this.primaryKey = primaryKey;
        this.check = check;
    }

    /** The columns that the table's connector and formats know, without metadata. */
    private static Schema recordSchema(TableSink sink) {
        return Schema.of(sink.schema().columns().stream().filter(column -> !sink.metadata().containsValue(column.name())).toList());
    }

    String table() {
        return table;
    }

    TableOptions options() {
        return options;
    }

    /**
     * Uses what is there for the first time.
     *
     * @throws OptionException naming the table; a {@link MissingServiceException} if a service is not there
     */
    void bind(ConnectorRegistry registry) {
        TableOptions found = resolve(registry);
        bind(found, parts(found, registry));
    }

    void bind(TableOptions newOptions, List<BoundPart> parts) {
        options = newOptions;
        setBound(parts);
    }

    void unbind(WaitReason reason) {
        options = null;
        setWaiting(reason);
    }

    /** What the registry has for the table, all options checked. */
    TableOptions resolve(ConnectorRegistry registry) {
        try {
            TableOptions found = TableOptions.of(texts, schema, primaryKey, registry);
            check.accept(found);
            return found;
        } catch (MissingServiceException e) {
            throw new MissingServiceException(e.key(), "table '" + table + "': " + e.getMessage());
        } catch (OptionException e) {
            throw new TableOptionException(table, e);
        }
    }

    /** Refuses another version of a connector where the subtasks of a parallel job would divide the table otherwise than they were made for. */
    void requireSameDivision(String what, boolean before, boolean now, Subtask subtask) throws TaskException {
        if (before != now && subtask.parallelism() > 1) {
            throw new TaskException(table, "table '" + table + "': its subtasks would " + (now ? "now " : "no longer ") + what
                    + "; start the job again to use it", null);
        }
    }

    static List<BoundPart> parts(TableOptions options, ConnectorRegistry registry) {
        List<BoundPart> parts = new ArrayList<>();
        parts.add(part(Kind.CONNECTOR, options.connectorName(), options.connector(), registry));
        options.formats().forEach((name, format) -> parts.add(part(Kind.FORMAT, name, format, registry)));
        return parts;
    }

    private static BoundPart part(Kind kind, String name, Object service, ConnectorRegistry registry) {
        return new BoundPart(kind, name, service, registry.providerOf(service));
    }

    @Override
    protected Optional<?> service(BoundPart part, ConnectorRegistry registry) {
        return part.kind() == Kind.CONNECTOR ? registry.connector(part.name()) : registry.format(part.name());
    }

    /** The connectors and formats that options name, whether they are there or not. */
    static Map<Kind, List<String>> names(Map<String, String> texts) {
        Map<Kind, List<String>> names = new LinkedHashMap<>();
        names.put(Kind.CONNECTOR, named(texts, TableOptions.CONNECTOR.key()));
        names.put(Kind.FORMAT, named(texts, TableOptions.FORMAT.key(), TableOptions.VALUE_FORMAT.key(), TableOptions.KEY_FORMAT.key()));
        return names;
    }

    private static List<String> named(Map<String, String> texts, String... keys) {
        List<String> names = new ArrayList<>();
        for (String key : keys) {
            String name = texts.get(key);
            if (name != null && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

}
