package creek.sql.internal.function;

import static creek.sql.internal.function.Category.HASH;
import static creek.sql.internal.function.Category.STRING;
import static creek.sql.internal.function.Signatures.BOOLEAN;
import static creek.sql.internal.function.Signatures.BYTES_OR_NULL;
import static creek.sql.internal.function.Signatures.INT;
import static creek.sql.internal.function.Signatures.STRING_OR_NULL;
import static creek.sql.internal.function.Signatures.TEXT;
import static creek.sql.internal.function.Signatures.TEXT_INT;
import static creek.sql.internal.function.Signatures.TEXT_TEXT;
import static creek.sql.internal.function.Signatures.TEXT_TEXT_TEXT;
import static creek.sql.internal.function.Signatures.function;
import static creek.sql.internal.function.Signatures.nullableArguments;
import static creek.sql.internal.function.Signatures.orNull;

import creek.core.function.Encodings;
import creek.core.function.Hashes;
import creek.core.function.MapFunctions;
import creek.core.function.Strings;
import creek.core.function.TextFunctions;
import creek.core.function.TextTests;
import creek.core.function.UrlFunctions;
import creek.sql.internal.codegen.ConversionCode;
import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.StaticMethod;
import creek.sql.internal.codegen.TrimCode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Functions of strings, digests included. */
final class StringFunctions {
    private static final SqlTypeFamily CHARS = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;

