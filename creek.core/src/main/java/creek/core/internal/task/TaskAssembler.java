package creek.core.internal.task;

import creek.core.connector.MissingServiceException;
import creek.core.data.Schema;
import creek.core.internal.exchange.ExchangeOperator;
import creek.core.internal.exchange.Inbox;
import creek.core.internal.recovery.StateRecovery;
import creek.core.internal.recovery.StateSettings;
import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.WatchedCall;
import creek.core.internal.task.JobGraph.Edge;
import creek.core.internal.task.JobGraph.Node;
import creek.core.job.JobPart;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.operator.Input;
import creek.core.operator.KeySelector;
import creek.core.operator.LocalWindowAggregateOperator;
import creek.core.operator.MultiInputOperator;
import creek.core.operator.Operator;
import creek.core.option.OptionException;
import creek.core.state.StateBackend;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a job's graph into the parts that a {@link Task} runs, each wired to those it hands to. */
final class TaskAssembler {
    /** An operator with what it needs to be opened. */
    record OpenableOperator(Operator operator, OperatorRuntime context, Input output) {
    }

    private static final KeySelector ALL = new KeySelector(new int[0], Schema.empty());

    private final JobGraph graph;
    private final TaskEnvironment environment;
    private final JobSettings settings;
    private final TablePlace place;
    private final FunctionInstances functions;
    private final Schedule schedule;
    private final Subtask subtask;
    private final Inbox inbox;
    private final LocalAggregates locals;
    private final StateRecovery stateRecovery;
    private final WatchedCall watched;
    private final BoundPart backend;
    private final Map<Node, TableUse> tables = new IdentityHashMap<>();
    private final List<PartUse> uses = new ArrayList<>();
    private final Map<Node, List<Input>> inputs = new IdentityHashMap<>();
    private final List<SinkDriver> sinks = new ArrayList<>();
    private final List<OpenableOperator> operators = new ArrayList<>();
    private final List<SourceDriver> sources = new ArrayList<>();
    private final WatermarkAlignment alignment = new WatermarkAlignment();

    /**
     * Finds and checks what the job's tables and functions need; makes nothing yet.
     *
     * @throws OptionException naming the table; a {@link MissingServiceException} that names all services that are not there
     */
    TaskAssembler(JobGraph graph, TaskEnvironment environment, Subtask subtask, Runnable wakeUp) {
        this.graph = graph;
        this.subtask = subtask;
        this.environment = environment;
        settings = new JobSettings(graph.settings());
        place = new TablePlace(settings, environment, subtask, wakeUp);
        functions = new FunctionInstances(environment.registry(), settings.texts());
        schedule = new Schedule(2 * graph.nodes().size());
        inbox = new Inbox(schedule::deepestPutOff);
        locals = new LocalAggregates(graph, subtask.parallelism());
        watched = new WatchedCall("creek-swap-" + environment.job(), settings.swaps().limit());
        stateRecovery = settings.checkpoints().areOn() ? new StateRecovery(environment.job(), settings.folder(environment),
                settings.path(StateSettings.RECOVERY_PATH, environment).orElse(null), environment.registry(), settings.checkpoints().state(),
                environment.clock()) : null;
        MissingServices missing = new MissingServices();
        for (int number = 0; number < graph.nodes().size(); number++) {
            Node node = graph.nodes().get(number);
            TableUse use = use(node, number);
            if (use != null) {
                missing.run(() -> use.bind(environment.registry()));
                tables.put(node, use);
                uses.add(use);
            }
        }
        graph.functions().forEach((className, name) -> {
            ProvidedFunction use = new ProvidedFunction(name, className, functions, watched);
            missing.run(() -> use.bind(environment.registry()));
            uses.add(use);
        });
        if (stateRecovery != null) {
            missing.run(stateRecovery::checkBackend);
        }
        missing.check();
        backend = stateRecovery == null ? null : backend(settings.checkpoints().state().backend());
    }

    private BoundPart backend(String name) {
        StateBackend service = environment.registry().stateBackend(name).orElseThrow();
        return new BoundPart(JobPart.Kind.BACKEND, name, service, environment.registry().providerOf(service));
    }

    /** How the node uses a table; null if it does not. */
    private TableUse use(Node node, int number) {
        if (node.part instanceof TableSource source) {
            return new SourceUse(source, new ReaderFactory(source, place, runtime(number, node, null, null), true), watched);
        } else if (node.part instanceof TableSink sink) {
            return new SinkUse(sink, new WriterFactory(sink, node.id, place), watched, settings.checkpoints().areOn());
        } else if (node.part instanceof JobGraph.Lookup lookup) {
            return new LookupUse(lookup.table(), new ReaderFactory(lookup.table(), place, runtime(number, node, lookup.operator(), null), false), watched);
        }
        return null;
    }

