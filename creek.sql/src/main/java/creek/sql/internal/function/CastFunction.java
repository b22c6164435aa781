package creek.sql.internal.function;

import creek.core.data.DataType;
import creek.sql.internal.codegen.CastRules;
import creek.sql.internal.type.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Static;

/** CAST and TRY_CAST, between the types that Flink casts. */
final class CastFunction extends SqlCastFunction {
    static final CastFunction CAST = new CastFunction("CAST", SqlKind.CAST);
    static final CastFunction TRY_CAST = new CastFunction("TRY_CAST", SqlKind.SAFE_CAST);

    /** What a TRY_CAST becomes. Of the other Calcite knows that it may leave out a way to another type and back, which Flink takes. */
    static final SqlFunction TRIED = Signatures.function("TRY_CAST", ReturnTypes.ARG0, OperandTypes.ANY);

    private CastFunction(String name, SqlKind kind) {
        super(name, kind);
    }

    /** So that the validator looks it up by its name as any function. */
    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createTypeWithNullability(binding.getOperandType(1),
                kind == SqlKind.SAFE_CAST || binding.getOperandType(0).isNullable());
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        RelDataType from = binding.getOperandType(0);
        RelDataType to = binding.getOperandType(1);
        if (from.getSqlTypeName() == SqlTypeName.NULL || to.getSqlTypeName() == SqlTypeName.UNKNOWN
                || from.getSqlTypeName() == SqlTypeName.ANY) {
            return true;
        }
        DataType target = Types.toDataType(to);
        // numbers become intervals of one unit only
        boolean possible = CastRules.isPossible(Types.toDataType(from), target)
                && (!SqlTypeUtil.isNumeric(from) || !SqlTypeUtil.isInterval(to) || to.getIntervalQualifier().isSingleDatetimeField());
        if (!possible && throwOnFailure) {
            throw binding.newError(Static.RESOURCE.cannotCastValue(Types.toDataType(from).nullable(true).toString(),
                    target.nullable(true).toString()));
        }
        return possible;
    }
}
