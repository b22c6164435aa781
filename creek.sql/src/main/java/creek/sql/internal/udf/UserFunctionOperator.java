package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calls of a function that is made from a class. */
public class UserFunctionOperator extends SqlFunction {
    private final UserFunction function;

    private UserFunctionOperator(UserFunction function, SqlFunctionCategory category) {
        super(function.name(), SqlKind.OTHER_FUNCTION, null, new NullTypes(function), new Arguments(function), category);
        this.function = function;
    }

    static UserFunctionOperator of(UserFunction function) {
        return function.isTable() ? new OfTable(function) : new UserFunctionOperator(function, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    public UserFunction function() {
        return function;
    }

    @Override
    public boolean isDeterministic() {
        return function.isDeterministic();
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return Types.toRelType(binding.getTypeFactory(), method(binding).result());
    }

    /** Of a table function: the call as the collection of its rows. */
    public RexNode rows(RexBuilder rex, List<RexNode> operands) {
        List<DataType> arguments = operands.stream().map(each -> Types.toDataType(each.getType())).toList();
        DataType row = function.called(arguments).result();
        return rex.makeCall(Types.toRelType(rex.getTypeFactory(), DataType.array(row).notNull()), this, operands);
    }

    /** The method that a call is of. */
    EvalMethod method(SqlOperatorBinding binding) {
        List<DataType> arguments = binding.collectOperandTypes().stream().map(Types::toDataType).toList();
        return function.called(arguments);
    }

    /** A function that gives rows: for LATERAL TABLE(...) alone. */
    private static final class OfTable extends UserFunctionOperator implements SqlTableFunction {
        OfTable(UserFunction function) {
            super(function, SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
        }

        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return binding -> {
                DataType row = method(binding).result();
                RelDataTypeFactory types = binding.getTypeFactory();
                return row.root() == TypeRoot.ROW ? Types.toRelType(types, row.notNull())
                        : types.builder().add("EXPR$0", Types.toRelType(types, row)).build();
            };
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return binding.getTypeFactory().createSqlType(SqlTypeName.CURSOR);
        }
    }

    /** A NULL has the type that the first method with so many parameters takes. */
    record NullTypes(UserFunction function) implements SqlOperandTypeInference {
        @Override
        public void inferOperandTypes(SqlCallBinding binding, RelDataType returnType, RelDataType[] types) {
            function.ofCount(types.length).ifPresent(method -> {
                for (int i = 0; i < types.length; i++) {
                    types[i] = Types.toRelType(binding.getTypeFactory(), method.parameter(i));
                }
            });
        }
    }

    /** Takes whatever some method {@code eval} does. */
    record Arguments(UserFunction function) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            List<DataType> arguments = binding.collectOperandTypes().stream().map(Types::toDataType).toList();
            if (function.method(arguments).isPresent()) {
                return true;
            }
            if (throwOnFailure) {
                throw SqlError.invalid(function.refusal(arguments), binding.getCall().getParserPosition());
            }
            return false;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.any();
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String operatorName) {
            return function.signatures();
        }
    }
}
