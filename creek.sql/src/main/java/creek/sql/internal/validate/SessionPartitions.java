package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Brings {@code SESSION(TABLE t PARTITION BY k, …)} into the form {@code SESSION(TABLE t, …, DESCRIPTOR(k))}: the converter to relations drops
 * partitioned tables.
 */
final class SessionPartitions {
    private SessionPartitions() {
    }

    /** The node, rewritten if it is such a call. */
    static SqlNode rewrite(SqlNode node) {
        if (!(node instanceof SqlCall call) || !call.getOperator().getName().equals("SESSION") || call.operandCount() == 0) {
            return node;
        }
        List<SqlNode> operands = new ArrayList<>();
        SqlNodeList partitionBy = SqlNodeList.EMPTY;
        boolean named = false;
        for (SqlNode operand : call.getOperandList()) {
            boolean isNamed = operand != null && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
            SqlNode value = isNamed ? ((SqlCall) operand).operand(0) : operand;
            if (value == null || value.getKind() != SqlKind.SET_SEMANTICS_TABLE) {
                operands.add(operand);
                continue;
            }
            if (!((SqlNodeList) ((SqlCall) value).operand(2)).isEmpty()) {
                throw SqlError.invalid("SESSION takes no ORDER BY: rows are in order of their time", value.getParserPosition());
            }
            named = isNamed;
            partitionBy = ((SqlCall) value).operand(1);
            SqlNode table = ((SqlCall) value).operand(0);
            operands.add(isNamed ? SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(operand.getParserPosition(), table,
                    ((SqlCall) operand).operand(1)) : table);
        }
        if (partitionBy.isEmpty()) {
            return call.getOperator().createCall(call.getParserPosition(), operands);
        }
        SqlNode columns = SqlStdOperatorTable.DESCRIPTOR.createCall(partitionBy);
        operands.add(!named ? columns : SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(partitionBy.getParserPosition(), columns,
                new SqlIdentifier(WindowTableFunction.PARTITION, partitionBy.getParserPosition())));
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }
}