    private static final SqlOperandTypeChecker BOTH_TEXT_OR_BINARY =
            Arguments.of(Parameter.TEXT, Parameter.TEXT).or(Arguments.of(Parameter.BINARY, Parameter.BINARY));
    private static final SqlOperandTypeChecker TEXT_OR_BINARY = OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.BINARY);
    private static final SqlOperandTypeChecker TEXT_OR_NUMBER = OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.NUMERIC);
    /** As long as the first argument at most. */
    private static final SqlReturnTypeInference PART = ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_VARYING).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference PART_OR_NULL = orNull(PART);
    private static final Arguments ONE_TEXT = Arguments.of(Parameter.TEXT);
    private static final Arguments TWO_TEXTS = Arguments.of(Parameter.TEXT, Parameter.TEXT);

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            text(SqlStdOperatorTable.CONCAT, "string1 || string2", "Both strings, one after the other.", made("concat")),
            text(function("CONCAT", Signatures.STRING, OperandTypes.repeat(SqlOperandCountRanges.from(1),
                    OperandTypes.CHARACTER)), "CONCAT(string1, string2, ...)", "All strings one after the other; NULL if one is NULL.",
                    made("concat")),
            text(function("CONCAT_WS", Signatures.STRING, OperandTypes.repeat(SqlOperandCountRanges.from(1),
                    OperandTypes.CHARACTER)), "CONCAT_WS(separator, string1, string2, ...)",
                    "The strings that are not NULL, with a separator between them.",
                    StaticMethod.of(TextFunctions.class, "concatWs").takesNulls()),
            text(SqlStdOperatorTable.CHAR_LENGTH, "CHAR_LENGTH(string)", "The number of characters.", cut("charLength")),
            text(SqlStdOperatorTable.CHARACTER_LENGTH, "CHARACTER_LENGTH(string)", "The number of characters.", cut("charLength")),
            text(SqlStdOperatorTable.UPPER, "UPPER(string)", "The string in upper case.", cut("upper")),
            text(SqlStdOperatorTable.LOWER, "LOWER(string)", "The string in lower case.", cut("lower")),
            text(SqlStdOperatorTable.INITCAP, "INITCAP(string)", "Each word with its first letter in upper case.", cut("initcap")),
            text(Signatures.functionOfStrings("SUBSTRING", PART_OR_NULL, OperandTypes.or(TEXT_INT, OperandTypes.family(CHARS, INTEGER, INTEGER))),
                    "SUBSTRING(string FROM start [FOR count])", "A part of the string; negative starts count from its end.", cut("substring")),
            text(function("SUBSTR", PART_OR_NULL, OperandTypes.or(TEXT_INT, OperandTypes.family(CHARS, INTEGER, INTEGER))),
                    "SUBSTR(string, start[, count])", "A part of the string; negative starts count from its end.", cut("substring")),
            text(function("LEFT", PART_OR_NULL, TEXT_INT), "LEFT(string, count)", "The first characters.", cut("left")),
            text(function("RIGHT", PART_OR_NULL, TEXT_INT), "RIGHT(string, count)", "The last characters.", cut("right")),
            text(SqlStdOperatorTable.TRIM, "TRIM([BOTH | LEADING | TRAILING] [characters FROM] string)",
                    "The string without these characters, or blanks, at its ends.", TrimCode.INSTANCE),
            text(function("LTRIM", PART, OperandTypes.or(TEXT, TEXT_TEXT)), "LTRIM(string[, characters])",
                    "The string without blanks, or these characters, at its start.", cut("ltrim")),
            text(function("RTRIM", PART, OperandTypes.or(TEXT, TEXT_TEXT)), "RTRIM(string[, characters])",
                    "The string without blanks, or these characters, at its end.", cut("rtrim")),
            text(function("BTRIM", Signatures.STRING, ONE_TEXT.or(TWO_TEXTS)), "BTRIM(string[, characters])",
                    "The string without blanks, or these characters, at both ends.", cut("trim")),
            text(SqlStdOperatorTable.POSITION, "POSITION(string1 IN string2)", "Where the first occurs in the second, from 1; 0 if nowhere.",
                    cut("position")),
            text(function("LOCATE", INT, OperandTypes.or(TEXT_TEXT, OperandTypes.family(CHARS, CHARS, INTEGER))),
                    "LOCATE(string1, string2[, start])", "Where the first occurs in the second, from 1; 0 if nowhere.", cut("position")),
            text(function("INSTR", INT, OperandTypes.or(TEXT_TEXT, OperandTypes.family(CHARS, CHARS, INTEGER),
                    OperandTypes.family(CHARS, CHARS, INTEGER, INTEGER))), "INSTR(string1, string2[, start[, occurrence]])",
                    "Where the second occurs in the first, from 1; 0 if nowhere.", cut("instr")),
            text(function("STARTSWITH", BOOLEAN, BOTH_TEXT_OR_BINARY), "STARTSWITH(string | binary, start)",
                    "Whether the string starts so.", cut("startsWith")),
            text(function("ENDSWITH", BOOLEAN, BOTH_TEXT_OR_BINARY), "ENDSWITH(string | binary, end)",
                    "Whether the string ends so.", cut("endsWith")),
            text(function("LPAD", Signatures.STRING, OperandTypes.family(CHARS, INTEGER, CHARS)), "LPAD(string, length, pad)",
                    "Padded at its left, or cut, to that length.", made("lpad").mayGiveNull()),
            text(function("RPAD", Signatures.STRING, OperandTypes.family(CHARS, INTEGER, CHARS)), "RPAD(string, length, pad)",
                    "Padded at its right, or cut, to that length.", made("rpad").mayGiveNull()),
            text(function("REPEAT", Signatures.STRING, TEXT_INT), "REPEAT(string, times)", "The string that many times.", made("repeat")),
            text(function("REVERSE", STRING_OR_NULL, TEXT), "REVERSE(string)", "The string backwards.", made("reverse")),
            text(SqlStdOperatorTable.REPLACE, "REPLACE(string, search, replacement)", "All occurrences replaced.", made("replace")),
            text(Signatures.functionOfStrings("TRANSLATE3", Signatures.STRING.andThen((binding, type) -> binding.getTypeFactory()
                    .createTypeWithNullability(type, binding.getOperandType(0).isNullable())), TEXT_TEXT_TEXT),
                    "TRANSLATE(string, from, to)",
                    "Each character of from replaced by the one of to at its place.", made("translate").takesNulls()),
            text(SqlStdOperatorTable.OVERLAY, "OVERLAY(string1 PLACING string2 FROM start [FOR count])",
                    "A part of the string replaced by another string.", made("overlay")),
            text(function("SPLIT_INDEX", STRING_OR_NULL, OperandTypes.or(OperandTypes.family(CHARS, CHARS, INTEGER),
                    OperandTypes.family(CHARS, INTEGER, INTEGER))), "SPLIT_INDEX(string, delimiter, index)",
                    "The part at a place, from 0, between delimiters.", made("splitIndex")),
            text(function("SPLIT", nullableArguments(binding -> binding.getTypeFactory().createArrayType(
                    STRING_OR_NULL.inferReturnType(binding), -1)), TWO_TEXTS),
                    "SPLIT(string, delimiter)", "The parts between delimiters.", made("split")),
            text(function("STR_TO_MAP", Signatures.orNull(binding -> binding.getTypeFactory().createMapType(
                    STRING_OR_NULL.inferReturnType(binding), STRING_OR_NULL.inferReturnType(binding))),
                    OperandTypes.or(TEXT, TEXT_TEXT_TEXT)), "STR_TO_MAP(string[, delimiter, key_delimiter])",
                    "A map of the entries k=v between commas, or other delimiters.", StaticMethod.of(MapFunctions.class, "fromText")),
            text(function("ELT", StringFunctions::typeOfRest, Arguments.repeated(Parameter.INTEGER, Parameter.TEXT)
                    .or(Arguments.repeated(Parameter.INTEGER, Parameter.BINARY))),
                    "ELT(index, value1, value2, ...)", "The string, or binary value, at that place, from 1.",
                    StaticMethod.of(TextFunctions.class, "elt").takesNulls()),
            text(function("PRINTF", STRING_OR_NULL, ONE_TEXT.or(Arguments.repeated(Parameter.TEXT, Parameter.ANY))), "PRINTF(format[, value, ...])",
                    "The values in the places of a format of Java's Formatter; NULL where they do not fit it.", ConversionCode.PRINTF),
            text(function("URL_ENCODE", STRING_OR_NULL, ONE_TEXT), "URL_ENCODE(string)", "The string as it may stand in a URL.", url("encode")),
            text(function("URL_DECODE", STRING_OR_NULL, ONE_TEXT), "URL_DECODE(string)", "The string that stands so in a URL.", url("decode")),
            text(function("PARSE_URL", STRING_OR_NULL, OperandTypes.or(TEXT_TEXT, TEXT_TEXT_TEXT)), "PARSE_URL(url, part[, key])",
                    "HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL, or a key's value in its QUERY.", url("parse")),
            test("IS_ALPHA", TEXT_OR_NUMBER, "IS_ALPHA(string)", "Whether all characters are letters.", "isAlpha"),
            test("IS_DIGIT", TEXT_OR_NUMBER, "IS_DIGIT(string)", "Whether all characters are digits.", "isDigit"),
            test("IS_DECIMAL", TEXT_OR_NUMBER, "IS_DECIMAL(string)", "Whether it is a number.", "isDecimal"),
            text(function("ASCII", INT, TEXT), "ASCII(string)", "The code of the first byte.", code("ascii")),
            text(function("CHR", STRING_OR_NULL, OperandTypes.INTEGER), "CHR(integer)", "The character of that code.", code("chr")),
            text(function("TO_BASE64", Signatures.STRING, TEXT_OR_BINARY), "TO_BASE64(string | binary)",
                    "The bytes in Base64.", code("toBase64")),
            text(function("FROM_BASE64", Signatures.STRING, TEXT), "FROM_BASE64(string)", "The string that was written in Base64.",
                    code("fromBase64").mayGiveNull()),
            text(function("UNHEX", BYTES_OR_NULL, ONE_TEXT), "UNHEX(string)", "The bytes of hexadecimal digits.", code("unhex")),
            text(function("ENCODE", Signatures.BYTES, TEXT_TEXT), "ENCODE(string, charset)", "The string's bytes in a character set.", code("encode")),
            text(function("DECODE", Signatures.STRING, OperandTypes.family(SqlTypeFamily.BINARY, CHARS)), "DECODE(binary, charset)",
                    "The string of bytes in a character set.", code("decode")),
            text(new org.apache.calcite.sql.SqlFunction("UUID", org.apache.calcite.sql.SqlKind.OTHER_FUNCTION,
                    ReturnTypes.explicit(SqlTypeName.CHAR, 36), null, OperandTypes.NILADIC,
                    org.apache.calcite.sql.SqlFunctionCategory.USER_DEFINED_FUNCTION) {
                @Override
                public boolean isDeterministic() {
                    return false;
                }
            }, "UUID()", "A random UUID.", made("uuid")),
            hash("MD5", 32, "md5"),
            hash("SHA1", 40, "sha1"),
            hash("SHA224", 56, "sha224"),
            hash("SHA256", 64, "sha256"),
            hash("SHA384", 96, "sha384"),
            hash("SHA512", 128, "sha512"),
            new FunctionDefinition(HASH, function("SHA2", nullableArguments(ReturnTypes.explicit(SqlTypeName.VARCHAR, 128)), OperandTypes.or(TEXT_INT,
                    OperandTypes.family(SqlTypeFamily.BINARY, INTEGER))),
                    "SHA2(string | binary, bits)", "The SHA-2 digest of 224, 256, 384 or 512 bits in hexadecimal digits.",
                    StaticMethod.of(Hashes.class, "sha2")));

    private StringFunctions() {
    }

    /** What the arguments behind the first have in common, nullable; STRING where they have nothing, which the implementation refuses. */
    private static RelDataType typeOfRest(SqlOperatorBinding binding) {
        RelDataType common = binding.getTypeFactory().leastRestrictive(binding.collectOperandTypes().subList(1, binding.getOperandCount()));
        return common == null ? STRING_OR_NULL.inferReturnType(binding) : binding.getTypeFactory().createTypeWithNullability(common, true);
    }

    private static FunctionDefinition text(SqlOperator operator, String signature, String description, FunctionCode code) {
        return new FunctionDefinition(STRING, operator, signature, description, code);
    }

    private static FunctionDefinition hash(String name, int length, String method) {
        return new FunctionDefinition(HASH, function(name, nullableArguments(ReturnTypes.explicit(SqlTypeName.CHAR, length)), TEXT_OR_BINARY),
                name + "(string | binary)", "The " + name + " digest in hexadecimal digits.", StaticMethod.of(Hashes.class, method));
    }

    private static FunctionDefinition test(String name, SqlOperandTypeChecker arguments, String signature, String description, String method) {
        return new FunctionDefinition(Category.CONDITIONAL, function(name, ReturnTypes.BOOLEAN_NOT_NULL, arguments), signature, description,
                StaticMethod.of(TextTests.class, method).takesNulls());
    }

    private static FunctionCode url(String method) {
        return StaticMethod.of(UrlFunctions.class, method);
    }

    private static FunctionCode cut(String method) {
        return StaticMethod.of(Strings.class, method);
    }

    private static StaticMethod made(String method) {
        return StaticMethod.of(TextFunctions.class, method);
    }

    private static StaticMethod code(String method) {
        return StaticMethod.of(Encodings.class, method);
    }
}
