package creek.sql.internal.codegen;

import creek.sql.internal.codegen.ExpressionCompiler.Block;
import creek.sql.internal.type.Types;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Values that several branches of a method need, none of which the others can count on: the first that runs computes one for all.
 *
 * <pre>
 * boolean known = false;
 * Utf8 value = null;
 * ...
 * if (!known) {
 *     value = Strings.lower(channel);
 *     known = true;
 * }
 * </pre>
 */
final class LateValues {
    /** What takes as long as to ask whether it is known, of numbers and truth values. */
    private static final Set<SqlKind> CHEAP = EnumSet.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT, SqlKind.EQUALS, SqlKind.NOT_EQUALS, SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL, SqlKind.IS_NULL, SqlKind.IS_NOT_NULL, SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE, SqlKind.IS_FALSE, SqlKind.IS_NOT_FALSE, SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MINUS_PREFIX,
            SqlKind.CAST, SqlKind.REINTERPRET);

    private final ExpressionCompiler compiler;
    /** Where variables are declared: before all branches. */
    private final StringBuilder declarations;
    private final Map<RexNode, Late> values = new HashMap<>();

    private record Late(String known, String value, String isNull) {
    }

    LateValues(ExpressionCompiler compiler, StringBuilder declarations) {
        this.compiler = compiler;
        this.declarations = declarations;
    }

    /** Whether an earlier branch may have computed it. */
    boolean has(RexNode node) {
        return values.containsKey(node);
    }

    /** Whether it takes longer to compute than to ask. */
    static boolean isWorthwhile(RexNode node) {
        return node instanceof RexCall && !(CHEAP.contains(node.getKind()) && JavaTypes.of(Types.toDataType(node.getType())).isPrimitive());
    }

    /** The value of an expression, whose own code is compiled for each branch: it may use variables that only this one has. */
    Expression value(RexNode node, Block<Expression> own) {
        Expression now = own.result();
        if (own.statements().isEmpty()) {
            return now;
        }
        Late late = values.computeIfAbsent(node, key -> declare(now));
        compiler.statement("if (!" + late.known + ") {\n" + own.statements() + late.value + " = " + now.term() + ";\n"
                + (now.isNullable() ? late.isNull + " = " + now.nullTerm() + ";\n" : "") + late.known + " = true;\n}");
        return new Expression(late.value, now.isNullable() ? late.isNull : Expression.NEVER, now.type());
    }

    private Late declare(Expression value) {
        ClassBody body = compiler.body();
        Late late = new Late(body.name("isKnown"), body.name("late"), body.name("lateIsNull"));
        declarations.append("boolean ").append(late.known).append(" = false;\n").append(body.imports().use(value.javaType())).append(' ').append(late.value)
                .append(" = ").append(JavaTypes.zero(value.javaType())).append(";\n");
        if (value.type().isNullable()) {
            declarations.append("boolean ").append(late.isNull).append(" = false;\n");
        }
        return late;
    }
}
