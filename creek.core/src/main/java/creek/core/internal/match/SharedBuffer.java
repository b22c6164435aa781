package creek.core.internal.match;

import creek.core.data.Row;
import creek.core.operator.Accumulator;
import creek.core.operator.MatchAggregates;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Owns the rows, entries and runs of all partitions: counts who refers to what, so that a row is kept once however many matches it may be part
 * of and goes with the last of them, and gives out again what has become free. Not thread-safe.
 */
final class SharedBuffer {
    /** How many of each kind are kept for reuse; what a burst needed beyond that is let go. */
    private static final int MOST_SPARE = 4096;

    private final int arity;
    private final List<MatchAggregates> aggregates;
    private final ArrayDeque<Event> spareEvents = new ArrayDeque<>();
    private final ArrayDeque<Entry> spareEntries = new ArrayDeque<>();
    private final ArrayDeque<Run> spareRuns = new ArrayDeque<>();
    private final List<ArrayDeque<Accumulator>> spareAccumulators = new ArrayList<>();
    private int events;

    /**
     * @param arity      number of columns of the rows
     * @param aggregates those that runs carry
     */
    SharedBuffer(int arity, List<MatchAggregates> aggregates) {
        this.arity = arity;
        this.aggregates = aggregates;
        aggregates.forEach(each -> spareAccumulators.add(new ArrayDeque<>()));
    }

    /** Number of rows kept. */
    int kept() {
        return events;
    }

    /** A copy of a row, with one reference. */
    Event keep(Row row, long time) {
        Event event = newEvent();
        event.row.keepFrom(row);
        event.time = time;
        return event;
    }

    /** An event with one reference whose content is to be set. */
    Event newEvent() {
        Event event = spareEvents.isEmpty() ? new Event(arity) : spareEvents.pop();
        event.references = 1;
        events++;
        return event;
    }

    void release(Event event) {
        if (--event.references == 0) {
            events--;
            if (spareEvents.size() < MOST_SPARE) {
                spareEvents.push(event);
            }
        }
    }

    /** The entry of a row as that variable's, behind another entry or none. Not referred to yet. */
    Entry newEntry(Event event, int variable, Entry previous) {
        Entry entry = spareEntries.isEmpty() ? new Entry() : spareEntries.pop();
        entry.event = event;
        event.references++;
        entry.variable = variable;
        entry.previous = previous;
        if (previous != null) {
            previous.references++;
        }
        boolean goesOn = previous != null && previous.variable == variable;
        entry.first = goesOn ? previous.first : entry;
        entry.index = goesOn ? previous.index + 1 : 0;
        return entry;
    }

    /** Ends a reference to an entry; one that nobody refers to goes, and so do those before it. */
    void release(Entry released) {
        Entry entry = released;
        while (entry != null && --entry.references == 0) {
            Entry previous = entry.previous;
            release(entry.event);
            entry.event = null;
            entry.previous = null;
            entry.first = null;
            if (spareEntries.size() < MOST_SPARE) {
                spareEntries.push(entry);
            }
            entry = previous;
        }
    }

    /** A run in that state, whose last entry it refers to from now on; without aggregates. */
    Run newRun(PatternState state, Entry last, long startNumber, long startTime) {
        Run run = spareRuns.isEmpty() ? new Run(aggregates.size()) : spareRuns.pop();
        run.state = state;
        run.last = last;
        if (last != null) {
            last.references++;
        }
        run.startNumber = startNumber;
        run.startTime = startTime;
        return run;
    }

    /** Gives up a run and what only it refers to. */
    void release(Run run) {
        Entry last = run.last;
        run.last = null;
        for (int i = 0; i < run.aggregates.length; i++) {
            release(i, run.aggregates[i]);
            run.aggregates[i] = null;
        }
        if (spareRuns.size() < MOST_SPARE) {
            spareRuns.push(run);
        }
        release(last);
    }

    /** An empty accumulator of the aggregates at that place. */
    Accumulator newAccumulator(int place) {
        ArrayDeque<Accumulator> spare = spareAccumulators.get(place);
        return spare.isEmpty() ? aggregates.get(place).prototype().newInstance() : spare.pop();
    }

    void release(int place, Accumulator accumulator) {
        ArrayDeque<Accumulator> spare = spareAccumulators.get(place);
        if (accumulator != null && spare.size() < MOST_SPARE && accumulator.reset()) {
            spare.push(accumulator);
        }
    }
}
