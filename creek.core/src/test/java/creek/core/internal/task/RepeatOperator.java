package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.operator.Operator;

/** Emits each row several times, one in a step, and has it put off meanwhile. */
final class RepeatOperator extends Operator {
    private final int times;
    private Row row;
    private int left;

    RepeatOperator(int times) {
        this.times = times;
    }

    @Override
    public void process(Row given) throws Exception {
        output.process(given);
        if (times > 1) {
            row = given.copy();
            left = times - 1;
            context.resumeLater();
        }
    }

    @Override
    public boolean resume() throws Exception {
        if (!context.isOutputBusy()) {
            output.process(row);
            left--;
        }
        return left == 0;
    }
}
