package creek.core.internal.match;

import java.util.Arrays;

/**
 * Runs by the rows they began with, the earliest first: a binary heap. Runs that began with the same row come out in the order that the steps
 * of {@link java.util.PriorityQueue} give, since which of them wins is part of what a query means.
 */
final class RunHeap {
    private Run[] runs = new Run[2];
    private int size;

    int size() {
        return size;
    }

    /** A run by its place in the heap, from 0. */
    Run get(int place) {
        return runs[place];
    }

    /** The earliest run, or null. */
    Run peek() {
        return size == 0 ? null : runs[0];
    }

    void add(Run run) {
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, 2 * size);
        }
        int hole = size++;
        while (hole > 0 && run.startNumber < runs[hole - 1 >>> 1].startNumber) {
            runs[hole] = runs[hole - 1 >>> 1];
            hole = hole - 1 >>> 1;
        }
        runs[hole] = run;
    }

    /** Adds all runs of another heap, in the order of their places. */
    void addAll(RunHeap other) {
        for (int i = 0; i < other.size; i++) {
            add(other.runs[i]);
        }
    }

    /** Takes out the earliest run; null if there is none. */
    Run poll() {
        if (size == 0) {
            return null;
        }
        Run first = runs[0];
        Run last = runs[--size];
        runs[size] = null;
        if (size > 0) {
            sink(0, last);
        }
        return first;
    }

    /** Takes out all runs that began before that row, in the order of their places. */
    void removeBefore(long number, SharedBuffer released) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (runs[i].startNumber < number) {
                released.release(runs[i]);
            } else {
                runs[kept++] = runs[i];
            }
        }
        if (kept == size) {
            return;
        }
        Arrays.fill(runs, kept, size, null);
        size = kept;
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            sink(i, runs[i]);
        }
    }

    private void sink(int from, Run run) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && runs[child].startNumber > runs[child + 1].startNumber) {
                child++;
            }
            if (run.startNumber <= runs[child].startNumber) {
                break;
            }
            runs[hole] = runs[child];
            hole = child;
        }
        runs[hole] = run;
    }

    /** Forgets all runs, which go on elsewhere. */
    void clear() {
        Arrays.fill(runs, 0, size, null);
        size = 0;
    }
}
