package creek.sql.internal.plan.logical;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
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

/** Subqueries become joins: IN and EXISTS semi joins, NOT IN and NOT EXISTS anti joins, scalar ones left joins. */
final class SubQueries extends RelShuttleImpl {
    @Override
    public RelNode visit(LogicalFilter filter) {
        RelNode input = filter.getInput().accept(this);
        RexBuilder rex = filter.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> tests = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (isTest(condition) ? tests : RexUtil.SubQueryFinder.find(condition) == null ? plain : others).add(condition);
        }
        RelNode rows = plain.isEmpty() ? input : LogicalFilter.create(input, RexUtil.composeConjunction(rex, plain));
        for (RexNode test : tests) {
            rows = semiJoin(rows, test);
        }
        if (others.isEmpty()) {
            return rows;
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
        Replacer replacer = new Replacer(input);
        List<RexNode> projects = replacer.apply(project.getProjects());
        return LogicalProject.create(replacer.rows, List.of(), projects, project.getRowType().getFieldNames(), Set.of());
    }

    @Override
    public RelNode visit(LogicalJoin join) {
        if (RexUtil.SubQueryFinder.find(join.getCondition()) != null) {
            throw SqlError.unsupported("subqueries in ON are not supported; put them in WHERE");
        }
        return super.visit(join);
    }

    /** Whether a condition is IN or EXISTS, or the opposite. */
    private static boolean isTest(RexNode condition) {
        return condition.getKind() == SqlKind.NOT ? isTest(((RexCall) condition).getOperands().get(0))
                : condition instanceof RexSubQuery query && (query.getKind() == SqlKind.IN || query.getKind() == SqlKind.EXISTS);
    }

    private RelNode semiJoin(RelNode rows, RexNode test) {
        RexNode query = test;
        boolean anti = false;
        for (; query.getKind() == SqlKind.NOT; query = ((RexCall) query).getOperands().get(0)) {
            anti = !anti;
        }
        RexSubQuery subQuery = (RexSubQuery) query;
        RexBuilder rex = rows.getCluster().getRexBuilder();
        Correlation inner = Correlation.takeOut(subQuery.rel.accept(this));
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
            if (query.getKind() != SqlKind.SCALAR_QUERY) {
                throw SqlError.unsupported(query.getKind() + " with a subquery is only supported as a condition of its own, or one of several "
                        + "joined by AND, of WHERE or HAVING");
            }
            ScalarSubQuery scalar = ScalarSubQuery.join(rows, query.rel.accept(SubQueries.this));
            rows = scalar.rows();
            return scalar.value();
        }
    }
}
