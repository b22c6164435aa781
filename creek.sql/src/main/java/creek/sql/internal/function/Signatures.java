package creek.sql.internal.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** What functions' definitions are put together from: result types, argument types, operators. */
final class Signatures {
    /** STRING, null if an argument is. */
    static final SqlReturnTypeInference STRING = nullableArguments(ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE));
    /** STRING that may be null whatever the arguments are. */
    static final SqlReturnTypeInference STRING_OR_NULL = orNull(ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE));
    static final SqlReturnTypeInference BYTES_OR_NULL = orNull(ReturnTypes.explicit(SqlTypeName.VARBINARY, Integer.MAX_VALUE));
    static final SqlReturnTypeInference BYTES = nullableArguments(ReturnTypes.explicit(SqlTypeName.VARBINARY, Integer.MAX_VALUE));
    static final SqlReturnTypeInference INT = nullableArguments(ReturnTypes.explicit(SqlTypeName.INTEGER));
    static final SqlReturnTypeInference INT_OR_NULL = orNull(ReturnTypes.explicit(SqlTypeName.INTEGER));
    static final SqlReturnTypeInference BIGINT = nullableArguments(ReturnTypes.explicit(SqlTypeName.BIGINT));
    static final SqlReturnTypeInference DOUBLE = nullableArguments(ReturnTypes.explicit(SqlTypeName.DOUBLE));
    static final SqlReturnTypeInference BOOLEAN = nullableArguments(ReturnTypes.explicit(SqlTypeName.BOOLEAN));

    static final SqlOperandTypeChecker TEXT = OperandTypes.family(SqlTypeFamily.CHARACTER);
    static final SqlOperandTypeChecker TEXT_TEXT = OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER);
    static final SqlOperandTypeChecker TEXT_INT = OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER);
    static final SqlOperandTypeChecker TEXT_TEXT_TEXT =
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER);

    private Signatures() {
    }

    /** A type that is nullable if an argument is. */
    static SqlReturnTypeInference nullableArguments(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    /** A type that is nullable whatever the arguments are. */
    static SqlReturnTypeInference orNull(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    /** A function; its {@link Arguments}, if they are that, give bare NULLs their types. */
    static SqlFunction function(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        SqlOperandTypeInference inference = arguments instanceof Arguments own ? own : null;
        return new SqlFunction(name, SqlKind.OTHER_FUNCTION, result, inference, arguments, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** A function that the parser knows by a syntax of its own: it is looked up among those of strings only. */
    static SqlFunction functionOfStrings(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return new SqlFunction(name, SqlKind.OTHER_FUNCTION, result, null, arguments, SqlFunctionCategory.STRING);
    }
}
