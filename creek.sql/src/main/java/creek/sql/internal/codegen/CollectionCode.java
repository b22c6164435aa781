package creek.sql.internal.codegen;

import creek.core.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Functions of an array and an element: both take the element type that they have in common. */
public final class CollectionCode {
    private CollectionCode() {
    }

    /** @param place of the element among the arguments; the array is the first */
    public static FunctionCode elementAt(int place, StaticMethod method) {
        return (compiler, call, type) -> {
            List<Expression> arguments = new ArrayList<>();
            call.getOperands().forEach(operand -> arguments.add(compiler.compileExpanded(operand)));
            DataType array = arguments.get(0).type();
            DataType common = type.root() == array.root() ? type.children().get(0) : array.children().get(0);
            Expression element = arguments.get(place);
            arguments.set(0, compiler.convert(arguments.get(0), DataType.array(common).nullable(array.isNullable())));
            arguments.set(place, compiler.convert(element, common.nullable(true)));
            return method.generate(compiler, call.getOperands(), arguments, type);
        };
    }

    /** All arguments are of the result's type. */
    public static FunctionCode alike(StaticMethod method) {
        return (compiler, call, type) -> {
            List<Expression> arguments = new ArrayList<>();
            for (RexNode operand : call.getOperands()) {
                Expression argument = compiler.compileExpanded(operand);
                arguments.add(compiler.convert(argument, type.nullable(argument.type().isNullable())));
            }
            return method.generate(compiler, call.getOperands(), arguments, type);
        };
    }
}
