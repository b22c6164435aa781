package creek.sql.internal.plan.logical;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rewrites;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Finds Top-N: ROW_NUMBER() whose result is limited by a condition, and ORDER BY with LIMIT. */
final class Ranks extends RelShuttleImpl {
    @Override
    public RelNode visit(LogicalSort sort) {
        RelNode input = sort.getInput().accept(this);
        if (sort.fetch == null || sort.getCollation().getFieldCollations().isEmpty()) {
            return sort.copy(sort.getTraitSet(), List.of(input));
        }
        long offset = sort.offset == null ? 0 : RexLiteral.intValue(sort.offset);
        return RankRel.create(input, ImmutableBitSet.of(), sort.getCollation(), offset + 1, offset + RexLiteral.intValue(sort.fetch), false);
    }

    @Override
    public RelNode visit(LogicalFilter filter) {
        RelNode input = filter.getInput().accept(this);
        RelNode rank = input instanceof LogicalProject project ? rank(filter, project) : null;
        return rank == null ? filter.copy(filter.getTraitSet(), List.of(input)) : rank;
    }

    private static RelNode rank(LogicalFilter filter, LogicalProject project) {
        int number = 0;
        while (number < project.getProjects().size() && !isRank(project.getProjects().get(number))) {
            number++;
        }
        if (number == project.getProjects().size()) {
            return null;
        }
        RankRange range = new RankRange(project, number);
        RexBuilder rex = filter.getCluster().getRexBuilder();
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(RexUtil.expandSearch(rex, null, filter.getCondition()))) {
            if (!range.narrow(condition)) {
                others.add(condition);
            }
        }
        if (!range.isLimited()) {
            return null;
        }
        RexOver over = (RexOver) project.getProjects().get(number);
        if (over.getAggOperator().getKind() != SqlKind.ROW_NUMBER) {
            throw SqlError.unsupported(over.getAggOperator().getName() + "() on streaming table is not supported currently; use ROW_NUMBER()")
                    .about(Set.of(SqlKind.OVER));
        }
        RelNode ranked = project(project, over, number, range);
        return others.isEmpty() ? ranked : LogicalFilter.create(ranked, RexUtil.composeConjunction(rex, others));
    }

    /** The project over ranked rows. */
    private static RelNode project(LogicalProject project, RexOver over, int number, RankRange range) {
        RexBuilder rex = project.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(project.getInput().getRowType()));
        int arity = columns.size();
        ImmutableBitSet.Builder partition = ImmutableBitSet.builder();
        over.getWindow().partitionKeys.forEach(key -> partition.set(column(key, columns)));
        List<RelFieldCollation> order = new ArrayList<>();
        over.getWindow().orderKeys.forEach(key -> order.add(collation(key, columns)));
        RelNode input = columns.size() == arity ? project.getInput()
                : LogicalProject.create(project.getInput(), List.of(), columns, (List<String>) null, java.util.Set.of());
        boolean constant = range.first() == range.last();
        RelCollation collation = RelCollations.of(order);
        RankRel rank = RankRel.create(input, partition.build(), collation, range.first(), range.last(), !constant)
                .withLastColumn(range.lastColumn());
        List<RexNode> projects = new ArrayList<>(project.getProjects());
        projects.set(number, constant ? rex.makeExactLiteral(BigDecimal.valueOf(range.first()), over.getType())
                : rex.makeInputRef(rank, columns.size()));
        return LogicalProject.create(rank, List.of(), projects, project.getRowType().getFieldNames(), java.util.Set.of());
    }

    private static int column(RexNode key, List<RexNode> columns) {
        if (key instanceof RexInputRef reference) {
            return reference.getIndex();
        }
        columns.add(key);
        return columns.size() - 1;
    }

    private static RelFieldCollation collation(RexFieldCollation key, List<RexNode> columns) {
        return new RelFieldCollation(column(key.left, columns), key.getDirection(), key.getNullDirection());
    }

    private static boolean isRank(RexNode node) {
        return node instanceof RexOver over && switch (over.getAggOperator().getKind()) {
            case ROW_NUMBER, RANK, DENSE_RANK -> true;
            default -> false;
        };
    }
}
