package creek.sql.internal.plan.logical;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.Rewrites;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** The numbers that conditions leave of ranked rows. */
final class RankRange {
    private final LogicalProject project;
    private final int number;
    private long first = 1;
    private long last = Long.MAX_VALUE;
    private int lastColumn = -1;

    /** @param number the place in the project of the number */
    RankRange(LogicalProject project, int number) {
        this.project = project;
        this.number = number;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** The column of the project's input that holds the last number of each partition; -1 if there is none. */
    int lastColumn() {
        return lastColumn;
    }

    /** Whether there is a last number. */
    boolean isLimited() {
        return last < Long.MAX_VALUE || lastColumn >= 0;
    }

    /** Takes account of a condition; false if it must be tested nevertheless. */
    boolean narrow(RexNode condition) {
        if (condition.getKind() == SqlKind.OR) {
            narrowToSpan((RexCall) condition);
            return false;
        }
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return false;
        }
        RexNode left = Rewrites.withoutCast(call.getOperands().get(0));
        RexNode right = Rewrites.withoutCast(call.getOperands().get(1));
        boolean turned = !isNumber(left);
        RexNode limit = turned ? left : right;
        if (turned && !isNumber(right)) {
            return false;
        }
        SqlKind kind = turned ? call.getKind().reverse() : call.getKind();
        BigDecimal bound = constant(limit);
        return bound == null ? kind == SqlKind.LESS_THAN_OR_EQUAL && limitBy(limit) : narrow(kind, bound);
    }

    private boolean narrow(SqlKind kind, BigDecimal bound) {
        long floor = bound.setScale(0, RoundingMode.FLOOR).longValue();
        long ceiling = bound.setScale(0, RoundingMode.CEILING).longValue();
        switch (kind) {
            case LESS_THAN -> last = Math.min(last, ceiling - 1);
            case LESS_THAN_OR_EQUAL -> last = Math.min(last, floor);
            case GREATER_THAN -> first = Math.max(first, floor + 1);
            case GREATER_THAN_OR_EQUAL -> first = Math.max(first, ceiling);
            case EQUALS -> {
                first = Math.max(first, ceiling);
                last = Math.min(last, floor);
            }
            default -> {
                return false;
            }
        }
        if (last < 1) {
            throw SqlError.unsupported("Rank end should not less than zero, but now is " + last + ": numbers start with 1");
        }
        return true;
    }

    /** Of alternatives that are all about the number: from the lowest to the highest number that any of them leaves. */
    private void narrowToSpan(RexCall alternatives) {
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (RexNode each : alternatives.getOperands()) {
            RankRange own = new RankRange(project, number);
            for (RexNode condition : RelOptUtil.conjunctions(each)) {
                if (!own.narrow(condition) || own.lastColumn >= 0) {
                    return;
                }
            }
            lowest = Math.min(lowest, own.first);
            highest = Math.max(highest, own.last);
        }
        first = Math.max(first, lowest);
        last = Math.min(last, highest);
    }

    private boolean limitBy(RexNode limit) {
        boolean integer = limit.getType().getSqlTypeName() == SqlTypeName.BIGINT || limit.getType().getSqlTypeName() == SqlTypeName.INTEGER
                || limit.getType().getSqlTypeName() == SqlTypeName.SMALLINT;
        if (!integer || lastColumn >= 0 || !(limit instanceof RexInputRef reference)
                || !(project.getProjects().get(reference.getIndex()) instanceof RexInputRef column)) {
            return false;
        }
        lastColumn = column.getIndex();
        return true;
    }

    private boolean isNumber(RexNode node) {
        return node instanceof RexInputRef reference && reference.getIndex() == number;
    }

    /** The value of an expression of constant numbers, or null. */
    private static BigDecimal constant(RexNode node) {
        if (node instanceof RexLiteral literal) {
            return literal.getValue() instanceof BigDecimal value ? value : null;
        }
        if (!(node instanceof RexCall call)) {
            return null;
        }
        List<BigDecimal> operands = call.getOperands().stream().map(RankRange::constant).filter(Objects::nonNull).toList();
        if (operands.size() != call.getOperands().size()) {
            return null;
        }
        return switch (call.getKind()) {
            case PLUS -> operands.get(0).add(operands.get(1));
            case MINUS -> operands.get(0).subtract(operands.get(1));
            case TIMES -> operands.get(0).multiply(operands.get(1));
            default -> null;
        };
    }
}
