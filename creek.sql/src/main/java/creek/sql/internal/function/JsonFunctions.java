package creek.sql.internal.function;

import static creek.sql.internal.function.Category.JSON;
import static creek.sql.internal.function.Signatures.STRING;
import static creek.sql.internal.function.Signatures.TEXT;
import static creek.sql.internal.function.Signatures.function;
import static creek.sql.internal.function.Signatures.nullableArguments;
import static creek.sql.internal.function.Signatures.orNull;

import creek.core.function.JsonTexts;
import creek.core.function.Variants;
import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.JsonCode;
import creek.sql.internal.codegen.StaticMethod;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of JSON text. */
final class JsonFunctions {
    private static final Arguments TEXT_DUPLICATES = Arguments.of(Parameter.TEXT).or(Arguments.of(Parameter.TEXT, Parameter.BOOLEAN));

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            json(SqlStdOperatorTable.JSON_EXISTS, "JSON_EXISTS(json, path [{ TRUE | FALSE | UNKNOWN | ERROR } ON ERROR])",
                    "Whether the path leads to something.", JsonCode.EXISTS),
            json(JsonOperators.VALUE, "JSON_VALUE(json, path [RETURNING type] [{ NULL | ERROR | DEFAULT value } ON { EMPTY | ERROR }])",
                    "The scalar that the path leads to.", JsonCode.VALUE),
            json(JsonOperators.QUERY, "JSON_QUERY(json, path [WITH WRAPPER] [{ NULL | EMPTY ARRAY | EMPTY OBJECT | ERROR } ON { EMPTY | ERROR }])",
                    "The object or array that the path leads to, as text.", JsonCode.QUERY),
            json(JsonOperators.OBJECT, "JSON_OBJECT([key VALUE value, ...] [{ NULL | ABSENT } ON NULL])", "An object, as text.", JsonCode.OBJECT),
            json(JsonOperators.ARRAY, "JSON_ARRAY([value, ...] [{ NULL | ABSENT } ON NULL])", "An array, as text.", JsonCode.ARRAY),
            json(function("JSON_STRING", STRING, Arguments.of(Parameter.JSON)), "JSON_STRING(value)", "The value as JSON text.", JsonCode.STRING),
            json(function("JSON", STRING, Arguments.of(Parameter.TEXT)), "JSON(string)", "JSON text that goes into JSON_OBJECT or JSON_ARRAY as it is.", JsonCode.JSON),
            json(function("PARSE_JSON", nullableArguments(ReturnTypes.explicit(SqlTypeName.VARIANT)), TEXT_DUPLICATES), "PARSE_JSON(string[, allow_duplicate_keys])",
                    "The JSON text as a VARIANT; fails if it is none.", StaticMethod.of(Variants.class, "parse")),
            json(function("TRY_PARSE_JSON", orNull(ReturnTypes.explicit(SqlTypeName.VARIANT)), TEXT_DUPLICATES), "TRY_PARSE_JSON(string[, allow_duplicate_keys])",
                    "The JSON text as a VARIANT; NULL if it is none.", StaticMethod.of(Variants.class, "tryParse")),
            json(function("JSON_QUOTE", STRING, Arguments.of(Parameter.TEXT)), "JSON_QUOTE(string)", "The string as JSON.", StaticMethod.of(JsonTexts.class, "quote")),
            json(function("JSON_UNQUOTE", STRING, Arguments.of(Parameter.TEXT)), "JSON_UNQUOTE(json)", "The string that the JSON text is of.",
                    StaticMethod.of(JsonTexts.class, "unquote")),
            is(SqlStdOperatorTable.IS_JSON_VALUE, "string IS JSON [VALUE]", "Whether the string is JSON.", JsonCode.IS_JSON, false),
            is(SqlStdOperatorTable.IS_NOT_JSON_VALUE, "string IS NOT JSON [VALUE]", "Whether the string is not JSON.", JsonCode.IS_JSON, true),
            is(SqlStdOperatorTable.IS_JSON_OBJECT, "string IS JSON OBJECT", "Whether it is a JSON object.", JsonCode.IS_JSON_OBJECT, false),
            is(SqlStdOperatorTable.IS_NOT_JSON_OBJECT, "string IS NOT JSON OBJECT", "Whether it is no JSON object.", JsonCode.IS_JSON_OBJECT, true),
            is(SqlStdOperatorTable.IS_JSON_ARRAY, "string IS JSON ARRAY", "Whether it is a JSON array.", JsonCode.IS_JSON_ARRAY, false),
            is(SqlStdOperatorTable.IS_NOT_JSON_ARRAY, "string IS NOT JSON ARRAY", "Whether it is no JSON array.", JsonCode.IS_JSON_ARRAY, true),
            is(SqlStdOperatorTable.IS_JSON_SCALAR, "string IS JSON SCALAR", "Whether it is a JSON scalar.", JsonCode.IS_JSON_SCALAR, false),
            is(SqlStdOperatorTable.IS_NOT_JSON_SCALAR, "string IS NOT JSON SCALAR", "Whether it is no JSON scalar.", JsonCode.IS_JSON_SCALAR, true));

    private JsonFunctions() {
    }

    private static FunctionDefinition json(SqlOperator operator, String signature, String description, FunctionCode code) {
        return new FunctionDefinition(JSON, operator, signature, description, code);
    }

    private static FunctionDefinition is(SqlOperator operator, String signature, String description, FunctionCode test, boolean negated) {
        return json(operator, signature, description, !negated ? test : (compiler, call, type) -> test.generate(compiler, call, type).not());
    }
}
