package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.function.LikePattern;
import creek.core.function.SimilarPattern;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;

/** LIKE and SIMILAR TO: a literal pattern, with its literal escape character, is compiled once. */
public final class LikeCode implements FunctionCode {
    public static final LikeCode LIKE = new LikeCode(LikePattern.class);
    public static final LikeCode SIMILAR = new LikeCode(SimilarPattern.class);

    private final Class<?> matcher;

    private LikeCode(Class<?> matcher) {
        this.matcher = matcher;
    }

    @Override
    public Expression generate(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands();
        List<Expression> arguments = operands.stream().map(compiler::compileExpanded).toList();
        boolean constant = operands.subList(1, operands.size()).stream()
                .allMatch(operand -> operand instanceof RexLiteral literal && !literal.isNull());
        boolean negated = call.getOperator() instanceof SqlLikeOperator like && like.isNegated();
        String not = negated ? "!" : "";
        String compile = compiler.body().imports().use(matcher) + ".compile(";
        if (constant && matcher == LikePattern.class && ((RexLiteral) operands.get(1)).getValueAs(String.class).isEmpty()) {
            // of literal patterns Flink looks for what is between the %: in the empty one there is nothing to look for
            return compiler.total(type, arguments.subList(0, 1), terms -> String.valueOf(!negated));
        }
        if (constant) {
            String pattern = compiler.body().constant(matcher, "pattern_" + ((RexLiteral) operands.get(1)).getValueAs(String.class),
                    compile + String.join(", ", ExpressionCompiler.terms(arguments.subList(1, arguments.size()))) + ")");
            return compiler.strict(type, arguments.subList(0, 1), terms -> not + pattern + ".matches(" + terms.get(0) + ")");
        }
        return compiler.strict(type, arguments, terms -> not + compile + String.join(", ", terms.subList(1, terms.size())) + ").matches("
                + terms.get(0) + ")");
    }
}
