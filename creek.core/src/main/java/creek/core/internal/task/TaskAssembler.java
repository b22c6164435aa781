package creek.core.internal.task;

import creek.core.connector.MissingServiceException;
import creek.core.connector.OnDecodeError;
import creek.core.connector.SourceReader;
import creek.core.connector.TableOptions;
import creek.core.connector.WatermarkEmission;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.internal.task.JobGraph.Edge;
import creek.core.internal.task.JobGraph.Node;
import creek.core.internal.recovery.StateRecovery;
import creek.core.internal.recovery.StateSettings;
import creek.core.job.JobPart;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.operator.Input;
import creek.core.operator.MultiInputOperator;
import creek.core.operator.Operator;
import creek.core.option.OptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Turns a job's graph into the parts that a {@link Task} runs, each wired to those it hands to. */
final class TaskAssembler {
    /** An operator with what it needs to be opened. */
    record OpenableOperator(Operator operator, OperatorRuntime context, Input output) {
    }

    private final JobGraph graph;
    private final TaskEnvironment environment;
    private final Runnable wakeUp;
    private final JobSettings settings;
    private final FunctionInstances functions;
    private final Map<Node, TableOptions> tables = new IdentityHashMap<>();
    private final Map<Node, List<Input>> inputs = new IdentityHashMap<>();
    private final StateRecovery stateRecovery;
    private final Schedule schedule;
    private final List<SinkDriver> sinks = new ArrayList<>();
    private final List<OpenableOperator> operators = new ArrayList<>();
    private final List<SourceDriver> sources = new ArrayList<>();
    private final WatermarkAlignment alignment = new WatermarkAlignment();

    /**
     * Finds and checks what the job's tables need; makes nothing yet.
     *
     * @throws OptionException naming the table; a {@link MissingServiceException} if a service is not there
     */
    TaskAssembler(JobGraph graph, TaskEnvironment environment, Runnable wakeUp) {
        this.graph = graph;
        this.environment = environment;
        this.wakeUp = wakeUp;
        settings = new JobSettings(graph.settings());
        functions = new FunctionInstances(environment.registry(), settings.texts());
        graph.functions().forEach((className, name) -> environment.registry().functionClass(className)
                .orElseThrow(() -> FunctionInstances.missing(name, className)));
        stateRecovery = settings.checkpoints().areOn() ? stateRecovery(settings, environment) : null;
        schedule = new Schedule(graph.nodes().size());
        for (Node node : graph.nodes()) {
            if (node.part instanceof TableSource source) {
                tables.put(node, resolve(source, TableOptions::requireSource));
            } else if (node.part instanceof TableSink sink) {
                tables.put(node, resolve(sink.table(), sink.options(), recordSchema(sink), sink.primaryKey(), TableOptions::requireSink));
            } else if (node.part instanceof JobGraph.Lookup lookup) {
                tables.put(node, resolve(lookup.table(), TableOptions::requireLookup));
            }
        }
    }

    private static StateRecovery stateRecovery(JobSettings settings, TaskEnvironment environment) {
        StateRecovery recovery = new StateRecovery(environment.job(), settings.folder(environment),
                settings.path(StateSettings.RECOVERY_PATH, environment).orElse(null), environment.registry(), settings.checkpoints().state(),
                environment.clock());
        recovery.checkBackend();
        return recovery;
    }

    private TableOptions resolve(TableSource source, Consumer<TableOptions> use) {
        return resolve(source.table(), source.options(), source.schema(), source.primaryKey(), use);
    }

    private TableOptions resolve(String table, Map<String, String> texts, Schema schema, List<String> primaryKey, Consumer<TableOptions> use) {
        String prefix = "table '" + table + "': ";
        try {
            TableOptions options = TableOptions.of(texts, schema, primaryKey, environment.registry());
            use.accept(options);
            return options;
        } catch (MissingServiceException e) {
            throw new MissingServiceException(e.key(), prefix + e.getMessage());
        } catch (OptionException e) {
            throw new OptionException(e.key(), prefix + e.getMessage());
        }
    }

