package creek.sql.internal.plan.rule;

import creek.core.operator.OverWindow;
import creek.sql.internal.SqlError;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.OverRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.type.TimeAttributeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** OVER aggregates in a projection: what they need is computed below them, what uses them above. */
public final class OverRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof CalcRel calc && RexOver.containsOver(calc.projects(), calc.condition()) ? new Rewrite(calc.getInput()).of(calc) : null;
    }

    /** One projection's. */
    private static final class Rewrite {
        private final RelNode input;
        private final RexBuilder rex;
        /** Of the calc below: the input's columns, then what else the aggregates take. */
        private final List<RexNode> below = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<RexOver> overs = new ArrayList<>();
        private RexWindow window;

        Rewrite(RelNode input) {
            this.input = input;
            this.rex = input.getCluster().getRexBuilder();
            below.addAll(rex.identityProjects(input.getRowType()));
            names.addAll(input.getRowType().getFieldNames());
        }

        RelNode of(CalcRel calc) {
            if (calc.condition() != null) {
                throw new IllegalStateException("a filter was merged with OVER aggregates: " + calc.condition());
            }
            calc.projects().forEach(this::collect);
            int time = timeColumn();
            List<Integer> partitionBy = window.partitionKeys.stream().map(this::place).toList();
            List<AggregateCall> calls = overs.stream().map(over -> call(over, time)).toList();
            RelNode prepared = below.size() == input.getRowType().getFieldCount() ? input : CalcRel.create(input, null, below, names);
            OverRel over = new OverRel(prepared, partitionBy, time, overWindow(), calls);
            List<RexNode> above = calc.projects().stream().map(each -> each.accept(new RexShuttle() {
                @Override
                public RexNode visitOver(RexOver call) {
                    return rex.makeInputRef(over, below.size() + overs.indexOf(call));
                }
            })).toList();
            return CalcRel.create(over, null, above, calc.getRowType().getFieldNames());
        }

        private void collect(RexNode expression) {
            expression.accept(new RexShuttle() {
                @Override
                public RexNode visitOver(RexOver over) {
                    if (window != null && !window.equals(over.getWindow())) {
                        throw SqlError.unsupported("all OVER aggregates of a SELECT must have the same window; compute the others in another "
                                + "SELECT over this one");
                    }
                    window = over.getWindow();
                    if (!overs.contains(over)) {
                        overs.add(over);
                    }
                    return over;
                }
            });
        }

        private int timeColumn() {
            if (window.orderKeys.size() != 1) {
                throw SqlError.unsupported("OVER windows must be ordered by a single time attribute");
            }
            RexFieldCollation order = window.orderKeys.get(0);
            if (!(order.left.getType() instanceof TimeAttributeType)) {
                throw SqlError.unsupported("OVER windows' ordering in stream mode must be defined on a time attribute");
            }
            if (order.getDirection() != Direction.ASCENDING) {
                throw SqlError.unsupported("the window can only be ordered in ASCENDING mode");
            }
            return place(order.left);
        }

        private OverWindow overWindow() {
            RexWindowBound lower = window.getLowerBound();
            if (!window.getUpperBound().isCurrentRow()) {
                throw SqlError.unsupported("OVER windows must end with CURRENT ROW; FOLLOWING is not supported for streams");
            }
            if (lower.isCurrentRow()) {
                throw SqlError.unsupported("OVER windows can't begin with CURRENT ROW; write 0 PRECEDING");
            }
            if (lower.isUnbounded()) {
                return new OverWindow(window.isRows(), OverWindow.UNBOUNDED);
            }
            if (!lower.isPreceding() || !(lower.getOffset() instanceof RexLiteral offset)) {
                throw SqlError.unsupported("OVER windows must begin with UNBOUNDED PRECEDING, or a constant PRECEDING");
            }
            if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(offset.getType().getSqlTypeName())) {
                throw SqlError.unsupported("OVER windows can't begin an INTERVAL of months PRECEDING, as months have no fixed length; use days");
            }
            return new OverWindow(window.isRows(), offset.getValueAs(BigDecimal.class).longValueExact());
        }

        private AggregateCall call(RexOver over, int time) {
            if (over.getAggOperator().getKind() == SqlKind.LEAD) {
                throw SqlError.unsupported("LEAD is not supported for streams, since it needs rows that are still to come");
            }
            boolean ranks = over.getAggOperator().getKind() == SqlKind.RANK || over.getAggOperator().getKind() == SqlKind.DENSE_RANK;
            List<Integer> arguments = ranks ? List.of(time) : over.getOperands().stream().map(this::place).toList();
            return AggregateCall.create(over.getAggOperator(), over.isDistinct(), false, over.ignoreNulls(), List.of(), arguments, -1, null,
                    RelCollations.EMPTY, over.getType(), null);
        }

        /** The place below of a value that an aggregate or the partitioning takes. */
        private int place(RexNode value) {
            int known = below.indexOf(value);
            if (known >= 0) {
                return known;
            }
            below.add(value);
            names.add("over$" + below.size());
            return below.size() - 1;
        }
    }
}
