package creek.core.internal.task;

import creek.core.operator.Operator;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * What a task's operators have put off: emissions to go on with, and times to be woken at.
 *
 * <p>Emissions are resumed from the far end of the topology upwards. So an operator that is resumed never hands rows to one that still has
 * something put off, unless that one puts off anew, which {@link #deepestPutOff} then shows.
 */
final class Schedule {
    private record Timer(long time, int place, Operator operator) {
    }

    private final Operator[] putOff;
    private int deepest = -1;
    private boolean pausing;
    /** An operator that asks for one time again and again, as each that is woken early does, has one timer for it. */
    private final TreeSet<Timer> timers = new TreeSet<>(Comparator.comparingLong(Timer::time).thenComparingInt(Timer::place));
    private long late;
    private long skipped;
    private long lookupHits;
    private long lookupMisses;

    Schedule(int places) {
        putOff = new Operator[places];
    }

    void putOff(int place, Operator operator) {
        putOff[place] = operator;
        deepest = Math.max(deepest, place);
    }

    /** The place furthest down that has something put off, or -1. */
    int deepestPutOff() {
        return deepest;
    }

    /** Nothing can go on before a moment has passed. */
    void pause() {
        pausing = true;
    }

    /**
     * Goes on with the emission that was put off furthest down.
     *
     * @return whether to wait for a moment before the next
     */
    boolean resume() throws Exception {
        pausing = false;
        int place = deepest;
        Operator operator = putOff[place];
        putOff[place] = null;
        while (deepest >= 0 && putOff[deepest] == null) {
            deepest--;
        }
        if (!operator.resume()) {
            putOff(place, operator);
        }
        return pausing;
    }

    void wakeAt(long time, int place, Operator operator) {
        timers.add(new Timer(time, place, operator));
    }

    /** The next time to wake somebody at, or {@link Long#MAX_VALUE}. */
    long nextTimer() {
        return timers.isEmpty() ? Long.MAX_VALUE : timers.first().time;
    }

    /** Wakes those whose time has come, one after the other, until one of them puts something off. */
    void runTimers(long now) throws Exception {
        while (deepest < 0 && nextTimer() <= now) {
            timers.pollFirst().operator.processingTime(now);
        }
    }

    void countLate() {
        late++;
    }

    long late() {
        return late;
    }

    void countLookup(boolean found) {
        if (found) {
            lookupHits++;
        } else {
            lookupMisses++;
        }
    }

    long lookupHits() {
        return lookupHits;
    }

    long lookupMisses() {
        return lookupMisses;
    }

    void countSkipped() {
        skipped++;
    }

    long skipped() {
        return skipped;
    }
}
