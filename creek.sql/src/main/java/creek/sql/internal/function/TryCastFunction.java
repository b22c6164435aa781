package creek.sql.internal.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlCastFunction;

/** TRY_CAST(value AS type): as CAST, but null where that would fail. */
final class TryCastFunction extends SqlCastFunction {
    TryCastFunction() {
        super("TRY_CAST", SqlKind.SAFE_CAST);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createTypeWithNullability(super.inferReturnType(binding), true);
    }
}
