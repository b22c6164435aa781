package creek.core.internal.task;

import creek.core.internal.task.JobGraph.Exchange;
import creek.core.internal.task.JobGraph.Node;
import creek.core.operator.LocalWindowAggregateOperator;
import creek.core.operator.WindowAggregateOperator;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The windows of a parallel job whose rows are aggregated before they are exchanged as well, so that a row goes across for each slice and key rather than for
 * each row: those whose aggregates can be put together from parts, unless a setting of Flink's says no.
 */
final class LocalAggregates {
    private static final String STRATEGY = "table.optimizer.agg-phase-strategy";

    private final Map<Node, LocalWindowAggregateOperator> beforeExchanges = new IdentityHashMap<>();
    private final Map<Node, WindowAggregateOperator> ofPartials = new IdentityHashMap<>();

    LocalAggregates(JobGraph graph, int parallelism) {
        if (parallelism == 1 || "ONE_PHASE".equalsIgnoreCase(graph.settings().get(STRATEGY))) {
            return;
        }
        for (Node node : graph.nodes()) {
            if (node.part instanceof Exchange && node.consumers.size() == 1) {
                add(node, node.consumers.get(0).node());
            }
        }
    }

    private void add(Node exchange, Node consumer) {
        // rows that come too late are wanted as they are
        if (consumer.part instanceof WindowAggregateOperator windows && consumer.sideConsumers.isEmpty()) {
            windows.local().ifPresent(local -> {
                beforeExchanges.put(exchange, local);
                ofPartials.put(consumer, local.whole());
            });
        }
    }

    /** What aggregates before an exchange; null if nothing does. */
    LocalWindowAggregateOperator before(Node exchange) {
        return beforeExchanges.get(exchange);
    }

    /** What a node runs: its part, or the same over what comes from an operator {@link #before} the exchange. */
    Object part(Node node) {
        WindowAggregateOperator replaced = ofPartials.get(node);
        return replaced == null ? node.part : replaced;
    }
}
