package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.KeptColumns;
import creek.sql.internal.plan.OverRel;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.TemporalJoinRel;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.type.TimeAttributeType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Columns that neither a calc uses nor the windows, OVER aggregates, ranks or joins below it are left out below these: so sources need not decode them,
 * nor states keep them.
 */
public final class UnusedColumnsRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof CalcRel calc)) {
            return null;
        }
        RelNode below = calc.getInput();
        ImmutableBitSet used = InputFinder.bits(calc.projects(), calc.condition());
        if (below instanceof WindowRel window) {
            return overWindow(calc, window, used);
        }
        if (below instanceof OverRel over) {
            return overAggregates(calc, over, used);
        }
        if (below instanceof RankRel rank) {
            ImmutableBitSet own = rank.ownColumns();
            KeptColumns kept = new KeptColumns(rank.getInput(), used.union(own).union(KeptColumns.ofKeys(rank.getInput())));
            return kept.areAll() ? null : above(calc, rank.over(kept), kept);
        }
        if (below instanceof JoinRel join) {
            return overJoin(calc, join, join.condition(), ImmutableBitSet.of(), used);
        }
        if (below instanceof TemporalJoinRel join) {
            return overJoin(calc, join, join.condition(), ownColumns(join), used);
        }
        return null;
    }

    private static RelNode overWindow(CalcRel calc, WindowRel window, ImmutableBitSet used) {
        WindowSpec windows = window.windows();
        KeptColumns kept = new KeptColumns(window.getInput(), used.union(ImmutableBitSet.of(windows.partitionBy())).set(windows.timeColumn()));
        return kept.areAll() ? null : above(calc, new WindowRel(kept.node(), windows.withColumns(kept.place(windows.timeColumn()),
                windows.partitionBy().stream().map(kept::place).toList())), kept);
    }

    private static RelNode overAggregates(CalcRel calc, OverRel over, ImmutableBitSet used) {
        ImmutableBitSet.Builder all = used.rebuild().addAll(over.partitionBy()).set(over.order().getFieldIndex());
        over.aggregates().forEach(each -> all.addAll(each.getArgList()));
        KeptColumns kept = new KeptColumns(over.getInput(), all.build().union(KeptColumns.ofKeys(over.getInput())));
        if (kept.areAll()) {
            return null;
        }
        List<AggregateCall> aggregates = over.aggregates().stream().map(each -> each.transform(kept.mapping())).toList();
        return above(calc, new OverRel(kept.node(), over.partitionBy().stream().map(kept::place).toList(), RexUtil.apply(kept.mapping(), over.order()),
                over.window(), aggregates), kept);
    }

    /** The versions' times and the left rows', which the condition does not name. */
    private static ImmutableBitSet ownColumns(TemporalJoinRel join) {
        int arity = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder().set(join.leftTime());
        for (RelDataTypeField field : join.getRight().getRowType().getFieldList()) {
            if (TimeAttributeType.isRowtime(field.getType())) {
                columns.set(arity + field.getIndex());
            }
        }
        return columns.build();
    }

    private static RelNode overJoin(CalcRel calc, BiRel join, RexNode condition, ImmutableBitSet own, ImmutableBitSet used) {
        int arity = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet all = used.union(own).union(InputFinder.bits(condition));
        KeptColumns left = new KeptColumns(join.getLeft(), all.intersect(ImmutableBitSet.range(arity)).union(KeptColumns.ofKeys(join.getLeft())));
        KeptColumns right = new KeptColumns(join.getRight(), all.except(ImmutableBitSet.range(arity)).shift(-arity)
                .union(KeptColumns.ofKeys(join.getRight())));
        if (left.areAll() && right.areAll()) {
            return null;
        }
        RexBuilder rex = calc.getCluster().getRexBuilder();
        List<RexNode> moved = new ArrayList<>(left.moved());
        right.moved().forEach(each -> moved.add(RexUtil.shift(each, left.size())));
        RexNode movedCondition = Rewrites.substitute(condition, moved);
        RelNode pruned = join instanceof JoinRel streams ? streams.with(left.node(), right.node(), movedCondition)
                : ((TemporalJoinRel) join).with(left.node(), right.node(), left.place(((TemporalJoinRel) join).leftTime()), movedCondition);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            columns.add(rex.makeInputRef(pruned, ((RexInputRef) moved.get(i)).getIndex()));
        }
        return above(calc, pruned, columns);
    }

    /** The calc over a relation that has the columns of its input that are kept, and then its own. */
    private static RelNode above(CalcRel calc, RelNode pruned, KeptColumns kept) {
        RexBuilder rex = calc.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        kept.moved().forEach(each -> columns.add(rex.makeInputRef(pruned, each.getIndex())));
        for (int i = kept.size(); i < pruned.getRowType().getFieldCount(); i++) {
            columns.add(rex.makeInputRef(pruned, i));
        }
        return above(calc, pruned, columns);
    }

    private static RelNode above(CalcRel calc, RelNode pruned, List<RexNode> columns) {
        return CalcRel.create(pruned, calc.condition() == null ? null : Rewrites.substitute(calc.condition(), columns),
                calc.projects().stream().map(each -> Rewrites.substitute(each, columns)).toList(), calc.getRowType().getFieldNames());
    }
}
