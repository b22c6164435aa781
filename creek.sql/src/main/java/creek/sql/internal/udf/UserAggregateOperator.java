package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.sql.internal.type.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.util.Optionality;

/** Calls of an aggregate function that is made from a class. */
public final class UserAggregateOperator extends SqlAggFunction {
    private final UserFunction function;

    UserAggregateOperator(UserFunction function) {
        super(function.name(), null, SqlKind.OTHER_FUNCTION, null, new UserFunctionOperator.NullTypes(function),
                new UserFunctionOperator.Arguments(function), SqlFunctionCategory.USER_DEFINED_FUNCTION, false, false, Optionality.FORBIDDEN);
        this.function = function;
    }

    public UserFunction function() {
        return function;
    }

    /** The method that takes arguments of these types. */
    public EvalMethod method(List<DataType> arguments) {
        return function.called(arguments);
    }

    @Override
    public boolean isDeterministic() {
        return function.isDeterministic();
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        List<DataType> arguments = binding.collectOperandTypes().stream().map(Types::toDataType).toList();
        return Types.toRelType(binding.getTypeFactory(), method(arguments).result());
    }
}
