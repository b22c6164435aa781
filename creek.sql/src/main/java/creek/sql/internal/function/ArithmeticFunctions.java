package creek.sql.internal.function;

import static creek.sql.internal.function.Category.ARITHMETIC;
import static creek.sql.internal.function.Category.CONDITIONAL;
import static creek.sql.internal.function.Signatures.DOUBLE;
import static creek.sql.internal.function.Signatures.STRING;
import static creek.sql.internal.function.Signatures.function;

import creek.core.function.Arithmetic;
import creek.core.function.Encodings;
import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.NumberCode;
import creek.sql.internal.codegen.StaticMethod;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Functions of numbers. */
final class ArithmeticFunctions {
    private static final SqlOperandTypeChecker NUMERIC_OR_TWO = OperandTypes.NUMERIC.or(OperandTypes.NUMERIC_NUMERIC);

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            number(SqlStdOperatorTable.ABS, "ABS(numeric)", "The absolute value.", NumberCode.ABS),
            number(SqlStdOperatorTable.SIGN, "SIGN(numeric)", "-1, 0 or 1, in the number's type.", NumberCode.SIGN),
            number(SqlStdOperatorTable.POWER, "POWER(numeric1, numeric2)", "The first to the power of the second.", math("pow")),
            number(function("SQRT", DOUBLE, OperandTypes.NUMERIC), "SQRT(numeric)", "The square root.", math("sqrt")),
            number(SqlStdOperatorTable.EXP, "EXP(numeric)", "e to the power of the number.", math("exp")),
            number(function("LN", DOUBLE, OperandTypes.NUMERIC), "LN(numeric)", "The natural logarithm.", math("log")),
            number(function("LOG10", DOUBLE, OperandTypes.NUMERIC), "LOG10(numeric)", "The decimal logarithm.", math("log10")),
            number(function("LOG2", DOUBLE, OperandTypes.NUMERIC), "LOG2(numeric)", "The binary logarithm.", own("log2")),
            number(function("LOG", DOUBLE, NUMERIC_OR_TWO), "LOG([base,] numeric)", "The logarithm to the base, or the natural one.", own("log")),
            number(function("ROUND", NumberCode.ROUND_TYPE, OperandTypes.or(OperandTypes.NUMERIC,
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER))), "ROUND(numeric[, digits])",
                    "Rounded half away from zero, at that digit after the point.", NumberCode.ROUND),
            number(function("TRUNCATE", NumberCode.ROUND_TYPE, OperandTypes.or(OperandTypes.NUMERIC,
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER))), "TRUNCATE(numeric[, digits])",
                    "Cut off at that digit after the point.", NumberCode.TRUNCATE),
            number(SqlStdOperatorTable.SIN, "SIN(numeric)", "The sine.", math("sin")),
            number(SqlStdOperatorTable.COS, "COS(numeric)", "The cosine.", math("cos")),
            number(SqlStdOperatorTable.TAN, "TAN(numeric)", "The tangent.", math("tan")),
            number(SqlStdOperatorTable.COT, "COT(numeric)", "The cotangent.", own("cot")),
            number(SqlStdOperatorTable.ASIN, "ASIN(numeric)", "The arc sine.", math("asin")),
            number(SqlStdOperatorTable.ACOS, "ACOS(numeric)", "The arc cosine.", math("acos")),
            number(SqlStdOperatorTable.ATAN, "ATAN(numeric)", "The arc tangent.", math("atan")),
            number(SqlStdOperatorTable.ATAN2, "ATAN2(numeric1, numeric2)", "The arc tangent of a coordinate.", math("atan2")),
            number(function("SINH", DOUBLE, OperandTypes.NUMERIC), "SINH(numeric)", "The hyperbolic sine.", math("sinh")),
            number(function("COSH", DOUBLE, OperandTypes.NUMERIC), "COSH(numeric)", "The hyperbolic cosine.", math("cosh")),
            number(function("TANH", DOUBLE, OperandTypes.NUMERIC), "TANH(numeric)", "The hyperbolic tangent.", math("tanh")),
            number(SqlStdOperatorTable.DEGREES, "DEGREES(numeric)", "Radians to degrees.", math("toDegrees")),
            number(SqlStdOperatorTable.RADIANS, "RADIANS(numeric)", "Degrees to radians.", math("toRadians")),
            number(SqlStdOperatorTable.PI, "PI()", "The number pi.", own("pi")),
            number(function("E", ReturnTypes.DOUBLE, OperandTypes.NILADIC), "E()", "Euler's number.", own("e")),
            number(random("RAND", DOUBLE, OperandTypes.or(OperandTypes.NILADIC, OperandTypes.INTEGER)), "RAND([seed])", "A random DOUBLE from 0 (inclusive) to 1.", NumberCode.RAND),
            number(random("RAND_INTEGER", Signatures.INT, OperandTypes.or(OperandTypes.INTEGER, OperandTypes.family(SqlTypeFamily.INTEGER,
                    SqlTypeFamily.INTEGER))), "RAND_INTEGER([seed,] bound)", "A random INT from 0 to less than the bound.",
                    NumberCode.RAND_INTEGER),
            number(function("BIN", STRING, OperandTypes.INTEGER), "BIN(integer)", "The number in binary digits.",
                    StaticMethod.of(Encodings.class, "bin")),
            number(function("HEX", STRING, OperandTypes.or(OperandTypes.INTEGER, OperandTypes.CHARACTER)), "HEX(numeric | string)",
                    "The number, or the string's bytes, in hexadecimal digits.", StaticMethod.of(Encodings.class, "hex")),
            new FunctionDefinition(CONDITIONAL, function("GREATEST", Arguments::common, Arguments.repeated(Parameter.COMPARABLE)),
                    "GREATEST(value1, value2, ...)", "The greatest value; NULL if one is NULL.", NumberCode.GREATEST),
            new FunctionDefinition(CONDITIONAL, function("LEAST", Arguments::common, Arguments.repeated(Parameter.COMPARABLE)),
                    "LEAST(value1, value2, ...)", "The least value; NULL if one is NULL.", NumberCode.LEAST));

    private ArithmeticFunctions() {
    }

    /** A function that is called for each row, whatever its arguments are. */
    private static SqlOperator random(String name, SqlReturnTypeInference type, SqlOperandTypeChecker arguments) {
        return new SqlFunction(name, SqlKind.OTHER_FUNCTION, type, null, arguments, SqlFunctionCategory.NUMERIC) {
            @Override
            public boolean isDeterministic() {
                return false;
            }
        };
    }

    private static FunctionDefinition number(SqlOperator operator, String signature, String description, FunctionCode code) {
        return new FunctionDefinition(ARITHMETIC, operator, signature, description, code);
    }

    private static FunctionCode math(String method) {
        return StaticMethod.of(Math.class, method);
    }

    private static FunctionCode own(String method) {
        return StaticMethod.of(Arithmetic.class, method);
    }
}
