package creek.core.internal.exchange;

import creek.core.data.Row;
import creek.core.internal.exchange.Batch.Mark;

/** What comes from another subtask: the batch that is being emptied, and how far. */
final class Inlet {
    private final int from;
    private final Channel channel;
    private Batch batch;
    private int next;
    private Row row;
    private boolean hasHeard;
    /** The mark that was met last. Behind a barrier nothing is taken, behind the end nothing comes. */
    private Mark met = Mark.NONE;

    Inlet(int from, Channel channel) {
        this.from = from;
        this.channel = channel;
    }

    /** The subtask that sends. */
    int from() {
        return from;
    }

    /** The batch at hand, or null if there is none that may be taken now. */
    Batch batch() {
        if (batch == null && met == Mark.NONE) {
            batch = channel.receive();
            next = 0;
        }
        return batch;
    }

    /** The place in the batch of the row that comes next. */
    int next() {
        return next;
    }

    /** The next row, which is valid until the one after it. */
    Row advance() {
        if (row == null) {
            row = batch.newRow();
        }
        batch.get(next++, row);
        return row;
    }

    /** Says that the batch is empty. */
    void done() {
        met = batch.mark();
        hasHeard = true;
        channel.giveBack(batch);
        batch = null;
    }

    /** Whether anything has come from there. */
    boolean hasHeard() {
        return hasHeard;
    }

    Mark met() {
        return met;
    }

    /** Goes on behind a barrier. */
    void release() {
        if (met == Mark.BARRIER) {
            met = Mark.NONE;
        }
    }
}
