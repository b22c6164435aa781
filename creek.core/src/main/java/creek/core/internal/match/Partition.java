package creek.core.internal.match;

import creek.core.data.Row;
import java.util.Arrays;
import java.util.Comparator;

/** What is kept of a partition: rows that wait for their time, matches that have begun, and complete ones that wait for earlier ones to end. */
final class Partition {
    /** The partition's key in the map of partitions. */
    byte[] key;
    /** What runs go on from: the one that waits for a match to begin is always among them. */
    RunHeap runs = new RunHeap();
    final RunHeap completed = new RunHeap();

    /** When there is something to do: a row's time has come, or a match has taken too long. */
    long due = Long.MAX_VALUE;
    /** The place in the {@link DueQueue}, or -1. */
    int queuePlace = -1;
    /** The order of partitions that are due at the same time. */
    long queueNumber;

    private Event[] waiting = new Event[2];
    private int from;
    private int to;

    int waiting() {
        return to - from;
    }

    /** A row that waits, by its place in the order of time. */
    Event waiting(int place) {
        return waiting[from + place];
    }

    /** Adds a row behind those that come before it or have the same place in the order. */
    void await(Event event, Comparator<Row> order) {
        if (to == waiting.length) {
            makeRoom();
        }
        int place = to++;
        while (place > from && isBefore(event, waiting[place - 1], order)) {
            waiting[place] = waiting[place - 1];
            place--;
        }
        waiting[place] = event;
    }

    /** Adds a row that is known to come behind all others. */
    void awaitLast(Event event) {
        if (to == waiting.length) {
            makeRoom();
        }
        waiting[to++] = event;
    }

    private static boolean isBefore(Event event, Event other, Comparator<Row> order) {
        return event.time < other.time || event.time == other.time && order != null && order.compare(event.row, other.row) < 0;
    }

    private void makeRoom() {
        Event[] target = 2 * waiting() > waiting.length ? new Event[2 * waiting.length] : waiting;
        int size = waiting();
        System.arraycopy(waiting, from, target, 0, size);
        Arrays.fill(target, size, target.length, null);
        waiting = target;
        from = 0;
        to = size;
    }

    /** Takes out the first row that waits. */
    Event next() {
        Event event = waiting[from];
        waiting[from++] = null;
        if (from == to) {
            from = 0;
            to = 0;
        }
        return event;
    }
}
