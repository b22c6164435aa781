package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;

/** A function that gives a table's rows with {@code window_start}, {@code window_end} and {@code window_time}. */
public final class WindowTableFunction extends SqlWindowTableFunction {
    /** The table and its time column come first. */
    private static final int FIRST_INTERVAL = 2;
    /** The parameter that takes a DESCRIPTOR of the columns that sessions are partitioned by. */
    static final String PARTITION = "PARTITION";

    WindowTableFunction(String name, String... parameters) {
        super(name, new Operands(List.of(parameters)));
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowTableFunction::rowType;
    }

    /** DESCRIPTOR names columns of the table argument, which the usual scopes do not know. */
    @Override
    public void validateCall(SqlCall call, SqlValidator validator, SqlValidatorScope scope, SqlValidatorScope operandScope) {
        SqlNode table = call.operand(0);
        (table.getKind() == SqlKind.SET_SEMANTICS_TABLE ? ((SqlCall) table).operand(0) : table).validate(validator, scope);
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataType time = timeColumn((SqlCallBinding) binding).getType();
        RelDataTypeFactory types = binding.getTypeFactory();
        return types.builder().kind(input.getStructKind()).addAll(input.getFieldList())
                .add("window_start", SqlTypeName.TIMESTAMP, 3)
                .add("window_end", SqlTypeName.TIMESTAMP, 3)
                .add("window_time", types.createTypeWithNullability(time, false))
                .build();
    }

    private static RelDataTypeField timeColumn(SqlCallBinding binding) {
        RelDataType table = binding.getValidator().getValidatedNodeType(binding.operand(0));
        if (!table.isStruct() || binding.operand(1).getKind() != SqlKind.DESCRIPTOR) {
            throw SqlError.invalid("the first argument of " + binding.getOperator().getName() + " is a table, the second DESCRIPTOR(time_column), "
                    + "also where arguments are named", binding.getCall().getParserPosition());
        }
        SqlIdentifier column = (SqlIdentifier) ((SqlCall) binding.operand(1)).operand(0);
        RelDataTypeField field = table.getField(column.getSimple(), true, false);
        if (field == null) {
            throw binding.getValidator().newValidationError(column, Static.RESOURCE.unknownIdentifier(column.getSimple()));
        }
        return field;
    }

    /** The table, DESCRIPTOR of its time column, intervals, and an OFFSET or columns to partition by, which may be left out. */
    private record Operands(List<String> paramNames) implements SqlOperandMetadata {
        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory types) {
            return Collections.nCopies(paramNames.size(), types.createSqlType(SqlTypeName.ANY));
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(paramNames.size() - 1, paramNames.size());
        }

        @Override
        public boolean isOptional(int i) {
            return i >= getOperandCountRange().getMin();
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean fits = binding.operand(1).getKind() == SqlKind.DESCRIPTOR && ((SqlCall) binding.operand(1)).operandCount() == 1;
            for (int i = FIRST_INTERVAL; fits && i < binding.getOperandCount(); i++) {
                fits = paramNames.get(i).equals(PARTITION) ? binding.operand(i).getKind() == SqlKind.DESCRIPTOR
                        : SqlTypeUtil.isInterval(binding.getValidator().getValidatedNodeType(binding.operand(i)));
            }
            if (!fits && throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            if (fits) {
                timeColumn(binding);
            }
            return fits;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            boolean partitioned = paramNames.contains(PARTITION);
            StringBuilder text = new StringBuilder(name).append("(TABLE table").append(partitioned ? " [PARTITION BY columns]" : "")
                    .append(", DESCRIPTOR(time_column)");
            paramNames.subList(FIRST_INTERVAL, paramNames.size() - 1).forEach(each -> text.append(", ")
                    .append(each.toLowerCase(Locale.ROOT)).append(" interval"));
            text.append(partitioned ? "" : " [, offset interval]");
            return text.append(')').toString();
        }
    }
}
