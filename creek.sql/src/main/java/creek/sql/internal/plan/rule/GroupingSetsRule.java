package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.GroupAggregateRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.StateTtl;
import creek.sql.internal.plan.WindowColumn;
import creek.sql.internal.plan.WindowColumn.Which;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * GROUPING SETS, CUBE and ROLLUP are the union of their groupings, with null for the columns that a grouping is not by. GROUPING, GROUPING_ID and
 * GROUP_ID are constants of a grouping, also where there is only one.
 */
public final class GroupingSetsRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate)
                || aggregate.getGroupType() == Aggregate.Group.SIMPLE && aggregate.getAggCallList().stream().noneMatch(GroupingSetsRule::isGrouping)) {
            return null;
        }
        boolean windowed = aggregate.getGroupSets().stream().allMatch(set -> hasWindow(aggregate, set))
                && (aggregate.getGroupType() == Aggregate.Group.SIMPLE || !AttachedWindowAggregateRule.isSessionOfRows(aggregate.getInput()));
        List<RelNode> groupings = new ArrayList<>();
        aggregate.getGroupSets().forEach(set -> groupings.add(grouping(aggregate, set, windowed)));
        return groupings.size() == 1 ? groupings.get(0) : LogicalUnion.create(groupings, true);
    }

    private static boolean isGrouping(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
    }

    /** Whether a grouping is by start and end of a window. */
    private static boolean hasWindow(LogicalAggregate aggregate, ImmutableBitSet set) {
        Set<Which> found = EnumSet.noneOf(Which.class);
        set.forEach(key -> WindowColumn.of(aggregate.getInput(), key).ifPresent(column -> found.add(column.which())));
        return found.contains(Which.START) && found.contains(Which.END);
    }

    /** @param windowed whether all groupings are by window; else none is an aggregation of windows, although it may be by one */
    private static RelNode grouping(LogicalAggregate aggregate, ImmutableBitSet set, boolean windowed) {
        RexBuilder rex = aggregate.getCluster().getRexBuilder();
        List<AggregateCall> calls = aggregate.getAggCallList().stream().filter(call -> !isGrouping(call)).toList();
        RelNode simple = LogicalAggregate.create(aggregate.getInput(), aggregate.getHints(), set, null, calls);
        RelNode grouped = windowed ? simple
                : new GroupAggregateRel(aggregate.getInput(), set, calls, simple.getRowType().getFieldNames(), StateTtl.of(aggregate.getHints()));
        List<RexNode> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            RelDataType type = aggregate.getRowType().getFieldList().get(columns.size()).getType();
            columns.add(set.get(key) ? rex.makeInputRef(grouped, set.indexOf(key)) : rex.makeNullLiteral(type));
        }
        int next = set.cardinality();
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(isGrouping(call) ? rex.makeExactLiteral(BigDecimal.valueOf(bits(call, set)), call.getType())
                    : rex.makeInputRef(grouped, next++));
        }
        return LogicalProject.create(grouped, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
    }

    /** A bit for each argument, set if the grouping is not by it. GROUP_ID has no arguments: no grouping comes twice, so it is 0. */
    private static long bits(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return bits;
    }
}
