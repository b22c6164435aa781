package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** GROUPING SETS, ROLLUP and CUBE become the union of an aggregation for each set; GROUPING is known for each. */
public final class GroupingSetsRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalAggregate aggregate)
                || aggregate.getGroupType() == LogicalAggregate.Group.SIMPLE
                        && aggregate.getAggCallList().stream().noneMatch(GroupingSetsRule::isGrouping)) {
            return null;
        }
        List<RelNode> parts = aggregate.getGroupSets().stream().map(set -> part(aggregate, set)).toList();
        return parts.size() == 1 ? parts.get(0) : LogicalUnion.create(parts, true);
    }

    private static boolean isGrouping(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.GROUPING;
    }

    private static RelNode part(LogicalAggregate aggregate, ImmutableBitSet set) {
        RelNode input = aggregate.getInput();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isGrouping(call)) {
                calls.add(call.adaptTo(input, call.getArgList(), call.filterArg, aggregate.getGroupCount(), set.cardinality()));
            }
        }
        LogicalAggregate simple = LogicalAggregate.create(input, List.of(), set, null, calls);
        RexBuilder rex = aggregate.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int group : aggregate.getGroupSet()) {
            RelDataTypeField field = aggregate.getRowType().getFieldList().get(columns.size());
            columns.add(set.get(group) ? rex.makeInputRef(simple, set.indexOf(group)) : rex.makeNullLiteral(field.getType()));
        }
        int next = set.cardinality();
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(isGrouping(call) ? grouping(rex, call, set) : rex.makeInputRef(simple, next++));
        }
        return LogicalProject.create(simple, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
    }

    /** A bit for each argument, the last one's the lowest: 1 if the set does not group by it. */
    private static RexNode grouping(RexBuilder rex, AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        RelDataType type = call.getType();
        return rex.makeLiteral(BigDecimal.valueOf(bits), type, true);
    }
}
