package creek.sql.internal.plan.logical;

import org.apache.calcite.rel.RelNode;

/**
 * Brings a query, as it was converted from SQL, to relations that know nothing of each other's rows: no subqueries and no correlation, versions
 * of tables as joins, ROW_NUMBER with a limit as ranks, QUALIFY as a filter, JSON texts for the aggregates that take them. The
 * {@link creek.sql.internal.plan.Optimizer}'s rules take it from there.
 */
public final class LogicalRewrites {
    private LogicalRewrites() {
    }

    public static RelNode apply(RelNode query) {
        return Decorrelation.apply(query.accept(new Correlates()).accept(new SubQueries())).accept(new Qualify()).accept(new Ranks())
                .accept(new JsonAggregates());
    }
}
