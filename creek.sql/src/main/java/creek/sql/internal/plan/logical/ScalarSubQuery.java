package creek.sql.internal.plan.logical;

import creek.sql.internal.plan.Rewrites;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttle;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A scalar subquery as a left join.
 *
 * @param rows  the outer rows, further columns behind theirs
 * @param value the subquery's value over these
 */
record ScalarSubQuery(RelNode rows, RexNode value) {
    /** Whether {@link #join} can join it: it refers to no outer row, or aggregates all rows of a condition on it. */
    static boolean canJoin(RelNode query) {
        RelNode below = query instanceof LogicalProject project ? project.getInput() : query;
        return !Correlation.isCorrelated(query) || below instanceof LogicalAggregate aggregate && aggregate.getGroupSet().isEmpty()
                && Correlation.canTakeOut(aggregate.getInput())
                && (below == query || ((LogicalProject) query).getProjects().stream().noneMatch(Correlation::isCorrelated));
    }

    /** @param subQueries replaces the subqueries inside of the subquery */
    static ScalarSubQuery join(RelNode outer, RelNode query, RelShuttle subQueries) {
        LogicalProject top = query instanceof LogicalProject project ? project : null;
        RelNode below = top == null ? query : top.getInput();
        boolean oneRow = below instanceof LogicalAggregate aggregate && aggregate.getGroupSet().isEmpty();
        RexBuilder rex = outer.getCluster().getRexBuilder();
        if (oneRow && Correlation.isCorrelated(query)) {
            return correlated(outer, (LogicalAggregate) below, top, subQueries);
        }
        RelNode plain = query.accept(subQueries);
        RelNode single = oneRow ? plain : aggregate(plain, ImmutableBitSet.of(),
                List.of(call(SqlStdOperatorTable.SINGLE_VALUE, false, List.of(0), -1, 0, plain)));
        RelNode rows = LogicalJoin.create(outer, single, List.of(), rex.makeLiteral(true), Set.of(), JoinRelType.LEFT);
        return new ScalarSubQuery(rows, rex.makeInputRef(rows, outer.getRowType().getFieldCount()));
    }

    /** Groups the subquery by the outer columns that its conditions refer to, of which there may be several times the same. */
    private static ScalarSubQuery correlated(RelNode outer, LogicalAggregate aggregate, LogicalProject top, RelShuttle subQueries) {
        RexBuilder rex = outer.getCluster().getRexBuilder();
        Correlation taken = Correlation.takeOut(aggregate.getInput());
        Correlation inner = new Correlation(taken.rel().accept(subQueries), taken.pulled());
        List<RexNode> conditions = inner.conditions(outer);
        int arity = outer.getRowType().getFieldCount();
        List<Integer> used = RelOptUtil.InputFinder.bits(conditions, null).toList().stream().filter(i -> i < arity).toList();
        RelNode keys = distinct(outer, used);
        RexShuttle overKeys = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                return new RexInputRef(index < arity ? used.indexOf(index) : index - arity + used.size(), reference.getType());
            }
        };
        RelNode joined = LogicalJoin.create(keys, inner.rel(), List.of(),
                RexUtil.composeConjunction(rex, conditions.stream().map(each -> each.accept(overKeys)).toList()), Set.of(), JoinRelType.INNER);
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall each : aggregate.getAggCallList()) {
            calls.add(call(each.getAggregation(), each.isDistinct(), each.getArgList().stream().map(i -> i + used.size()).toList(),
                    each.hasFilter() ? each.filterArg + used.size() : -1, used.size(), joined));
        }
        RelNode grouped = aggregate(joined, ImmutableBitSet.range(used.size()), calls);
        List<RexNode> sameKeys = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            sameKeys.add(rex.makeCall(SqlStdOperatorTable.EQUALS, rex.makeInputRef(outer, used.get(i)),
                    rex.makeInputRef(grouped.getRowType().getFieldList().get(i).getType(), arity + i)));
        }
        RelNode rows = LogicalJoin.create(outer, grouped, List.of(), RexUtil.composeConjunction(rex, sameKeys), Set.of(), JoinRelType.LEFT);
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            RexNode column = rex.makeInputRef(rows, arity + used.size() + i);
            // a group without rows is not there at all
            boolean isCount = calls.get(i).getAggregation().getKind() == SqlKind.COUNT;
            values.add(isCount ? rex.makeCall(SqlStdOperatorTable.COALESCE, column, rex.makeZeroLiteral(calls.get(i).getType())) : column);
        }
        return new ScalarSubQuery(rows, top == null ? values.get(0) : Rewrites.substitute(top.getProjects().get(0), values));
    }

    private static RelNode distinct(RelNode outer, List<Integer> columns) {
        List<RexNode> projects = new ArrayList<>();
        columns.forEach(column -> projects.add(outer.getCluster().getRexBuilder().makeInputRef(outer, column)));
        RelNode project = LogicalProject.create(outer, List.of(), projects, (List<String>) null, Set.of());
        return aggregate(project, ImmutableBitSet.range(columns.size()), List.of());
    }

    private static RelNode aggregate(RelNode input, ImmutableBitSet groups, List<AggregateCall> calls) {
        return LogicalAggregate.create(input, List.of(), groups, null, calls);
    }

    private static AggregateCall call(SqlAggFunction function, boolean distinct, List<Integer> arguments, int filter, int groups, RelNode input) {
        return AggregateCall.create(function, distinct, false, false, List.of(), arguments, filter, null, RelCollations.EMPTY, groups, input, null,
                null);
    }
}
