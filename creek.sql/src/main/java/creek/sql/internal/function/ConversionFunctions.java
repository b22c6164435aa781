package creek.sql.internal.function;

import static creek.sql.internal.function.Category.CONDITIONAL;
import static creek.sql.internal.function.Category.TYPE_CONVERSION;

import creek.sql.internal.codegen.ConversionCode;
import java.util.List;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** TRY_CAST and functions that choose between values. */
final class ConversionFunctions {
    static final List<FunctionDefinition> DEFINITIONS = List.of(
            new FunctionDefinition(TYPE_CONVERSION, CastFunction.CAST, "CAST(value AS type)", "The value as that type; fails if it is none.", null),
            new FunctionDefinition(TYPE_CONVERSION, CastFunction.TRY_CAST, "TRY_CAST(value AS type)", "The value as that type; NULL if it is none.",
                    ConversionCode.TRY_CAST),
            new FunctionDefinition(TYPE_CONVERSION, Signatures.function("TYPEOF", Signatures.STRING_OR_NULL, OperandTypes.or(OperandTypes.ANY,
                    OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.BOOLEAN))), "TYPEOF(value[, force_serializable])", "The name of the value's type.",
                    ConversionCode.TYPEOF),
            new FunctionDefinition(CONDITIONAL, Signatures.function("IF", ConversionCode.IF_TYPE, OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY)), "IF(condition, value1, value2)",
                    "The first value if the condition is true, else the second.", ConversionCode.IF),
            new FunctionDefinition(CONDITIONAL, Signatures.function("IFNULL", ConversionCode.IFNULL_TYPE, OperandTypes.ANY_ANY), "IFNULL(value, otherwise)",
                    "The value, or another one where it is NULL.", ConversionCode.IFNULL));

    private ConversionFunctions() {
    }
}
