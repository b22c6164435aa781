package creek.sql.internal.plan.logical;

import com.google.common.collect.ImmutableSet;
import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Subqueries become joins: IN and EXISTS semi joins, NOT IN and NOT EXISTS anti joins, scalar ones left joins. Those that stand elsewhere than
 * as conditions of their own, or refer to the outer row elsewhere than in WHERE, stay for {@link Decorrelation}.
 */
final class SubQueries extends RelShuttleImpl {
    @Override
    public RelNode visit(LogicalFilter filter) {
        RelNode input = filter.getInput().accept(this);
        RexBuilder rex = filter.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> tests = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (isSemiJoin(condition, filter.getVariablesSet()) ? tests : RexUtil.SubQueryFinder.find(condition) == null ? plain : others).add(condition);
        }
        RelNode rows = plain.isEmpty() ? input : LogicalFilter.create(input, RexUtil.composeConjunction(rex, plain));
        for (RexNode test : tests) {
            rows = semiJoin(rows, test);
        }
        if (others.isEmpty()) {
            return rows;
        }
        if (!others.stream().allMatch(each -> isReplaceable(each, filter.getVariablesSet()))) {
            return LogicalFilter.create(rows, RexUtil.composeConjunction(rex, inner(others)), ImmutableSet.copyOf(filter.getVariablesSet()));
        }
        Replacer replacer = new Replacer(rows);
        RexNode condition = RexUtil.composeConjunction(rex, replacer.apply(others));
        RelNode passed = LogicalFilter.create(replacer.rows, condition);
        return LogicalProject.create(passed, List.of(), rex.identityProjects(input.getRowType()), input.getRowType().getFieldNames(), Set.of());
    }

    @Override
    public RelNode visit(LogicalProject project) {
        RelNode input = project.getInput().accept(this);
        if (project.getProjects().stream().noneMatch(each -> RexUtil.SubQueryFinder.find(each) != null)) {
            return project.copy(project.getTraitSet(), List.of(input));
        }
        if (!project.getProjects().stream().allMatch(each -> isReplaceable(each, project.getVariablesSet()))) {
            return LogicalProject.create(input, List.of(), inner(project.getProjects()), project.getRowType().getFieldNames(),
                    project.getVariablesSet());
        }
        Replacer replacer = new Replacer(input);
        List<RexNode> projects = replacer.apply(project.getProjects());
        return LogicalProject.create(replacer.rows, List.of(), projects, project.getRowType().getFieldNames(), Set.of());
    }

    @Override
    public RelNode visit(LogicalJoin join) {
        RexNode condition = join.getCondition();
        if (RexUtil.SubQueryFinder.find(condition) == null) {
            return super.visit(join);
        }
        if (join.getJoinType() == JoinRelType.INNER) {
            RelNode all = LogicalJoin.create(join.getLeft(), join.getRight(), List.of(), join.getCluster().getRexBuilder().makeLiteral(true),
                    Set.of(), JoinRelType.INNER);
            return visit(LogicalFilter.create(all, condition, ImmutableSet.copyOf(join.getVariablesSet())));
        }
        if (Correlation.isCorrelated(join)) {
            throw SqlError.unsupported("a subquery in the ON of an outer join can't refer to the joined rows; put it into a subquery of one side");
        }
        LogicalJoin visited = (LogicalJoin) super.visit(join);
        return visited.copy(visited.getTraitSet(), inner(List.of(condition)).get(0), visited.getLeft(), visited.getRight(), join.getJoinType(),
                false);
    }

    /** The expressions with the subqueries inside of their subqueries replaced. */
    private List<RexNode> inner(List<RexNode> expressions) {
        RexShuttle shuttle = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return query.clone(query.rel.accept(SubQueries.this));
            }
        };
        return shuttle.apply(expressions);
    }

    /**
     * Whether a condition is IN or EXISTS, or the opposite, over what a join can have on its other side.
     *
     * @param row what the row at hand is called
     */
    private static boolean isSemiJoin(RexNode condition, Set<CorrelationId> row) {
        return condition.getKind() == SqlKind.NOT ? isSemiJoin(((RexCall) condition).getOperands().get(0), row)
                : condition instanceof RexSubQuery query && (query.getKind() == SqlKind.IN || query.getKind() == SqlKind.EXISTS)
                && row.containsAll(Correlation.free(query.rel)) && Correlation.canTakeOut(query.rel)
                && query.getOperands().stream().allMatch(each -> RexUtil.SubQueryFinder.find(each) == null);
    }

    /** Whether all subqueries of an expression are scalar ones that {@link Replacer} can replace. */
    private static boolean isReplaceable(RexNode expression, Set<CorrelationId> row) {
        boolean[] others = new boolean[1];
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                others[0] |= query.getKind() != SqlKind.SCALAR_QUERY || !row.containsAll(Correlation.free(query.rel))
                        || !ScalarSubQuery.canJoin(query.rel);
                return query;
            }
        });
        return !others[0];
    }

    private RelNode semiJoin(RelNode rows, RexNode test) {
        RexNode query = test;
        boolean anti = false;
        for (; query.getKind() == SqlKind.NOT; query = ((RexCall) query).getOperands().get(0)) {
            anti = !anti;
        }
        RexSubQuery subQuery = (RexSubQuery) query;
        RexBuilder rex = rows.getCluster().getRexBuilder();
        // first, since joins in place of subqueries inside would hide the conditions below them
        Correlation taken = Correlation.takeOut(subQuery.rel);
        Correlation inner = new Correlation(taken.rel().accept(this), taken.pulled());
        int arity = rows.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>(inner.conditions(rows));
        for (int i = 0; i < subQuery.getOperands().size(); i++) {
            RexNode right = rex.makeInputRef(inner.rel().getRowType().getFieldList().get(i).getType(), arity + i);
            RexNode equal = rex.makeCall(SqlStdOperatorTable.EQUALS, subQuery.getOperands().get(i), right);
            // what may be equal is not known to be out
            conditions.add(anti && equal.getType().isNullable() ? rex.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equal) : equal);
        }
        return LogicalJoin.create(rows, inner.rel(), List.of(), RexUtil.composeConjunction(rex, conditions), Set.of(),
                anti ? JoinRelType.ANTI : JoinRelType.SEMI);
    }

    /** Replaces scalar subqueries in expressions over some rows by columns, for each of which the rows are joined. */
    private final class Replacer extends RexShuttle {
        private RelNode rows;

        Replacer(RelNode rows) {
            this.rows = rows;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            ScalarSubQuery scalar = ScalarSubQuery.join(rows, query.rel, SubQueries.this);
            rows = scalar.rows();
            return scalar.value();
        }
    }
}
