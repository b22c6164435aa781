package creek.core.internal.task;

import creek.core.job.JobDefinition;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;
import creek.core.operator.KeySelector;
import creek.core.operator.LookupJoinOperator;
import creek.core.operator.MultiInputOperator;
import creek.core.operator.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/** What a job's definition put together: nodes in topological order, since a node's inputs exist before it. */
public final class JobGraph implements Topology {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> functions = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    /** Null if there is nobody to put the same together once more. */
    private Callable<JobDefinition> definition;

    /** What a definition puts together, for a job that may be parallel: each subtask has a graph of its own. */
    public static JobGraph of(Callable<JobDefinition> definition) throws Exception {
        JobGraph graph = new JobGraph();
        graph.definition = definition;
        definition.call().define(graph);
        return graph;
    }

    /** The same once more, with operators of its own. */
    JobGraph again() {
        if (definition == null) {
            throw new IllegalStateException("a job of which there is one graph only can't be parallel");
        }
        try {
            return of(definition);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the job can't be put together: " + e.getMessage(), e);
        }
    }

    @Override
    public Topology set(String key, String value) {
        settings.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public Stream source(String id, TableSource source) {
        return add(new Node(id, Objects.requireNonNull(source, "source")));
    }

    @Override
    public Stream sequence(String id, long count) {
        return add(new Node(id, new Sequence(count)));
    }

    @Override
    public Stream union(String id, List<Stream> inputs) {
        return combine(id, inputs, new UnionOperator(inputs.size()));
    }

    @Override
    public Stream lookup(String id, Stream input, TableSource table, LookupJoinOperator operator) {
        Node node = add(new Node(id, new Lookup(Objects.requireNonNull(table, "table"), Objects.requireNonNull(operator, "operator"))));
        edges(input).add(new Edge(node, 0));
        return node;
    }

    @Override
    public Stream combine(String id, List<Stream> inputs, MultiInputOperator operator) {
        if (inputs.size() != operator.inputs().size()) {
            throw new IllegalArgumentException(id + " has " + operator.inputs().size() + " inputs and is given " + inputs.size());
        }
        Node node = add(new Node(id, operator));
        for (int port = 0; port < inputs.size(); port++) {
            edges(inputs.get(port)).add(new Edge(node, port));
            node.isGathered |= inputs.get(port) instanceof Node before && before.gathers();
        }
        return node;
    }

    private static List<Edge> edges(Stream stream) {
        return stream instanceof SideRows side ? side.node.sideConsumers : ((Node) stream).consumers;
    }

    @Override
    public Topology function(String name, String className) {
        functions.put(Objects.requireNonNull(className, "className"), Objects.requireNonNull(name, "name"));
        return this;
    }

    /** Names of functions that bundles must provide, by class name. */
    Map<String, String> functions() {
        return functions;
    }

    public Map<String, String> settings() {
        return settings;
    }

    List<Node> nodes() {
        return nodes;
    }

    private Node add(Node node) {
        if (!ids.add(node.id)) {
            throw new IllegalArgumentException("two parts of the job have the id " + node.id);
        }
        nodes.add(node);
        return node;
    }

    /** So many rows of one BIGINT. */
    record Sequence(long count) {
    }

    /** An operator and the table that it looks rows up in. */
    record Lookup(TableSource table, LookupJoinOperator operator) {
    }

    /** Where a node's rows go: a node's input of that number. */
    record Edge(Node node, int port) {
    }

    /** Where rows of one key meet. */
    record Exchange(KeySelector key) {
    }

    /**
     * A part of the job: a {@link TableSource}, a {@link Sequence}, an {@link Operator}, a {@link Lookup}, an {@link Exchange} or a {@link TableSink}.
     */
    final class Node implements Stream {
        final String id;
        final Object part;
        final List<Edge> consumers = new ArrayList<>();
        /** Of the rows that an operator drops because they come too late, and of the records that a source can't decode. */
        final List<Edge> sideConsumers = new ArrayList<>();

        /** Whether all rows come to the first subtask. */
        boolean isGathered;

        Node(String id, Object part) {
            this.id = Objects.requireNonNull(id, "id");
            this.part = part;
        }

        @Override
        public Stream then(String nextId, Operator operator) {
            return feed(consumers, nextId, operator);
        }

        @Override
        public Stream keyBy(KeySelector key) {
            return feed(consumers, "exchange-" + nodes.size(), new Exchange(Objects.requireNonNull(key, "key")));
        }

        private Node feed(List<Edge> edges, String nextId, Object nextPart) {
            Node next = add(new Node(nextId, Objects.requireNonNull(nextPart, "part")));
            next.isGathered = gathers();
            edges.add(new Edge(next, 0));
            return next;
        }

        private boolean gathers() {
            return part instanceof Exchange exchange && exchange.key.size() == 0;
        }

        @Override
        public Stream lateRows() {
            return new SideRows(this);
        }

        @Override
        public Stream deadLetters() {
            if (!(part instanceof TableSource)) {
                throw new IllegalStateException(id + " is no source, which alone has records that can't be decoded");
            }
            return new SideRows(this);
        }

        @Override
        public void sink(String nextId, TableSink sink) {
            feed(consumers, nextId, sink);
        }
    }

    /** The other stream that comes out of an operator or a source. */
    private record SideRows(Node node) implements Stream {
        @Override
        public Stream then(String nextId, Operator operator) {
            return node.feed(node.sideConsumers, nextId, operator);
        }

        @Override
        public Stream keyBy(KeySelector key) {
            return node.feed(node.sideConsumers, "exchange-" + node.id, new Exchange(key));
        }

        @Override
        public Stream lateRows() {
            throw new IllegalStateException("late rows are not late again");
        }

        @Override
        public Stream deadLetters() {
            throw new IllegalStateException("only a source has records that can't be decoded");
        }

        @Override
        public void sink(String nextId, TableSink sink) {
            node.feed(node.sideConsumers, nextId, sink);
        }
    }
}
