package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.operator.MultiInputOperator;

/** All rows of several inputs in one. */
final class UnionOperator extends MultiInputOperator {
    UnionOperator(int inputs) {
        super(inputs);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        output.process(row);
    }
}
