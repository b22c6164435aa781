package creek.sql.internal.plan.logical;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.SqlParts;
import creek.sql.internal.plan.TemporalJoinRel;
import creek.sql.internal.plan.UnnestRel;
import creek.sql.internal.udf.UserFunctionOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/** UNNEST of a column of the row at hand, and versions of a table at the time of the row at hand. */
final class Correlates extends RelShuttleImpl {
    @Override
    public RelNode visit(LogicalCorrelate correlate) {
        try {
            return uncorrelated(correlate);
        } catch (SqlError e) {
            throw e.about(SqlParts.of(correlate));
        }
    }

    private RelNode uncorrelated(LogicalCorrelate correlate) {
        RelNode left = correlate.getLeft().accept(this);
        RelNode first = FirstRowsByKey.of(correlate);
        if (first != null) {
            return first.accept(this);
        }
        RelNode inner = correlate.getRight();
        while (inner instanceof LogicalProject || inner instanceof LogicalFilter) {
            inner = inner.getInput(0);
        }
        if (inner instanceof Uncollect uncollect) {
            return unnest(correlate, left, uncollect);
        }
        if (inner instanceof TableFunctionScan scan && isUserFunction(scan)) {
            boolean outer = correlate.getJoinType() == JoinRelType.LEFT;
            UnnestRel called = called(left, scan, overLeft(rows(scan), correlate.getCorrelationId(), left), correlate.getJoinType());
            return restOf(correlate, correlate.getRight(), called, left.getRowType().getFieldCount(), outer);
        }
        if (inner instanceof Snapshot snapshot) {
            return temporalJoin(correlate, left, snapshot);
        }
        return correlate.copy(correlate.getTraitSet(), List.of(left, correlate.getRight().accept(this)));
    }

    private static RelNode unnest(Correlate correlate, RelNode left, Uncollect uncollect) {
        boolean outer = correlate.getJoinType() == JoinRelType.LEFT;
        if (outer && uncollect.withOrdinality) {
            throw SqlError.unsupported("LEFT JOIN UNNEST takes no WITH ORDINALITY; use CROSS JOIN UNNEST");
        }
        RexNode expression = overLeft(collection(uncollect), correlate.getCorrelationId(), left);
        UnnestRel unnested = new UnnestRel(left, expression, null, outer, uncollect.withOrdinality,
                joined(left, uncollect, correlate.getJoinType()));
        return restOf(correlate, correlate.getRight(), unnested, left.getRowType().getFieldCount(), outer);
    }

    private static RexNode collection(Uncollect uncollect) {
        if (!(uncollect.getInput() instanceof LogicalProject project) || project.getProjects().size() != 1) {
            throw SqlError.unsupported("UNNEST takes one collection");
        }
        return project.getProjects().get(0);
    }

