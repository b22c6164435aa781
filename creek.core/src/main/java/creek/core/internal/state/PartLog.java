package creek.core.internal.state;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/** Gives out the numbers of a collection's parts and remembers which have gone, until a complete checkpoint has left them out. */
public final class PartLog {
    private static final long[] NONE = {};
    private static final int[] NO_EPOCHS = {};

    private long next;
    private long[] removed = NONE;
    private int[] epochs = NO_EPOCHS;
    private int size;
    /** Parts from that number on were made in that epoch. */
    private long youngest;
    private int epochOfYoungest;

    /** The number of a new part. */
    public long next() {
        return next++;
    }

    /** The number of a new part that is made in that epoch: if it goes in the same one, that need not be remembered. */
    public long next(int epoch) {
        if (epoch != epochOfYoungest) {
            epochOfYoungest = epoch;
            youngest = next;
        }
        return next++;
    }

    /** The number that the next new part will get. */
    public long peek() {
        return next;
    }

    /** Says that a part of that number was read from state. */
    public void read(long part) {
        next = Math.max(next, part + 1);
    }

    /** Remembers that a part which a checkpoint may have written has gone. */
    public void remove(long part, int epoch) {
        next = Math.max(next, part + 1);
        if (epoch == epochOfYoungest && part >= youngest) {
            return;
        }
        if (size == removed.length) {
            removed = Arrays.copyOf(removed, Math.max(4, 2 * size));
            epochs = Arrays.copyOf(epochs, removed.length);
        }
        removed[size] = part;
        epochs[size++] = epoch;
    }

    /** Takes over what another log remembers, so that the two collections never use a number twice. */
    public void follow(PartLog earlier) {
        if (next != 0) {
            throw new IllegalStateException("parts have been numbered already");
        }
        next = earlier.next;
        removed = earlier.removed;
        epochs = earlier.epochs;
        size = earlier.size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void write(PartWriter output) {
        write(output::includesRemoval, output::remove);
    }

    /**
     * Hands out the removals that a checkpoint has to write, and forgets those that are complete.
     *
     * @param included whether the store has yet to be told of what went in an epoch
     */
    public void write(IntPredicate included, LongConsumer removal) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (included.test(epochs[i])) {
                removal.accept(removed[i]);
                removed[kept] = removed[i];
                epochs[kept++] = epochs[i];
            }
        }
        size = kept;
        if (size == 0) {
            removed = NONE;
            epochs = NO_EPOCHS;
        }
    }
}
