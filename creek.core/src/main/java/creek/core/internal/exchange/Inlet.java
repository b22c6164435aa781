package creek.core.internal.exchange;

/** What comes from another subtask: the batch that is being emptied, and how far. */
final class Inlet {
    private final int from;
    private final Channel channel;
    private Batch batch;
    private int next;
    private boolean hasHeard;
    private boolean hasEnded;

    Inlet(int from, Channel channel) {
        this.from = from;
        this.channel = channel;
    }

    /** The subtask that sends. */
    int from() {
        return from;
    }

    /** The batch at hand, or null if there is none now. */
    Batch batch() {
        if (batch == null && !hasEnded) {
            batch = channel.receive();
            next = 0;
        }
        return batch;
    }

    /** The place in the batch of the row that comes next. */
    int next() {
        return next;
    }

    void advance() {
        next++;
    }

    /** Says that the batch is empty. */
    void done() {
        hasEnded = batch.isLast();
        hasHeard = true;
        channel.giveBack(batch);
        batch = null;
    }

    /** Whether anything has come from there. */
    boolean hasHeard() {
        return hasHeard;
    }

    /** Whether nothing more comes from there. */
    boolean hasEnded() {
        return hasEnded;
    }
}
