package creek.sql.internal.plan.logical;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.RelDecorrelator;

/**
 * Subqueries that are no plain conditions, and relations that refer to rows beside them, become joins and aggregations by Calcite's rules:
 * what {@link SubQueries} has no better form for.
 */
final class Decorrelation {
    private static final HepProgram RULES = HepProgram.builder().addRuleCollection(List.of(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE, CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)).build();

    private Decorrelation() {
    }

    /** @throws SqlError if some relation can't do without a reference to a row beside it */
    static RelNode apply(RelNode query) {
        RelNode rows = decorrelate(query);
        if (hasCorrelate(rows) || hasSubQuery(rows)) {
            throw refusal();
        }
        return rows == query ? query : rows.accept(new LiteralAggregates());
    }

    private static RelNode decorrelate(RelNode query) {
        RelNode rows = query;
        if (hasSubQuery(rows)) {
            HepPlanner planner = new HepPlanner(RULES);
            planner.setRoot(rows);
            rows = planner.findBestExp();
        }
        if (hasCorrelate(rows)) {
            try {
                rows = RelDecorrelator.decorrelateQuery(rows, RelFactories.LOGICAL_BUILDER.create(query.getCluster(), null));
            } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | AssertionError e) {
                // so Calcite says that it knows no join
                throw refusal();
            }
        }
        return rows;
    }

    private static SqlError refusal() {
        return SqlError.unsupported("a subquery refers to the row outside of it in a way that no join can stand for; refer to it in "
                    + "comparisons of the subquery's WHERE alone, or join the tables").about(Set.of(SqlKind.LATERAL, SqlKind.UNNEST, SqlKind.EXISTS, SqlKind.IN,
                            SqlKind.NOT_IN, SqlKind.SOME, SqlKind.ALL));
    }

    private static boolean hasCorrelate(RelNode node) {
        return node instanceof Correlate || node.getInputs().stream().anyMatch(Decorrelation::hasCorrelate);
    }

    private static boolean hasSubQuery(RelNode node) {
        boolean[] found = new boolean[1];
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] = true;
                return query;
            }
        });
        return found[0] || node.getInputs().stream().anyMatch(Decorrelation::hasSubQuery);
    }

    /** Aggregates that are the same value for each group become that value. */
    private static final class LiteralAggregates extends RelShuttleImpl {
        @Override
        public RelNode visit(LogicalAggregate given) {
            LogicalAggregate aggregate = (LogicalAggregate) super.visit(given);
            if (aggregate.getAggCallList().stream().noneMatch(LiteralAggregates::isLiteral)) {
                return aggregate;
            }
            List<AggregateCall> others = aggregate.getAggCallList().stream().filter(each -> !isLiteral(each)).toList();
            Aggregate without = aggregate.copy(aggregate.getTraitSet(), aggregate.getInput(), aggregate.getGroupSet(),
                    aggregate.getGroupSets(), others);
            List<RexNode> projects = new ArrayList<>();
            for (int i = 0; i < aggregate.getGroupCount(); i++) {
                projects.add(aggregate.getCluster().getRexBuilder().makeInputRef(without, i));
            }
            int next = aggregate.getGroupCount();
            for (AggregateCall call : aggregate.getAggCallList()) {
                projects.add(isLiteral(call) ? call.rexList.get(0) : aggregate.getCluster().getRexBuilder().makeInputRef(without, next++));
            }
            return LogicalProject.create(without, List.of(), projects, aggregate.getRowType().getFieldNames(), Set.of());
        }

        private static boolean isLiteral(AggregateCall call) {
            return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
        }
    }
}