    /** UNNEST of a collection that is the same for all rows stands on its own: over the one row that has it. */
    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof TableFunctionScan scan && isUserFunction(scan)) {
            RelNode row = LogicalValues.createOneRow(scan.getCluster());
            return withoutRow(called(row, scan, rows(scan), JoinRelType.INNER), scan);
        }
        if (!(other instanceof Uncollect uncollect)) {
            return super.visit(other);
        }
        RelNode row = uncollect.getInput().accept(this);
        if (row.getRowType().getFieldCount() != 1) {
            throw SqlError.unsupported("UNNEST takes one collection");
        }
        UnnestRel unnested = new UnnestRel(row, RexInputRef.of(0, row.getRowType()), null, false, uncollect.withOrdinality,
                joined(row, uncollect, JoinRelType.INNER));
        return withoutRow(unnested, uncollect);
    }

    /** The elements' columns of a relation over one row of one column. */
    private static RelNode withoutRow(UnnestRel unnested, RelNode given) {
        List<RexNode> all = given.getCluster().getRexBuilder().identityProjects(unnested.getRowType());
        return LogicalProject.create(unnested, List.of(), all.subList(1, all.size()), given.getRowType().getFieldNames(), Set.of());
    }

    private static boolean isUserFunction(TableFunctionScan scan) {
        return scan.getInputs().isEmpty() && scan.getCall() instanceof RexCall call && call.getOperator() instanceof UserFunctionOperator;
    }

    private static RexNode rows(TableFunctionScan scan) {
        RexCall call = (RexCall) scan.getCall();
        return ((UserFunctionOperator) call.getOperator()).rows(scan.getCluster().getRexBuilder(), call.getOperands());
    }

    private static UnnestRel called(RelNode left, TableFunctionScan scan, RexNode rows, JoinRelType type) {
        return new UnnestRel(left, rows, null, type == JoinRelType.LEFT, false, joined(left, scan, type));
    }

    /** Projections and filters of the right side, over the left columns and the elements'. */
    private static RelNode restOf(Correlate correlate, RelNode right, RelNode base, int arity, boolean outer) {
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        if (right instanceof LogicalProject project) {
            RelNode input = restOf(correlate, project.getInput(), base, arity, outer);
            List<RexNode> projects = new ArrayList<>(rex.identityProjects(input.getRowType()).subList(0, arity));
            project.getProjects().forEach(each -> projects.add(overBoth(each, correlate, input, arity)));
            List<String> names = new ArrayList<>(input.getRowType().getFieldNames().subList(0, arity));
            names.addAll(project.getRowType().getFieldNames());
            return LogicalProject.create(input, List.of(), projects, SqlValidatorUtil.uniquify(names, true), Set.of());
        }
        if (right instanceof LogicalFilter filter) {
            if (Correlation.isCorrelated(filter.getCondition())) {
                throw SqlError.unsupported("a condition of UNNEST's own, or of TABLE's, can refer to its columns alone; write it in the WHERE of the "
                        + "query");
            }
            if (outer) {
                RelNode input = restOf(correlate, filter.getInput(), base, arity, true);
                return filtered(input, overBoth(filter.getCondition(), correlate, input, arity));
            }
            RelNode input = restOf(correlate, filter.getInput(), base, arity, false);
            return LogicalFilter.create(input, overBoth(filter.getCondition(), correlate, input, arity));
        }
        return base;
    }

    /** Elements that a condition lets through: rows that have none are kept all the same. */
    private static RelNode filtered(RelNode rows, RexNode condition) {
        if (rows instanceof UnnestRel unnest) {
            return unnest.where(condition);
        }
        LogicalProject project = (LogicalProject) rows;
        return project.copy(project.getTraitSet(), List.of(filtered(project.getInput(), Rewrites.substitute(condition, project.getProjects()))));
    }

    private static RelNode temporalJoin(Correlate correlate, RelNode left, Snapshot snapshot) {
        if (!(snapshot.getPeriod() instanceof RexFieldAccess access) || !isOf(access, correlate.getCorrelationId())) {
            throw SqlError.unsupported("FOR SYSTEM_TIME AS OF takes a time attribute of the left table");
        }
        RelNode table = snapshot.getInput().accept(new Correlates());
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        int arity = left.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        RelNode right = correlate.getRight();
        for (; right != snapshot; right = right.getInput(0)) {
            if (!(right instanceof LogicalFilter filter)) {
                throw SqlError.unsupported("a temporal join takes a table or view FOR SYSTEM_TIME AS OF itself on its right side");
            }
            conditions.add(overLeft(RexUtil.shift(filter.getCondition(), arity), correlate.getCorrelationId(), left));
        }
        return TemporalJoinRel.create(left, table, correlate.getJoinType() == JoinRelType.LEFT, access.getField().getIndex(),
                RexUtil.composeConjunction(rex, conditions));
    }

    private static RelDataType joined(RelNode left, RelNode right, JoinRelType type) {
        return SqlValidatorUtil.deriveJoinRowType(left.getRowType(), right.getRowType(), type, left.getCluster().getTypeFactory(), null,
                List.of());
    }

    private static boolean isOf(RexNode node, CorrelationId id) {
        return node instanceof RexFieldAccess access && access.getReferenceExpr() instanceof RexCorrelVariable variable
                && variable.id.equals(id);
    }

    /** An expression of the right side with references to the row at hand as columns of the left. */
    private static RexNode overLeft(RexNode expression, CorrelationId id, RelNode left) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return isOf(access, id) ? RexInputRef.of(access.getField().getIndex(), left.getRowType()) : super.visitFieldAccess(access);
            }
        });
    }

    private static RexNode overBoth(RexNode expression, Correlate correlate, RelNode input, int arity) {
        return overLeft(RexUtil.shift(expression, arity), correlate.getCorrelationId(), input).accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return RexInputRef.of(reference.getIndex(), input.getRowType());
            }
        });
    }
}
