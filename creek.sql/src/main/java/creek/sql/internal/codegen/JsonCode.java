package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.function.JsonDocument;
import creek.core.function.JsonFunctions;
import creek.core.function.JsonPath;
import creek.core.function.JsonTexts;
import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** JSON functions whose clauses (ON EMPTY, ON ERROR, wrappers, nulls) come as operands. */
public final class JsonCode {
    public static final FunctionCode EXISTS = JsonCode::exists;
    public static final FunctionCode VALUE = JsonCode::value;
    public static final FunctionCode QUERY = JsonCode::query;
    public static final FunctionCode OBJECT = JsonCode::object;
    public static final FunctionCode ARRAY = JsonCode::array;
    public static final FunctionCode IS_JSON = (compiler, call, type) -> is(compiler, call, type, "isJson");
    public static final FunctionCode IS_JSON_OBJECT = (compiler, call, type) -> is(compiler, call, type, "isJsonObject");
    public static final FunctionCode IS_JSON_ARRAY = (compiler, call, type) -> is(compiler, call, type, "isJsonArray");
    public static final FunctionCode IS_JSON_SCALAR = (compiler, call, type) -> is(compiler, call, type, "isJsonScalar");
    public static final FunctionCode STRING = JsonCode::string;
    /** JSON text within JSON_OBJECT and JSON_ARRAY, which know it. */
    public static final FunctionCode JSON = (compiler, call, type) -> {
        throw SqlError.invalid("JSON(...) can stand only in JSON_ARRAY(...) and as a VALUE in JSON_OBJECT(...)");
    };

    private JsonCode() {
    }

    private static String symbol(RexNode operand) {
        return operand instanceof RexLiteral literal && literal.getValue() instanceof Enum<?> symbol ? symbol.name() : "";
    }

    private static String use(ExpressionCompiler compiler, Class<?> type) {
        return compiler.body().imports().use(type);
    }

    private static String path(ExpressionCompiler compiler, RexNode operand, Expression path) {
        String compiled = use(compiler, JsonPath.class) + ".compile(" + path.term() + ")";
        if (!(operand instanceof RexLiteral literal)) {
            return compiled;
        }
        // so that a path that is none is refused at once
        JsonPath.compile(Utf8.of(literal.getValueAs(String.class)));
        return compiler.body().constant(JsonPath.class, "path_" + literal.getValueAs(String.class), compiled);
    }

    /** The document of a text, read once for all functions on the same text. */
    private static String document(ExpressionCompiler compiler, RexNode operand, Expression text) {
        if (!text.type().isString() && text.type().root() != TypeRoot.NULL) {
            throw SqlError.invalid("JSON is read from a string, not from " + text.type().nullable(true));
        }
        return compiler.prepare(List.of("document", operand), () -> {
            String document = compiler.body().field(JsonDocument.class, "document", "new " + use(compiler, JsonDocument.class) + "()");
            String value = text.isAlwaysNull() ? "null" : text.isNullable() ? text.nullTerm() + " ? null : " + text.term() : text.term();
            compiler.statement(document + ".read(" + value + ");");
            return document;
        });
    }

    /** A null text is not JSON. */
    private static Expression is(ExpressionCompiler compiler, RexCall call, DataType type, String method) {
        Expression text = compiler.bind(compiler.compileExpanded(call.getOperands().get(0)), "v");
        return Expression.notNull(use(compiler, JsonFunctions.class) + "." + method + "(" + document(compiler, call.getOperands().get(0), text) + ")",
                type);
    }

    private static Expression exists(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands();
        Expression text = compiler.compileExpanded(operands.get(0));
        Expression path = compiler.compileExpanded(operands.get(1));
        String onError = operands.size() > 2 ? symbol(operands.get(2)) : "FALSE";
        String functions = use(compiler, JsonFunctions.class);
        if (text.isAlwaysNull() || path.isAlwaysNull()) {
            return LiteralCode.nullOf(type.nullable(true));
        }
        String compiled = path(compiler, operands.get(1), path);
        String document = document(compiler, operands.get(0), text);
        return compiler.maybeNull(type.nullable(true), List.of(text, path), terms -> onError.equals("ERROR")
                ? functions + ".existsOrFail(" + document + ", " + compiled + ")"
                : functions + ".exists(" + document + ", " + compiled + ", "
                        + (onError.equals("UNKNOWN") ? "null" : "Boolean." + onError) + ")");
    }

    /** A behaviour of JSON_VALUE or JSON_QUERY: NULL, ERROR, DEFAULT with a value, EMPTY_ARRAY or EMPTY_OBJECT. */
    private record Behaviour(String kind, RexNode value) {
        static final Behaviour NULL = new Behaviour("NULL", null);
    }

