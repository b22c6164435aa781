package creek.sql.internal.function;

import creek.sql.internal.codegen.ConversionCode;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import static creek.sql.internal.function.Category.CONDITIONAL;
import static creek.sql.internal.function.Category.TYPE_CONVERSION;

/** TRY_CAST and functions that choose between values. */
final class ConversionFunctions {
    /** As in Flink: no collections, rows, intervals and the like. */
    private static final SqlOperandTypeChecker IF_ARGUMENTS = Stream.of(SqlTypeFamily.NUMERIC, SqlTypeFamily.CHARACTER, SqlTypeFamily.BOOLEAN,
            SqlTypeFamily.BINARY, SqlTypeFamily.DATE, SqlTypeFamily.TIME, SqlTypeFamily.TIMESTAMP)
            .map(values -> (SqlOperandTypeChecker) OperandTypes.family(SqlTypeFamily.BOOLEAN, values, values))
            .reduce(SqlOperandTypeChecker::or).orElseThrow();

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            new FunctionDefinition(TYPE_CONVERSION, CastFunction.CAST, "CAST(value AS type)", "The value as that type; fails if it is none.", null),
            new FunctionDefinition(TYPE_CONVERSION, CastFunction.TRY_CAST, "TRY_CAST(value AS type)", "The value as that type; NULL if it is none.",
                    ConversionCode.TRY_CAST),
            new FunctionDefinition(TYPE_CONVERSION, Signatures.function("TYPEOF", Signatures.STRING_OR_NULL, Arguments.of(Parameter.ANY)
                    .or(Arguments.of(Parameter.ANY, Parameter.NOT_NULL_BOOLEAN))), "TYPEOF(value[, force_serializable])", "The name of the value's type.",
                    ConversionCode.TYPEOF),
            new FunctionDefinition(CONDITIONAL, Signatures.function("IF", ConversionCode.IF_TYPE, IF_ARGUMENTS), "IF(condition, value1, value2)",
                    "The first value if the condition is true, else the second.", ConversionCode.IF),
            new FunctionDefinition(CONDITIONAL, Signatures.function("COALESCE", ConversionCode.COALESCE_TYPE, Arguments.repeated(Parameter.COMMON)),
                    "COALESCE(value1, value2, ...)", "The first value that is not NULL.", ConversionCode.COALESCE),
            new FunctionDefinition(CONDITIONAL, Signatures.function("IFNULL", ConversionCode.IFNULL_TYPE, Arguments.of(Parameter.COMMON, Parameter.COMMON)), "IFNULL(value, otherwise)",
                    "The value, or another one where it is NULL.", ConversionCode.COALESCE));

    private ConversionFunctions() {
    }
}
