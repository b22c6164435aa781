package creek.sql.internal.physical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** VALUES as a sequence of numbers, and for each column what it is at which number. */
final class ValuesSteps {
    private ValuesSteps() {
    }

    static PhysicalNode of(RexBuilder rex, Values values) {
        RelDataType number = rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED).add("row", SqlTypeName.BIGINT).build();
        SequenceNode sequence = new SequenceNode(values.tuples.size(), number);
        RexNode row = rex.makeInputRef(number.getFieldList().get(0).getType(), 0);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < values.getRowType().getFieldCount(); i++) {
            RelDataType type = values.getRowType().getFieldList().get(i).getType();
            List<RexNode> cases = new ArrayList<>();
            for (int tuple = 0; tuple < values.tuples.size(); tuple++) {
                RexLiteral literal = values.tuples.get(tuple).get(i);
                RexNode value = literal.isNull() ? rex.makeNullLiteral(type) : rex.ensureType(type, literal, true);
                if (tuple < values.tuples.size() - 1) {
                    cases.add(rex.makeCall(SqlStdOperatorTable.EQUALS, row, rex.makeExactLiteral(BigDecimal.valueOf(tuple), row.getType())));
                }
                cases.add(value);
            }
            columns.add(cases.isEmpty() ? rex.makeNullLiteral(type) : cases.size() == 1 ? cases.get(0)
                    : rex.makeCall(type, SqlStdOperatorTable.CASE, cases));
        }
        return new CalcNode(sequence, null, columns, values.getRowType());
    }
}
