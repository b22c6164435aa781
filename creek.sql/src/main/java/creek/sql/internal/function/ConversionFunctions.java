package creek.sql.internal.function;

import creek.sql.internal.codegen.ConversionCode;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import static creek.sql.internal.function.Category.CONDITIONAL;
import static creek.sql.internal.function.Category.TYPE_CONVERSION;

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
            new FunctionDefinition(CONDITIONAL, coalesce("COALESCE", OperandTypes.ONE_OR_MORE), "COALESCE(value1, value2, ...)",
                    "The first value that is not NULL.", ConversionCode.COALESCE),
            new FunctionDefinition(CONDITIONAL, coalesce("IFNULL", OperandTypes.ANY_ANY), "IFNULL(value, otherwise)",
                    "The value, or another one where it is NULL.", ConversionCode.COALESCE));

    private ConversionFunctions() {
    }

    /** A bare NULL takes the type of the others. */
    private static SqlFunction coalesce(String name, SqlOperandTypeChecker arguments) {
        return new SqlFunction(name, SqlKind.OTHER_FUNCTION, ConversionCode.COALESCE_TYPE, InferTypes.FIRST_KNOWN, arguments,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
}