    /** Reads {@code behaviour [value] EMPTY} and {@code behaviour [value] ERROR}. */
    private static Map<String, Behaviour> behaviours(List<RexNode> operands) {
        Map<String, Behaviour> found = new TreeMap<>(Map.of("EMPTY", Behaviour.NULL, "ERROR", Behaviour.NULL));
        for (int i = 0; i + 1 < operands.size();) {
            String kind = symbol(operands.get(i));
            boolean value = kind.equals("DEFAULT");
            found.put(symbol(operands.get(i + (value ? 2 : 1))), new Behaviour(kind, value ? operands.get(i + 1) : null));
            i += value ? 3 : 2;
        }
        return found;
    }

    private static Expression value(ExpressionCompiler compiler, RexCall call, DataType type) {
        String convert = switch (type.root()) {
            case VARCHAR -> null;
            case INTEGER -> "toInt";
            case DOUBLE -> "toDouble";
            case BOOLEAN -> "toBoolean";
            default -> throw SqlError.unsupported("JSON_VALUE can return STRING, BOOLEAN, INTEGER and DOUBLE, not " + type.nullable(true));
        };
        String functions = use(compiler, JsonFunctions.class);
        return found(compiler, call, type, convert == null ? "text(%s, %s)" : "value(%s, %s)",
                behaviours(call.getOperands().subList(2, call.getOperands().size())),
                found -> convert == null ? "(" + use(compiler, Utf8.class) + ") " + found : functions + "." + convert + "(" + found + ")");
    }

    private static Expression query(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands();
        boolean array = type.root() == TypeRoot.ARRAY;
        String wrapper = operands.size() > 2 ? symbol(operands.get(2)) : "WITHOUT_ARRAY";
        Map<String, Behaviour> behaviours = new TreeMap<>();
        behaviours.put("EMPTY", operands.size() > 3 ? new Behaviour(symbol(operands.get(3)), null) : Behaviour.NULL);
        behaviours.put("ERROR", operands.size() > 4 ? new Behaviour(symbol(operands.get(4)), null) : Behaviour.NULL);
        if (type.root() != TypeRoot.VARCHAR && !(array && type.children().get(0).root() == TypeRoot.VARCHAR)) {
            throw SqlError.unsupported("JSON_QUERY can return STRING and ARRAY<STRING>, not " + type.nullable(true));
        }
        if (array && behaviours.values().stream().anyMatch(behaviour -> behaviour.kind().equals("EMPTY_OBJECT"))) {
            throw SqlError.invalid("an empty object is no array: JSON_QUERY ... RETURNING ARRAY<STRING> takes EMPTY ARRAY, NULL or ERROR");
        }
        String method = (array ? "queryArray" : "query") + "(%s, %s, " + !wrapper.equals("WITHOUT_ARRAY") + ", " + wrapper.equals("WITH_UNCONDITIONAL_ARRAY") + ")";
        return found(compiler, call, type, method, behaviours, found -> "(" + use(compiler, JavaTypes.of(type)) + ") " + found);
    }

    private static Expression found(ExpressionCompiler compiler, RexCall call, DataType type, String method, Map<String, Behaviour> behaviours,
            java.util.function.UnaryOperator<String> convert) {
        List<RexNode> operands = call.getOperands();
        Expression given = compiler.compileExpanded(operands.get(0));
        Expression text = given.type().root() != TypeRoot.VARIANT ? given
                : compiler.bind(compiler.convert(given, DataType.string().nullable(given.type().isNullable())), "v");
        Expression path = compiler.compileExpanded(operands.get(1));
        String anyNull = compiler.anyNull(List.of(text, path));
        if (anyNull.equals(Expression.ALWAYS)) {
            return LiteralCode.nullOf(type);
        }
        String functions = use(compiler, JsonFunctions.class);
        String invocation = functions + "." + String.format(Locale.ROOT, method, document(compiler, operands.get(0), text),
                path(compiler, operands.get(1), path));
        String found = compiler.declare(Object.class, "found", anyNull.equals(Expression.NEVER) ? invocation : anyNull + " ? null : " + invocation);
        String value = compiler.declare(JavaTypes.of(type), "v", JavaTypes.zero(JavaTypes.of(type)));
        String isNull = compiler.declare(boolean.class, "isNull", "false");
        StringBuilder statement = new StringBuilder("if (" + found + " == null) {\n" + isNull + " = true;\n");
        behaviours.forEach((when, behaviour) -> statement.append("} else if (").append(found).append(" == ").append(functions).append('.').append(when)
                .append(") {\n").append(behave(compiler, call, type, behaviour, found, value, isNull)));
        compiler.statement(statement.append("} else {\n").append(value).append(" = ").append(convert.apply(found)).append(";\n}").toString());
        return new Expression(value, isNull, type);
    }

