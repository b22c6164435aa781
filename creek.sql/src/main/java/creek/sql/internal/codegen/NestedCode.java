package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.function.ArrayFunctions;
import creek.core.function.MapFunctions;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.ExpressionCompiler.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** ARRAY, MAP and ROW values: making them and taking them apart. And COALESCE. */
final class NestedCode {
    private final ExpressionCompiler compiler;

    NestedCode(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    private String use(Class<?> type) {
        return compiler.body().imports().use(type);
    }

    /** A field of a ROW value. */
    Expression field(Expression row, int index, DataType type) {
        Expression bound = compiler.bind(row, "row");
        if (bound.isAlwaysNull()) {
            return LiteralCode.nullOf(type);
        }
        String isNull = compiler.declare(boolean.class, "isNull", (bound.isNullable() ? bound.nullTerm() + " || " : "") + bound.term()
                + ".isNullAt(" + index + ")");
        String value = JavaTypes.get(bound.term(), index, type);
        return new Expression(compiler.declare(JavaTypes.of(type), "field", isNull + " ? " + JavaTypes.zero(JavaTypes.of(type)) + " : " + value),
                isNull, type);
    }

    Expression row(List<RexNode> operands, DataType type) {
        return rowOf(operands.stream().map(compiler::compileExpanded).toList(), type);
    }

    Expression rowOf(List<Expression> values, DataType type) {
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fields.add(compiler.bind(compiler.convert(values.get(i), type.children().get(i)), "field"));
        }
        String row = compiler.declare(Row.class, "nested", "new " + use(Row.class) + "(" + values.size() + ")");
        for (int i = 0; i < fields.size(); i++) {
            Expression field = fields.get(i);
            if (!field.isAlwaysNull()) {
                String set = JavaTypes.set(row, i, field.type(), owned(field.term(), field.javaType())) + ";";
                compiler.statement(field.isNullable() ? "if (!" + field.nullTerm() + ") {\n" + set + "\n}" : set);
            }
        }
        return Expression.notNull(row, type);
    }

    /** Values inside others own their bytes. */
    private static String owned(String term, Class<?> form) {
        return form == Utf8.class ? term + ".copy()" : term;
    }

    Expression array(List<RexNode> operands, DataType type) {
        return Expression.notNull(use(Arrays.class) + ".asList(" + objects(operands, List.of(type.children().get(0))) + ")", type);
    }

    Expression map(List<RexNode> operands, DataType type) {
        return Expression.notNull(use(MapFunctions.class) + ".of(" + objects(operands, type.children()) + ")", type);
    }

    /** An array of boxed values; the types repeat. */
    private String objects(List<RexNode> operands, List<DataType> types) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Expression value = compiler.bind(compiler.convert(compiler.compileExpanded(operands.get(i)), types.get(i % types.size())), "element");
            terms.add(compiler.boxed(new Expression(owned(value.term(), value.javaType()), value.nullTerm(), value.type())));
        }
        return terms.stream().collect(Collectors.joining(", ", "new Object[] {", "}"));
    }

    /** {@code array[index]}, {@code map[key]} or {@code row[place]}. */
    Expression item(List<RexNode> operands, DataType type) {
        Expression container = compiler.compileExpanded(operands.get(0));
        if (container.type().root() == TypeRoot.STRUCTURED_TYPE) {
            throw SqlError.invalid("fields of a STRUCTURED type are taken by name: object.field");
        }
        if (container.type().root() == TypeRoot.ROW) {
            return field(container, Integer.parseInt(operands.get(1).toString()) - 1, type);
        }
        Expression key = compiler.compileExpanded(operands.get(1));
        DataType nullable = type.nullable(true);
        if (container.type().root() == TypeRoot.ARRAY) {
            if (key.type().root() != TypeRoot.INTEGER && key.type().root() != TypeRoot.NULL) {
                throw SqlError.invalid("the place of an element of an ARRAY is an INT, not " + key.type().nullable(true) + "; CAST it");
            }
            if (operands.get(1) instanceof RexLiteral place && !place.isNull() && place.getValueAs(Integer.class) < 1) {
                throw SqlError.invalid("places in an ARRAY count from 1, not " + place.getValueAs(Integer.class));
            }
            return compiler.maybeNull(nullable, List.of(container, key), terms -> "(" + use(JavaTypes.boxed(JavaTypes.of(type))) + ") "
                    + use(ArrayFunctions.class) + ".item(" + terms.get(0) + ", " + terms.get(1) + ")");
        }
        Expression typed = compiler.convert(key, container.type().children().get(0));
        return compiler.maybeNull(nullable, List.of(container, typed), terms -> "(" + use(JavaTypes.boxed(JavaTypes.of(type))) + ") "
                + terms.get(0) + ".get(" + boxedTerm(terms.get(1), typed) + ")");
    }

    private String boxedTerm(String term, Expression expression) {
        return compiler.boxed(Expression.notNull(term, expression.type()));
    }

    /** The first operand that is not null; later ones are computed only if needed. */
    Expression coalesce(List<RexNode> operands, DataType type) {
        String value = compiler.declare(JavaTypes.of(type), "v", JavaTypes.zero(JavaTypes.of(type)));
        String isNull = compiler.declare(boolean.class, "isNull", "true");
        StringBuilder text = new StringBuilder();
        StringBuilder ends = new StringBuilder();
        for (RexNode operand : operands) {
            Block<Expression> next = compiler.block(
                    () -> compiler.bind(compiler.convert(compiler.compileExpanded(operand), type), "v"));
            Expression result = next.result();
            if (result.isAlwaysNull()) {
                continue;
            }
            if (text.length() > 0) {
                text.append("if (").append(isNull).append(") {\n");
                ends.append("}\n");
            }
            text.append(next.statements());
            String assignment = value + " = " + result.term() + ";\n" + isNull + " = false;\n";
            text.append(result.isNullable() ? "if (!" + result.nullTerm() + ") {\n" + assignment + "}\n" : assignment);
        }
        compiler.statement(text.append(ends).toString().stripTrailing());
        return new Expression(value, type.isNullable() ? isNull : Expression.NEVER, type);
    }
}
