package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.sql.internal.codegen.ExpressionCompiler.Block;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** AND, OR, NOT, the IS predicates and CASE, in three-valued logic. What Java would not evaluate is not evaluated. */
final class LogicCode {
    private final ExpressionCompiler compiler;

    LogicCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    /** A Java expression for "this is TRUE". */
    String isTrue(RexNode node) {
        return switch (InListCode.matches(node) ? SqlKind.IN : node.getKind()) {
            case AND -> chain((RexCall) node, true, true);
            case OR -> chain((RexCall) node, false, true);
            case NOT -> isFalse(operand(node));
            default -> {
                Expression expression = compiler.compileExpanded(node);
                yield !expression.isNullable() ? expression.term() : expression.isAlwaysNull() ? "false"
                        : "(!" + expression.nullTerm() + " && " + compiler.whenNotNull(expression) + ")";
            }
        };
    }

    /** A Java expression for "this is FALSE". */
    String isFalse(RexNode node) {
        return switch (InListCode.matches(node) ? SqlKind.IN : node.getKind()) {
            case AND -> chain((RexCall) node, false, false);
            case OR -> chain((RexCall) node, true, false);
            case NOT -> isTrue(operand(node));
            default -> {
                Expression expression = compiler.compileExpanded(node);
                yield !expression.isNullable() ? "!" + expression.term() : expression.isAlwaysNull() ? "false"
                        : "(!" + expression.nullTerm() + " && !" + compiler.whenNotNull(expression) + ")";
            }
        };
    }

    private static RexNode operand(RexNode node) {
        return ((RexCall) node).getOperands().get(0);
    }

    private String test(RexNode node, boolean wanted) {
        return wanted ? isTrue(node) : isFalse(node);
    }

    /** All (or any) of the operands are as wanted; later ones are looked at only if needed. */
    private String chain(RexCall call, boolean all, boolean wanted) {
        String result = test(call.getOperands().get(0), wanted);
        for (RexNode operand : call.getOperands().subList(1, call.getOperands().size())) {
            Block<String> next = compiler.block(() -> test(operand, wanted));
            if (next.statements().isEmpty()) {
                result = result + (all ? " && " : " || ") + next.result();
            } else {
                String variable = compiler.declare(boolean.class, "holds", result);
                compiler.statement("if (" + (all ? "" : "!") + variable + ") {\n" + next.statements() + variable + " = " + next.result()
                        + ";\n}");
                result = variable;
            }
        }
        return "(" + result + ")";
    }

    /** AND or OR as a value. */
    Expression junction(RexCall call) {
        if (InListCode.matches(call)) {
            return InListCode.generate(compiler, call);
        }
        DataType type = Types.toDataType(call.getType());
        boolean and = call.getKind() == SqlKind.AND;
        if (!type.isNullable()) {
            return Expression.notNull(isTrue(call), type);
        }
        // the value that decides, whatever the others are
        String deciding = and ? "false" : "true";
        String value = compiler.declare(boolean.class, "v", String.valueOf(and));
        String isNull = compiler.declare(boolean.class, "isNull", "false");
        StringBuilder text = new StringBuilder();
        StringBuilder ends = new StringBuilder();
        for (RexNode operand : call.getOperands()) {
            Block<Expression> next = compiler.block(() -> compiler.bind(compiler.compileExpanded(operand), "v"));
            Expression result = next.result();
            if (text.length() > 0) {
                text.append("if (").append(and ? "" : "!").append(value).append(") {\n");
                ends.append("}\n");
            }
            text.append(next.statements());
            String decided = (and ? "!" : "") + result.term();
            if (result.isAlwaysNull()) {
                text.append(isNull).append(" = true;\n");
            } else if (result.isNullable()) {
                text.append("if (").append(result.nullTerm()).append(") {\n").append(isNull).append(" = true;\n} else if (").append(decided)
                        .append(") {\n").append(value).append(" = ").append(deciding).append(";\n").append(isNull).append(" = false;\n}\n");
            } else {
                text.append("if (").append(decided).append(") {\n").append(value).append(" = ").append(deciding).append(";\n")
                        .append(isNull).append(" = false;\n}\n");
            }
        }
        compiler.statement(text.append(ends).toString().stripTrailing());
        return new Expression(value, isNull, type);
    }