    /**
     * Makes readers, writers and what stands between them, not yet open. Consumers come before what they consume, since a node's consumers
     * were added after it. What was made is in the lists also when this fails, so that it can be closed.
     */
    void assemble() throws TaskException {
        List<Node> nodes = graph.nodes();
        for (int place = nodes.size() - 1; place >= 0; place--) {
            Node node = nodes.get(place);
            Object part = node.part;
            if (part instanceof TableSink sink) {
                inputs.put(node, List.of(addSink(sink, tables.get(node), node)));
            } else if (part instanceof TableSource source) {
                addSource(source, tables.get(node), place, node);
            } else if (part instanceof JobGraph.Lookup lookup) {
                addOperator(lookup.operator(), place, node);
                lookup.operator().attach(wholeTable(lookup.table(), tables.get(node), runtime(place, node, lookup.operator())));
                inputs.put(node, List.of(lookup.operator()));
            } else if (part instanceof JobGraph.Sequence sequence) {
                sources.add(new SourceDriver("VALUES", new SequenceReader(sequence.count()), null, null, 1, 0, null, runtime(place, node, null), true, 0,
                        output(node)));
            } else {
                Operator operator = (Operator) part;
                addOperator(operator, place, node);
                inputs.put(node, operator instanceof MultiInputOperator several ? several.inputs() : List.of(operator));
            }
        }
    }

    private Input output(Node node) {
        return output(node.consumers);
    }

    private Input output(List<Edge> edges) {
        List<Input> outputs = new ArrayList<>();
        for (Edge edge : edges) {
            outputs.add(inputs.get(edge.node()).get(edge.port()));
        }
        return FanOut.of(outputs);
    }

    private void addOperator(Operator operator, int place, Node node) {
        operators.add(new OpenableOperator(operator, runtime(place, node, operator), output(node)));
    }

    private OperatorRuntime runtime(int place, Node node, Operator operator) {
        return new OperatorRuntime(schedule, place, node.id, settings, environment.clock(), operator, functions,
                node.sideConsumers.isEmpty() ? null : output(node.sideConsumers));
    }

    private SinkDriver addSink(TableSink sink, TableOptions options, Node node) throws TaskException {
        List<Integer> partitionColumns = places(sink, sink.partitionedBy(), "is partitioned by");
        List<Integer> primaryKey = places(sink, sink.primaryKey(), "has the primary key");
        TaskSinkContext context = new TaskSinkContext(sink.table(), environment.job(), options, sink.schema(), metadata(sink), partitionColumns, primaryKey,
                settings.workingDirectory(environment.workingDirectory()), settings.checkpoints().areOn(), dataFolder(sink.table(), node.id),
                environment.clock(), settings.zone());
        try {
            SinkDriver driver = new SinkDriver(node.id, sink.table(), options.connector().createWriter(context));
            sinks.add(driver);
            return driver;
        } catch (Exception e) {
            throw failure(sink.table(), e);
        }
    }

    /** The columns that the table's connector and formats know, without metadata. */
    private static Schema recordSchema(TableSink sink) {
        return Schema.of(sink.schema().columns().stream().filter(column -> !sink.metadata().containsValue(column.name())).toList());
    }

    private static Map<String, Integer> metadata(TableSink sink) {
        Map<String, Integer> places = new TreeMap<>();
        sink.metadata().forEach((key, column) -> places.put(key, sink.schema().indexOf(column)));
        return places;
    }

    private static List<Integer> places(TableSink sink, List<String> columns, String what) throws TaskException {
        List<Integer> places = new ArrayList<>();
        for (String column : columns) {
            int index = sink.schema().indexOf(column);
            if (index < 0) {
                throw new TaskException("table '" + sink.table() + "' " + what + " " + column + ", which is not one of its columns", null);
            }
            places.add(index);
        }
        return places;
    }

    private void addSource(TableSource source, TableOptions options, int place, Node node) throws TaskException {
        Input deadLetters = node.sideConsumers.isEmpty() ? null : output(node.sideConsumers);
        SourceDriver driver = source(source, options, runtime(place, node, null), output(node), deadLetters);
        sources.add(0, driver);
        if (source.watermark() != null) {
            options.watermarkAlignmentGroup().ifPresent(group -> alignment.add(group, driver,
                    options.watermarkAlignmentMaxDrift().orElseThrow().toMillis()));
        }
    }

