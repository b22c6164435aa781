package creek.sql.internal.plan;

import creek.sql.internal.type.TimeAttributeType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A join's condition in parts.
 *
 * @param leftKeys  expressions over the left side that must equal the right ones at the same places
 * @param rightKeys expressions over the right side
 * @param interval  how close event times must be, or null
 * @param rest      what pairs must pass besides, over both sides; empty for nothing
 */
public record JoinCondition(List<RexNode> leftKeys, List<RexNode> rightKeys, Interval interval, List<RexNode> rest) {
    /** {@code right + lower <= left <= right + upper} for two time attributes of one kind, in milliseconds. */
    public record Interval(TimeAttributeType.Kind kind, int leftTime, int rightTime, long lower, long upper) {
        public boolean isProctime() {
            return kind == TimeAttributeType.Kind.PROCTIME;
        }
    }

    /** A time attribute and how many milliseconds are added to it. */
    private record Moment(TimeAttributeType.Kind kind, int column, long offset) {
    }

    /** @param withInterval whether conditions on how close times must be are taken apart from the rest */
    static JoinCondition of(RexNode condition, RelNode left, RelNode right, boolean withInterval) {
        RexBuilder rex = left.getCluster().getRexBuilder();
        int arity = left.getRowType().getFieldCount();
        List<RexNode> conjunctions = RelOptUtil.conjunctions(RexUtil.expandSearch(rex, null, condition));
        Bounds bounds = new Bounds(arity);
        if (withInterval) {
            conjunctions.forEach(bounds::narrow);
        }
        List<RexNode> leftKeys = new ArrayList<>();
        List<RexNode> rightKeys = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode each : conjunctions) {
            if (bounds.isInterval() && bounds.used.contains(each)) {
                continue;
            }
            if (!addKeys(each, arity, rex, leftKeys, rightKeys)) {
                rest.add(each);
            }
        }
        return new JoinCondition(leftKeys, rightKeys, bounds.interval(), rest);
    }

    private static boolean addKeys(RexNode condition, int arity, RexBuilder rex, List<RexNode> leftKeys, List<RexNode> rightKeys) {
        if (condition.getKind() != SqlKind.EQUALS) {
            return false;
        }
        RexNode first = ((RexCall) condition).getOperands().get(0);
        RexNode second = ((RexCall) condition).getOperands().get(1);
        boolean straight = isOver(first, 0, arity) && isOver(second, arity, Integer.MAX_VALUE);
        boolean turned = isOver(second, 0, arity) && isOver(first, arity, Integer.MAX_VALUE);
        if (!straight && !turned || !RexUtil.isDeterministic(condition)) {
            return false;
        }
        RexNode left = straight ? first : second;
        RexNode right = RexUtil.shift(straight ? second : first, -arity);
        var common = rex.getTypeFactory().leastRestrictive(List.of(left.getType(), right.getType()));
        if (common == null) {
            return false;
        }
        leftKeys.add(Rewrites.castTo(rex, left, common));
        rightKeys.add(Rewrites.castTo(rex, right, common));
        return true;
    }

    /** Whether an expression uses columns from a range, and no others. */
    private static boolean isOver(RexNode expression, int from, int to) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(expression);
        return !columns.isEmpty() && columns.nth(0) >= from && columns.length() <= to;
    }

    /** Collects what conditions say about the distance of two time attributes. */
    private static final class Bounds {
        private final int arity;
        private final List<RexNode> used = new ArrayList<>();
        private Moment left;
        private Moment right;
        private long lower = Long.MIN_VALUE;
        private long upper = Long.MAX_VALUE;

        Bounds(int arity) {
            this.arity = arity;
        }

        boolean isInterval() {
            return lower != Long.MIN_VALUE && upper != Long.MAX_VALUE;
        }

        Interval interval() {
            return isInterval() ? new Interval(left.kind, left.column, right.column - arity, lower, upper) : null;
        }

        void narrow(RexNode condition) {
            if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
                return;
            }
            Moment first = moment(call.getOperands().get(0));
            Moment second = moment(call.getOperands().get(1));
            if (first == null || second == null || first.kind != second.kind || first.column < arity == second.column < arity) {
                return;
            }
            boolean turned = first.column >= arity;
            Moment newLeft = turned ? second : first;
            Moment newRight = turned ? first : second;
            if (left != null && (left.column != newLeft.column || right.column != newRight.column)) {
                return;
            }
            // left + a OP right + b is left OP right + (b - a)
            long distance = newRight.offset - newLeft.offset;
            switch (turned ? call.getKind().reverse() : call.getKind()) {
                case LESS_THAN -> upper = Math.min(upper, distance - 1);
                case LESS_THAN_OR_EQUAL -> upper = Math.min(upper, distance);
                case GREATER_THAN -> lower = Math.max(lower, distance + 1);
                case GREATER_THAN_OR_EQUAL -> lower = Math.max(lower, distance);
                case EQUALS -> {
                    upper = Math.min(upper, distance);
                    lower = Math.max(lower, distance);
                }
                default -> {
                    return;
                }
            }
            left = newLeft;
            right = newRight;
            used.add(condition);
        }

        private static Moment moment(RexNode node) {
            if (node instanceof RexInputRef reference) {
                return reference.getType() instanceof TimeAttributeType time ? new Moment(time.kind(), reference.getIndex(), 0) : null;
            }
            if (!(node instanceof RexCall call)) {
                return null;
            }
            if (call.getKind() == SqlKind.CAST && call.getOperands().get(0).getType().getSqlTypeName() == call.getType().getSqlTypeName()) {
                return moment(call.getOperands().get(0));
            }
            int sign = call.getKind() == SqlKind.PLUS ? 1 : call.getKind() == SqlKind.MINUS ? -1 : 0;
            if (sign == 0 || call.getOperands().size() != 2) {
                return null;
            }
            Moment base = moment(call.getOperands().get(0));
            return base != null && call.getOperands().get(1) instanceof RexLiteral literal
                    && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())
                    ? new Moment(base.kind, base.column, base.offset + sign * literal.getValueAs(Long.class)) : null;
        }
    }
}
