package creek.sql.internal.plan.rule;

import creek.core.data.DataType;
import creek.core.operator.OverWindow;
import creek.sql.internal.SqlError;
import creek.sql.internal.aggregate.Aggregates;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.OverRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.type.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
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
            RelFieldCollation order = order();
            List<Integer> partitionBy = window.partitionKeys.stream().map(this::place).toList();
            // those that take rows back first: in a bounded window they are computed apart from the others
            overs.sort(Comparator.comparing(over -> !Aggregates.takesBack(over.getAggOperator())));
            List<AggregateCall> calls = overs.stream().map(this::call).toList();
            RelNode prepared = below.size() == input.getRowType().getFieldCount() ? input : CalcRel.create(input, null, below, names);
            OverRel over = new OverRel(prepared, partitionBy, order, overWindow(), calls);
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
                    if (window != null && !isSame(window, over.getWindow())) {
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

        /** The order of the columns of PARTITION BY makes no difference. */
        private static boolean isSame(RexWindow window, RexWindow other) {
            return Set.copyOf(window.partitionKeys).equals(Set.copyOf(other.partitionKeys)) && window.orderKeys.equals(other.orderKeys)
                    && window.isRows() == other.isRows() && window.getLowerBound().equals(other.getLowerBound())
                    && window.getUpperBound().equals(other.getUpperBound());
        }

        private RelFieldCollation order() {
            if (window.orderKeys.size() != 1) {
                throw SqlError.unsupported("OVER windows must be ordered by a single column, best a time attribute");
            }
            RexFieldCollation order = window.orderKeys.get(0);
            if (order.getDirection() != Direction.ASCENDING) {
                throw SqlError.unsupported("the window can only be ordered in ASCENDING mode");
            }
            if (!(order.left.getType() instanceof TimeAttributeType)) {
                checkOrderedByValues(order.left.getType());
            }
            return new RelFieldCollation(place(order.left), order.getDirection(), order.getNullDirection());
        }

        private void checkOrderedByValues(RelDataType type) {
            if (!window.getLowerBound().isUnbounded()) {
                throw SqlError.unsupported("OVER windows ordered by a column that is no time attribute can only begin with UNBOUNDED PRECEDING");
            }
            if (type.isStruct() || type.getComponentType() != null || type.getKeyType() != null) {
                throw SqlError.unsupported("OVER windows can't be ordered by a column of type " + type.getSqlTypeName());
            }
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

        private AggregateCall call(RexOver over) {
            if (over.getAggOperator().getKind() == SqlKind.LEAD) {
                throw SqlError.unsupported("LEAD is not supported for streams, since it needs rows that are still to come");
            }
            List<RexNode> operands = new ArrayList<>(over.getOperands());
            if (over.getAggOperator().getKind() == SqlKind.LAG && operands.size() > 2) {
                operands.set(2, asDefault(operands.get(2), operands.get(0).getType()));
            }
            List<Integer> arguments = operands.stream().map(this::place).toList();
            return AggregateCall.create(over.getAggOperator(), over.isDistinct(), false, over.ignoreNulls(), List.of(), arguments, -1, null,
                    RelCollations.EMPTY, over.getType(), null);
        }

        private RexNode asDefault(RexNode given, RelDataType wanted) {
            if (SqlTypeName.CHAR_TYPES.contains(wanted.getSqlTypeName()) && SqlTypeName.CHAR_TYPES.contains(given.getType().getSqlTypeName())) {
                return given;
            }
            DataType type = Types.toDataType(wanted).nullable(true);
            DataType givenType = Types.toDataType(given.getType()).nullable(true);
            if (type.root() != givenType.root()) {
                throw SqlError.invalid("LAG: the default is " + givenType + ", but the value is " + type + "; cast the default to that type");
            }
            return type.equals(givenType) ? given : Rewrites.castTo(rex, given, wanted);
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
