package creek.sql.internal.physical;

import creek.core.operator.Calc;
import creek.sql.internal.codegen.CalcGenerator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.ExpressionText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexNode;

/** Joins two streams. */
abstract class JoinNode extends PhysicalNode {
    private final JoinSide left;
    private final JoinSide right;
    private final RexNode condition;

    /** @param condition over the columns of both sides, what pairs must pass besides; or null */
    JoinNode(JoinSide left, JoinSide right, RexNode condition, RelDataType rowType) {
        super(List.of(left.node(), right.node()), rowType);
        this.left = left;
        this.right = right;
        this.condition = condition;
    }

    final JoinSide left() {
        return left;
    }

    final JoinSide right() {
        return right;
    }

    /** What kind of join it is: {@code LEFT JOIN}. */
    abstract String name();

    /** The Java expression of the operator. */
    abstract String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc);

    @Override
    int[] keyOfInput(int input) {
        return input == 0 ? left.keys() : right.keys();
    }

    @Override
    String kind() {
        return "join";
    }

    @Override
    String describe() {
        return stateIdentity() + (left.ttl() == null ? "" : ", left rows kept for " + left.ttl())
                + (right.ttl() == null ? "" : ", right rows kept for " + right.ttl());
    }

    @Override
    String stateIdentity() {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < left.keys().length; i++) {
            conditions.add(left.keyNames().get(i) + " = " + right.keyNames().get(i));
        }
        if (condition != null) {
            List<String> columns = new ArrayList<>(left.node().rowType().getFieldNames());
            columns.addAll(right.node().rowType().getFieldNames());
            conditions.add(ExpressionText.of(condition, columns));
        }
        return name() + (conditions.isEmpty() ? "" : " ON " + String.join(" AND ", conditions));
    }

    @Override
    String write(JobWriter writer) {
        String leftStream = writer.input(this, 0);
        String rightStream = writer.input(this, 1);
        return "topology.combine(" + writer.id(this) + ", " + writer.use(Arrays.class) + ".asList(" + leftStream + ", " + rightStream
                + "),\n" + operator(writer, left.write(writer), right.write(writer), conditionCalc(writer)) + ")";
    }

    /** The Java expression of the condition's calc; {@code null} where there is no condition. */
    final String conditionCalc(JobWriter writer) {
        return condition == null ? "null" : "new " + conditionClass(writer) + "()";
    }

    private String conditionClass(JobWriter writer) {
        RelDataTypeFactory.Builder both = writer.types().builder().kind(StructKind.FULLY_QUALIFIED);
        both.addAll(left.node().rowType().getFieldList());
        both.addAll(right.node().rowType().getFieldList());
        ClassBody body = writer.newBody();
        String methods = CalcGenerator.methods(body, both.uniquify().build(), List.of(), condition);
        return writer.addClass("join_condition", Calc.class, describe(), body, methods);
    }
}
