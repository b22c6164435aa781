package creek.core.internal.state;

/**
 * Numbers for the times between checkpoints. Whatever changes is marked with the {@link #current} one; a checkpoint takes what was marked later than
 * {@link #completed}, so that a checkpoint that fails needs no undoing. On the job's thread only.
 */
public final class Epochs {
    private int current = 1;
    private int completed;
    private int changes;

    /** The mark of what changes now. */
    public int current() {
        return current;
    }

    /** The same, for something that had that mark until now: counts it if it had another. */
    int mark(int before) {
        if (before != current) {
            changes++;
        }
        return current;
    }

    /** About how many entries have changed since a checkpoint took changes. */
    int changes() {
        return changes;
    }

    /** What has this mark or a lower one is in the last complete checkpoint as it is. */
    public int completed() {
        return completed;
    }

    /** Called when a checkpoint has taken what changed; the mark that it covers. */
    int next() {
        int taken = current;
        changes = 0;
        // after that many the job fails and begins to count again, rather than to take new changes for old ones
        current = Math.incrementExact(taken);
        return taken;
    }

    void complete(int epoch) {
        completed = epoch;
    }
}
