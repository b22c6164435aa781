package creek.state.xodus;

import java.util.ArrayList;
import java.util.List;

/**
 * What the last checkpoints changed and the tree does not know yet. A checkpoint of a thousand keys would have most of the tree's nodes written anew;
 * so changes are gathered, here in memory and in the log, until there are enough of them to be worth that. They are sorted runs,
 * of which small ones are merged, so that there are few.
 *
 * <p>Guarded by the store's monitor.
 */
final class RecentChanges {
    /** Stands for the value of a key that was removed. */
    static final byte[] REMOVED = new byte[0];
    /** Runs together larger than that are not merged, since that takes as much memory again. */
    private static final int LARGEST_MERGED = 1 << 20;

    /** The latest comes last. */
    private final List<Batch> runs = new ArrayList<>();
    private long logged;

    /** Bytes of all changes since the tree was written, those that later ones undo included: so many are in the log. */
    long logged() {
        return logged;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** The changes that there are now; what comes is not added to them. */
    RecentChanges copy() {
        RecentChanges copy = new RecentChanges();
        copy.runs.addAll(runs);
        return copy;
    }

    /** Takes over changes. */
    void add(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        logged += batch.bytes();
        batch.sort();
        Batch run = batch;
        while (!runs.isEmpty() && last().bytes() < 2 * run.bytes() && last().bytes() + run.bytes() <= LARGEST_MERGED) {
            run = Batch.merge(runs.remove(runs.size() - 1), run);
        }
        runs.add(run);
    }

    private Batch last() {
        return runs.get(runs.size() - 1);
    }

    /** The value, {@link #REMOVED}, or null where the key was not changed. */
    byte[] get(byte[] key) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            int place = runs.get(i).find(key);
            if (place >= 0) {
                return value(runs.get(i), place);
            }
        }
        return null;
    }

    private static byte[] value(Batch run, int place) {
        byte[] value = run.value(place);
        return value == null ? REMOVED : value;
    }

    void clear() {
        runs.clear();
        logged = 0;
    }

    /** Goes through the changes in the order of their keys, while there are no new ones. */
    final class Cursor {
        private final int[] next = new int[runs.size()];
        private byte[] key;
        private byte[] value;

        /** Begins at a key, or behind it. */
        Cursor(byte[] from) {
            for (int i = 0; i < next.length; i++) {
                next[i] = runs.get(i).ceiling(from);
            }
        }

        /** Goes to the next change; whether there is one. */
        boolean next() {
            int first = -1;
            for (int i = next.length - 1; i >= 0; i--) {
                // of the same key that of the latest run counts
                if (next[i] < runs.get(i).size() && (first < 0 || runs.get(i).compare(next[i], runs.get(first), next[first]) < 0)) {
                    first = i;
                }
            }
            if (first < 0) {
                key = null;
                return false;
            }
            Batch run = runs.get(first);
            int place = next[first];
            key = run.key(place);
            value = RecentChanges.value(run, place);
            for (int i = 0; i <= first; i++) {
                if (next[i] < runs.get(i).size() && runs.get(i).compare(next[i], run, place) == 0) {
                    next[i]++;
                }
            }
            return true;
        }

        /** The change's key, or null where there is none. */
        byte[] key() {
            return key;
        }

        /** The value, or {@link #REMOVED}. */
        byte[] value() {
            return value;
        }
    }
}
