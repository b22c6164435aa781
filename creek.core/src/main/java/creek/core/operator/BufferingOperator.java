package creek.core.operator;

import creek.core.data.Row;

/**
 * An operator that may emit several rows for one. It emits without asking: what those further down can't take at once is kept in order and
 * passed on in steps, before anything else comes in.
 */
abstract class BufferingOperator extends Operator {
    private OutputQueue queue;

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        queue = new OutputQueue(newContext, newOutput);
        super.open(newContext, queue);
    }

    @Override
    public boolean resume() throws Exception {
        return queue.drain();
    }

    /** Whether everything that was emitted has been passed on. */
    final boolean isDrained() {
        return queue.isEmpty();
    }

    /** The event time of a row, which must have one. */
    static long eventTime(Row row, int timeColumn) {
        if (row.isNullAt(timeColumn)) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that the row has no place in the order of time");
        }
        return row.getLong(timeColumn);
    }
}
