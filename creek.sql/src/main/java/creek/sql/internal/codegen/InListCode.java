package creek.sql.internal.codegen;

import creek.core.data.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** IN and NOT IN with many integers or strings: looked up rather than compared with one by one. */
final class InListCode {
    /** Fewer are compared as fast as they are looked up. */
    private static final int LEAST = 9;

    private InListCode() {
    }

    /** Whether it is {@code v = c1 OR v = c2 ...} or {@code v <> c1 AND v <> c2 ...} with so many constants. */
    static boolean matches(RexNode node) {
        SqlKind comparison = node.getKind() == SqlKind.OR ? SqlKind.EQUALS : SqlKind.NOT_EQUALS;
        if (node.getKind() != SqlKind.OR && node.getKind() != SqlKind.AND || ((RexCall) node).getOperands().size() < LEAST) {
            return false;
        }
        RexNode value = value(node);
        return value != null && ((RexCall) node).getOperands().stream().allMatch(operand -> operand.getKind() == comparison
                && ((RexCall) operand).getOperands().get(0).equals(value) && isConstant(((RexCall) operand).getOperands().get(1), value));
    }

    private static RexNode value(RexNode list) {
        return ((RexCall) list).getOperands().get(0) instanceof RexCall first && first.getOperands().size() == 2 ? first.getOperands().get(0) : null;
    }

    private static boolean isConstant(RexNode node, RexNode value) {
        List<SqlTypeName> kinds = SqlTypeName.INT_TYPES.contains(value.getType().getSqlTypeName()) ? SqlTypeName.INT_TYPES : SqlTypeName.CHAR_TYPES;
        return node instanceof RexLiteral literal && !literal.isNull() && kinds.contains(literal.getType().getSqlTypeName())
                && kinds.contains(value.getType().getSqlTypeName());
    }

    static Expression generate(ExpressionCompiler compiler, RexNode list) {
        Expression value = compiler.bind(compiler.compileExpanded(value(list)), "v");
        DataType type = DataType.bool().nullable(value.isNullable());
        List<RexNode> constants = ((RexCall) list).getOperands().stream().map(operand -> ((RexCall) operand).getOperands().get(1)).toList();
        boolean negated = list.getKind() == SqlKind.AND;
        if (JavaTypes.isInteger(value.type())) {
            String sorted = compiler.body().constant(long[].class, "in_list", constants.stream()
                    .flatMapToLong(constant -> LongStream.of(((RexLiteral) constant).getValueAs(Long.class))).sorted()
                    .mapToObj(number -> number + "L").collect(Collectors.joining(", ", "{", "}")));
            return compiler.total(type, List.of(value), terms -> "(" + compiler.body().imports().use(Arrays.class) + ".binarySearch(" + sorted
                    + ", (long) " + terms.get(0) + (negated ? ") < 0)" : ") >= 0)"));
        }
        List<String> terms = new ArrayList<>();
        constants.forEach(constant -> terms.add(compiler.compileExpanded(constant).term()));
        String set = compiler.body().constant(Set.class, "in_list", "new " + compiler.body().imports().use(HashSet.class) + "("
                + compiler.body().imports().use(Arrays.class) + ".asList(new Object[] {" + String.join(", ", terms) + "}))");
        return compiler.strict(type, List.of(value), of -> (negated ? "!" : "") + set + ".contains(" + of.get(0) + ")");
    }
}
