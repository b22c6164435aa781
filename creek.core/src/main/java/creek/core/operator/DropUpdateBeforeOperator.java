package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;

/** Leaves out {@code -U} rows, where nobody needs them. */
public final class DropUpdateBeforeOperator extends Operator {
    @Override
    public void process(Row row) throws Exception {
        if (row.kind() != RowKind.UPDATE_BEFORE) {
            output.process(row);
        }
    }

    @Override
    public String toString() {
        return "drop -U";
    }
}