    /**
     * Makes readers, writers and what stands between them, not yet open. Consumers come before what they consume, since a node's consumers
     * were added after it. What was made is in the lists also when this fails, so that it can be closed.
     */
    void assemble() throws TaskException {
        List<Node> nodes = graph.nodes();
        for (int number = nodes.size() - 1; number >= 0; number--) {
            Node node = nodes.get(number);
            Object part = locals.part(node);
            if (tables.get(node) instanceof SinkUse sink) {
                SinkDriver driver = sink.createDriver(subtask.id(node.id));
                sinks.add(driver);
                inputs.put(node, List.of(sink.takesSeveralWriters() ? driver : exchange(ALL, 2 * number, node, driver)));
            } else if (tables.get(node) instanceof SourceUse source) {
                addSource(source, (TableSource) part, node);
            } else if (part instanceof JobGraph.Lookup lookup) {
                addOperator(lookup.operator(), number, node);
                lookup.operator().attach(((LookupUse) tables.get(node)).createTable(environment));
                inputs.put(node, List.of(lookup.operator()));
            } else if (part instanceof JobGraph.Sequence sequence) {
                addSequence(sequence, number, node);
            } else if (part instanceof JobGraph.Exchange exchange) {
                LocalWindowAggregateOperator local = locals.before(node);
                inputs.put(node, List.of(local == null ? exchange(exchange.key(), place(number), node, output(node)) : aggregated(local, number, node)));
            } else {
                Operator operator = (Operator) part;
                addOperator(operator, number, node);
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

    /** Places of nodes; before each there is one for what brings its rows together. */
    private static int place(int number) {
        return 2 * number + 1;
    }

    /** An exchange in front of an input; the input itself in a job that is not parallel. */
    private Input exchange(KeySelector key, int at, Node node, Input output) {
        if (subtask.parallelism() == 1) {
            return output;
        }
        ExchangeOperator exchange = inbox.add(key, at, subtask.crossing(), subtask.index());
        add(exchange, at, node, output);
        return exchange;
    }

    private void add(Operator operator, int at, Node node, Input output) {
        operators.add(new OpenableOperator(operator, new OperatorRuntime(schedule, at, node.id, settings, environment.clock(), operator, functions, null),
                output));
    }

    /** An exchange of what is aggregated before. */
    private Input aggregated(LocalWindowAggregateOperator local, int number, Node node) {
        ExchangeOperator exchange = (ExchangeOperator) exchange(local.emittedKey(), place(number), node, output(node));
        exchange.follow(local);
        local.keep(exchange::keeps);
        add(local, 2 * number, node, exchange);
        return local;
    }

    private void addOperator(Operator operator, int number, Node node) {
        OperatorRuntime context = runtime(number, node, operator, side(node));
        if (node.isGathered) {
            context.setGathered();
        }
        operators.add(new OpenableOperator(operator, context, output(node)));
    }

    /** Where go what the operator drops because it comes too late, and what a source can't decode; null for nowhere. */
    private Input side(Node node) {
        return node.sideConsumers.isEmpty() ? null : output(node.sideConsumers);
    }

    private OperatorRuntime runtime(int number, Node node, Operator operator, Input lateRows) {
        return new OperatorRuntime(schedule, place(number), node.id, settings, environment.clock(), operator, functions, lateRows);
    }

    private void addSource(SourceUse use, TableSource source, Node node) throws TaskException {
        SourceDriver driver = use.createDriver(subtask.id(node.id), output(node), side(node));
        sources.add(0, driver);
        if (source.watermark() != null) {
            use.options().watermarkAlignmentGroup().ifPresent(group -> alignment.add(group, driver,
                    use.options().watermarkAlignmentMaxDrift().orElseThrow().toMillis()));
        }
    }

    private void addSequence(JobGraph.Sequence sequence, int number, Node node) {
        OperatorRuntime context = runtime(number, node, null, null);
        Input output = output(node);
        SourceWatermarks time = new SourceWatermarks(null, context, true, 0, output);
        sources.add(new SourceDriver(subtask.id(node.id), "VALUES", time,
                new RecordReceiver("VALUES", new SequenceReader(subtask.index() == 0 ? sequence.count() : 0), null, null, 1, 0, context, time, output), false));
    }

    /** What the job uses of other bundles, tables first. */
    List<PartUse> uses() {
        return uses;
    }

    /** The state backend; empty if the job takes no checkpoints. */
    Optional<BoundPart> backend() {
        return Optional.ofNullable(backend);
    }

    /** For calls of newcomers. */
    WatchedCall watched() {
        return watched;
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

    /** What comes from other subtasks. */
    Inbox inbox() {
        return inbox;
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
