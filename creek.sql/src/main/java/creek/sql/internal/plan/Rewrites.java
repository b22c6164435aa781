package creek.sql.internal.plan;

import creek.core.data.DataType;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Expressions brought over another input. */
public final class Rewrites {
    private Rewrites() {
    }

    /** The expression with its column references typed as the input has them now, time attributes materialized. */
    public static RexNode overInput(RexNode expression, RelNode input) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        return TimeAttributes.materialize(rex, substitute(expression, rex.identityProjects(input.getRowType())));
    }

    /** As {@link #overInput}, over the columns of two inputs. */
    public static RexNode overInputs(RexNode expression, RelNode left, RelNode right) {
        RexBuilder rex = left.getCluster().getRexBuilder();
        int arity = left.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(left.getRowType()));
        rex.identityProjects(right.getRowType()).forEach(each -> columns.add(RexUtil.shift(each, arity)));
        return TimeAttributes.materialize(rex, substitute(expression, columns));
    }

    /** The expression with each column reference replaced by the expression of that place. */
    public static RexNode substitute(RexNode expression, List<? extends RexNode> columns) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return columns.get(reference.getIndex());
            }
        });
    }

    /** The expression in another type, as it is if the values have the same form. */
    public static RexNode castTo(RexBuilder rex, RexNode expression, RelDataType type) {
        DataType from = Types.toDataType(expression.getType()).nullable(true);
        DataType to = Types.toDataType(type).nullable(true);
        boolean same = from.equals(to) || from.isString() && to.isString() || from.isMillis() && to.isMillis() && from.root() == to.root();
        return same ? expression : rex.makeAbstractCast(
                rex.getTypeFactory().createTypeWithNullability(type, expression.getType().isNullable()), expression, false);
    }

    /** What is cast, where that is so. */
    public static RexNode withoutCast(RexNode expression) {
        return expression.getKind() == SqlKind.CAST ? ((RexCall) expression).getOperands().get(0) : expression;
    }

    /** The number of nodes of an expression. */
    public static int size(RexNode expression) {
        return RexUtil.nodeCount(List.of(expression));
    }
}