    private static String behave(ExpressionCompiler compiler, RexCall call, DataType type, Behaviour behaviour, String found, String value,
            String isNull) {
        return switch (behaviour.kind()) {
            case "ERROR" -> use(compiler, JsonFunctions.class) + ".fail(\"" + call.getOperator().getName() + "\", " + found + ");\n";
            case "DEFAULT" -> {
                ExpressionCompiler.Block<Expression> block = compiler.block(
                        () -> compiler.convert(compiler.compileExpanded(behaviour.value()), type));
                yield block.statements() + value + " = " + block.result().term() + ";\n" + isNull + " = " + block.result().nullTerm() + ";\n";
            }
            case "EMPTY_ARRAY" -> value + " = " + (type.root() == TypeRoot.ARRAY ? "new " + use(compiler, ArrayList.class) + "()"
                    : new LiteralCode(compiler.body()).text("[]")) + ";\n";
            case "EMPTY_OBJECT" -> value + " = " + new LiteralCode(compiler.body()).text("{}") + ";\n";
            default -> isNull + " = true;\n";
        };
    }

    /** A value as JSON text, a Java null where it is null. What JSON functions made is such text already. */
    private static String json(ExpressionCompiler compiler, RexNode operand) {
        String function = operand instanceof RexCall call ? call.getOperator().getName() : "";
        boolean isText = function.equals("JSON");
        Expression value = compiler.compileExpanded(isText ? ((RexCall) operand).getOperands().get(0) : operand);
        checkJson(value.type());
        if (value.isAlwaysNull()) {
            return "(" + use(compiler, Utf8.class) + ") null";
        }
        Expression bound = compiler.bind(value, "v");
        if (isText) {
            return use(compiler, JsonTexts.class) + ".embedded(" + compiler.boxed(bound) + ")";
        }
        boolean isJson = function.equals("JSON_OBJECT") || function.equals("JSON_ARRAY");
        return isJson ? bound.term() : use(compiler, JsonTexts.class) + ".toJson(" + compiler.boxed(bound) + ", "
                + new TypeCode(compiler.body()).constant(bound.type()) + ", " + compiler.body().zone() + ")";
    }

    /** @throws SqlError for a type that JSON has no form for */
    private static void checkJson(DataType type) {
        switch (type.root()) {
            case DATE, TIME_WITHOUT_TIME_ZONE, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, VARIANT -> throw SqlError.invalid("a value of type "
                    + type.nullable(true) + " can't be converted into JSON" + (type.root() == TypeRoot.VARIANT ? "" : "; cast it to STRING"));
            case MAP, MULTISET -> {
                if (!type.children().get(0).isString()) {
                    throw SqlError.invalid("the keys of a MAP that becomes JSON must be strings, not " + type.children().get(0).nullable(true));
                }
            }
            default -> { }
        }
        type.children().forEach(JsonCode::checkJson);
    }

    private static Expression object(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<RexNode> operands = call.getOperands();
        Map<String, RexNode> entries = new TreeMap<>();
        for (int i = 1; i < operands.size(); i += 2) {
            if (!(operands.get(i) instanceof RexLiteral key) || key.isNull()) {
                throw SqlError.invalid("the keys of JSON_OBJECT must be string literals");
            }
            entries.put(key.getValueAs(String.class), operands.get(i + 1));
        }
        List<String> terms = new ArrayList<>();
        entries.forEach((key, value) -> {
            terms.add(new LiteralCode(compiler.body()).text(key));
            terms.add(json(compiler, value));
        });
        return built(compiler, "object", symbol(operands.get(0)), terms, type);
    }

    private static Expression array(ExpressionCompiler compiler, RexCall call, DataType type) {
        List<String> terms = new ArrayList<>();
        call.getOperands().subList(1, call.getOperands().size()).forEach(operand -> terms.add(json(compiler, operand)));
        return built(compiler, "array", symbol(call.getOperands().get(0)), terms, type);
    }

    private static Expression built(ExpressionCompiler compiler, String method, String onNull, List<String> terms, DataType type) {
        return Expression.notNull(use(compiler, JsonTexts.class) + "." + method + "(" + onNull.equals("ABSENT_ON_NULL") + ", new "
                + use(compiler, Utf8.class) + "[] {" + String.join(", ", terms) + "})", type);
    }

    private static Expression string(ExpressionCompiler compiler, RexCall call, DataType type) {
        return compiler.fromReference(type, json(compiler, call.getOperands().get(0)));
    }
}