    Expression not(RexCall call) {
        return compiler.compileExpanded(operand(call)).not();
    }

    /** IS [NOT] NULL, TRUE, FALSE, UNKNOWN. */
    Expression is(RexCall call) {
        RexNode operand = operand(call);
        DataType type = Types.toDataType(call.getType());
        return Expression.notNull(switch (call.getKind()) {
            case IS_NULL, IS_UNKNOWN -> nullTerm(operand, false);
            case IS_NOT_NULL -> nullTerm(operand, true);
            case IS_TRUE -> isTrue(operand);
            case IS_FALSE -> isFalse(operand);
            case IS_NOT_TRUE -> "!(" + isTrue(operand) + ")";
            case IS_NOT_FALSE -> "!(" + isFalse(operand) + ")";
            default -> throw new IllegalArgumentException(call.toString());
        }, type);
    }

    private String nullTerm(RexNode operand, boolean negated) {
        Expression expression = compiler.compileExpanded(operand);
        if (!expression.isVariable()) {
            // an expression that fails must fail here too
            expression = compiler.bind(expression, "v");
        }
        return (negated ? "!" : "") + expression.nullTerm();
    }

    /** CASE with conditions at even places, their results behind them, and the other result at the end. */
    Expression caseWhen(RexCall call) {
        return choose(call.getOperands(), Types.toDataType(call.getType()));
    }

    Expression choose(List<RexNode> operands, DataType type) {
        List<Block<String>> conditions = new ArrayList<>();
        List<Block<Expression>> results = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            RexNode operand = operands.get(i);
            if (i % 2 == 0 && i < operands.size() - 1) {
                conditions.add(compiler.block(() -> isTrue(operand)));
            } else {
                results.add(compiler.block(() -> compiler.convert(compiler.compileExpanded(operand), type)));
            }
        }
        boolean inline = conditions.stream().allMatch(block -> block.statements().isEmpty())
                && results.stream().allMatch(block -> block.statements().isEmpty() && !block.result().isNullable());
        return inline ? inline(conditions, results, type) : assigned(conditions, results, type);
    }

    private static Expression inline(List<Block<String>> conditions, List<Block<Expression>> results, DataType type) {
        StringBuilder term = new StringBuilder("(");
        for (int i = 0; i < conditions.size(); i++) {
            term.append(conditions.get(i).result()).append(" ? ").append(results.get(i).result().term()).append(" : ");
        }
        return Expression.notNull(term.append(results.get(conditions.size()).result().term()).append(')').toString(), type);
    }

    private Expression assigned(List<Block<String>> conditions, List<Block<Expression>> results, DataType type) {
        boolean nullable = results.stream().anyMatch(block -> block.result().isNullable());
        String value = compiler.declare(JavaTypes.of(type), "v", JavaTypes.zero(JavaTypes.of(type)));
        String isNull = nullable ? compiler.declare(boolean.class, "isNull", "false") : Expression.NEVER;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < conditions.size(); i++) {
            text.append(conditions.get(i).statements()).append("if (").append(conditions.get(i).result()).append(") {\n");
            assign(text, results.get(i), value, isNull);
            text.append("} else {\n");
        }
        assign(text, results.get(conditions.size()), value, isNull);
        compiler.statement(text.append("}\n".repeat(conditions.size())).toString().stripTrailing());
        return new Expression(value, isNull, type);
    }

    private static void assign(StringBuilder text, Block<Expression> block, String value, String isNull) {
        Expression result = block.result();
        text.append(block.statements());
        if (result.isAlwaysNull()) {
            text.append(isNull).append(" = true;\n");
            return;
        }
        text.append(value).append(" = ").append(result.term()).append(";\n");
        if (result.isNullable()) {
            text.append(isNull).append(" = ").append(result.nullTerm()).append(";\n");
        }
    }
}
