package creek.sql.internal.plan.logical;

import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.SourceScan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The first rows of each key, written with LATERAL: the distinct keys of a table, and for each the first rows of the same table that have it.
 *
 * <pre>FROM (SELECT DISTINCT k FROM t) AS s, LATERAL (SELECT v FROM t WHERE t.k = s.k ORDER BY v DESC LIMIT 3)</pre>
 */
final class FirstRowsByKey {
    private FirstRowsByKey() {
    }

    /** The same as ranked rows of the table; null for all else. As in Flink the rows whose key is NULL are a key's as well. */
    static RelNode of(Correlate correlate) {
        if (correlate.getJoinType() != JoinRelType.INNER || !(correlate.getLeft() instanceof LogicalAggregate keys)
                || !keys.getAggCallList().isEmpty() || keys.getGroupSets().size() != 1 || !(correlate.getRight() instanceof LogicalSort sort)
                || sort.offset != null || sort.fetch == null || sort.getCollation().getFieldCollations().isEmpty()
                || !(sort.getInput() instanceof LogicalProject columns) || !columns.isMapping()
                || !(columns.getInput() instanceof LogicalFilter filter)) {
            return null;
        }
        Scan left = Scan.of(keys.getInput());
        Scan right = Scan.of(filter.getInput());
        if (left == null || right == null || left.source.table() != right.source.table()) {
            return null;
        }
        int[] places = new int[keys.getGroupCount()];
        BitSet partition = new BitSet();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            if (!(condition instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
                return null;
            }
            RexNode key = call.getOperands().get(call.getOperands().get(0) instanceof RexFieldAccess ? 0 : 1);
            RexNode column = call.getOperands().get(key == call.getOperands().get(0) ? 1 : 0);
            if (!(key instanceof RexFieldAccess access) || !(column instanceof RexInputRef reference)
                    || !(access.getReferenceExpr() instanceof RexCorrelVariable variable) || !variable.id.equals(correlate.getCorrelationId())
                    || !left.columns.get(keys.getGroupSet().nth(access.getField().getIndex())).equals(right.columns.get(reference.getIndex()))) {
                return null;
            }
            partition.set(reference.getIndex());
            places[access.getField().getIndex()] = reference.getIndex();
        }
        return partition.cardinality() == places.length
                ? ranked(correlate, sort, columns, filter, ImmutableBitSet.fromBitSet(partition), places) : null;
    }

    /** Columns that are computed from those of a table. */
    private record Scan(SourceScan source, List<RexNode> columns) {
        /** null for other relations */
        static Scan of(RelNode rel) {
            if (rel instanceof SourceScan scan) {
                return new Scan(scan, List.copyOf(scan.getCluster().getRexBuilder().identityProjects(scan.getRowType())));
            }
            Scan input = rel instanceof LogicalProject project ? of(project.getInput()) : null;
            return input == null ? null : new Scan(input.source,
                    ((LogicalProject) rel).getProjects().stream().map(each -> Rewrites.substitute(each, input.columns)).toList());
        }
    }

    private static RelNode ranked(Correlate correlate, LogicalSort sort, LogicalProject columns, LogicalFilter filter, ImmutableBitSet partition,
            int[] places) {
        List<RelFieldCollation> order = sort.getCollation().getFieldCollations().stream()
                .map(each -> each.withFieldIndex(((RexInputRef) columns.getProjects().get(each.getFieldIndex())).getIndex())).toList();
        RankRel rank = RankRel.create(filter.getInput(), partition, RelCollations.of(order), 1, RexLiteral.intValue(sort.fetch), false);
        List<RexNode> projects = new ArrayList<>();
        for (int place : places) {
            projects.add(RexInputRef.of(place, rank.getRowType()));
        }
        projects.addAll(columns.getProjects());
        return LogicalProject.create(rank, List.of(), projects, correlate.getRowType().getFieldNames(), Set.of());
    }
}
