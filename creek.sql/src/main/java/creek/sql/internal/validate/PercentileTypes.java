package creek.sql.internal.validate;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The argument types of PERCENTILE, and its result: DOUBLE, or an ARRAY of them. */
final class PercentileTypes implements SqlOperandTypeChecker {
    static final PercentileTypes OPERANDS = new PercentileTypes();

    private PercentileTypes() {
    }

    static RelDataType result(SqlOperatorBinding call) {
        RelDataType number = call.getTypeFactory().createTypeWithNullability(call.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
        return !isArray(call.getOperandType(1)) ? number
                : call.getTypeFactory().createTypeWithNullability(call.getTypeFactory().createArrayType(number, -1), true);
    }

    private static boolean isArray(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.ARRAY;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        RelDataType wanted = call.getOperandType(1);
        boolean right = SqlTypeUtil.isNumeric(call.getOperandType(0)) && !wanted.isNullable()
                && isPercentage(isArray(wanted) ? wanted.getComponentType() : wanted) && isBetween0And1(call.operand(1))
                && (call.getOperandCount() < 3 || SqlTypeUtil.isExactNumeric(call.getOperandType(2)) && !SqlTypeUtil.isDecimal(call.getOperandType(2)));
        if (!right && throwOnFailure) {
            throw call.newValidationSignatureError();
        }
        return right;
    }

    private static boolean isPercentage(RelDataType type) {
        return SqlTypeUtil.isNumeric(type) && !type.isNullable();
    }

    /** Of a literal, or literals in an ARRAY, it is known here; of other expressions with the first row. */
    private static boolean isBetween0And1(SqlNode percentage) {
        if (percentage instanceof SqlCall call) {
            return call.getOperandList().stream().allMatch(PercentileTypes::isBetween0And1);
        }
        if (!SqlUtil.isLiteral(percentage)) {
            return true;
        }
        BigDecimal value = ((SqlLiteral) percentage).bigDecimalValue();
        return value != null && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.between(2, 3);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
        return name + "(<NUMERIC>, {<NUMERIC NOT NULL> | ARRAY<NUMERIC NOT NULL>} between 0 and 1 [, <INTEGER>])";
    }
}
