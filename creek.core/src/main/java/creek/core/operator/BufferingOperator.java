package creek.core.operator;

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
}