    private SourceDriver source(TableSource source, TableOptions options, OperatorRuntime context, Input output, Input deadLetters)
            throws TaskException {
        try {
            RowDecoder decoder = new Decoders(source, options, settings.zone()).create();
            BadRecords badRecords = options.onDecodeError() == OnDecodeError.FAIL ? null
                    : new BadRecords(source.table(), environment.clock(), deadLetters);
            SourceReader reader = options.connector().createReader(context(source, options, context.id()));
            return new SourceDriver(source.table(), reader, decoder, badRecords, source.columns().size(), source.metadata().size(),
                    source.watermark(), context, options.watermarkEmission() == WatermarkEmission.ON_EVENT,
                    options.idleTimeout().map(Duration::toMillis).orElse(settings.idleTimeout().toMillis()), output);
        } catch (Exception e) {
            throw failure(source.table(), e);
        }
    }

    private TaskSourceContext context(TableSource source, TableOptions options, String id) {
        Schema wanted = Schema.empty();
        for (WantedColumn column : source.columns()) {
            List<String> names = new ArrayList<>(List.of(source.schema().name(column.column())));
            names.addAll(column.path());
            wanted = wanted.with(String.join(".", names), column.type());
        }
        Framing framing = options.format().map(format -> format.framing(options.formatOptions())).orElse(Framing.LINES);
        return new TaskSourceContext(source.table(), options.connectorOptions(), wanted, List.copyOf(source.metadata()),
                framing, settings.workingDirectory(environment.workingDirectory()), settings.checkpoints().areOn(), dataFolder(source.table(), id),
                environment.clock(), wakeUp);
    }

    /** Several parts of a job may read or write one table, each in its own way. */
    private Path dataFolder(String table, String id) {
        return settings.folder(environment).resolve("tables").resolve(FileNames.of(table)).resolve(FileNames.of(id));
    }

    private WholeTable wholeTable(TableSource table, TableOptions options, OperatorRuntime context) {
        TaskSourceContext sourceContext = context(table, options, context.id());
        return new WholeTable(rows -> source(table, options, context, rows, null), () -> options.connector().contentVersion(sourceContext),
                options.requireLookup(), environment.clock());
    }

    private static TaskException failure(String table, Exception cause) {
        return new TaskException("table '" + table + "': " + TaskException.reason(cause), cause);
    }

    /** What the job uses of other bundles. */
    List<JobPart> used() {
        List<JobPart> used = new ArrayList<>();
        for (Node node : graph.nodes()) {
            TableOptions options = tables.get(node);
            if (options != null) {
                String use = node.part instanceof TableSource source ? "source '" + source.table() + "'"
                        : node.part instanceof TableSink sink ? "sink '" + sink.table() + "'"
                        : "lookup '" + ((JobGraph.Lookup) node.part).table().table() + "'";
                used.add(new JobPart(JobPart.Kind.CONNECTOR, options.connectorName(), use, environment.registry().providerOf(options.connector()),
                        Optional.empty()));
                options.format().ifPresent(format -> used.add(new JobPart(JobPart.Kind.FORMAT, options.formatNames().get(0), use,
                        environment.registry().providerOf(format), Optional.empty())));
            }
        }
        graph.functions().forEach((className, name) -> used.add(new JobPart(JobPart.Kind.FUNCTION, name, "",
                environment.registry().functionClass(className).flatMap(environment.registry()::providerOf), Optional.empty())));
        return used;
    }

    JobSettings settings() {
        return settings;
    }

    /** Where the state is kept; null if the job takes no checkpoints. */
    StateRecovery stateRecovery() {
        return stateRecovery;
    }

    FunctionInstances functions() {
        return functions;
    }

    Schedule schedule() {
        return schedule;
    }

    List<SinkDriver> sinks() {
        return sinks;
    }

    /** Those furthest down come first. */
    List<OpenableOperator> operators() {
        return operators;
    }

    WatermarkAlignment alignment() {
        return alignment;
    }

    /** In the order in which the job's definition has them. */
    List<SourceDriver> sources() {
        return sources;
    }
}
