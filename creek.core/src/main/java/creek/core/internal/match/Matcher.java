package creek.core.internal.match;

import creek.core.data.Row;
import creek.core.operator.Accumulator;
import creek.core.operator.Input;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchExpressions;
import creek.core.operator.MatchedRows;
import creek.core.operator.OperatorContext;
import creek.core.operator.RowPattern;
import java.util.Arrays;
import java.util.List;

/**
 * Runs rows of partitions through a pattern's automaton. A row ends each match that has begun and can't take it: rows of a match follow each
 * other without a gap. A complete match is given as soon as no match that began before it can still become complete; then those that begin
 * before the row where the search goes on are dropped.
 */
final class Matcher {
    private static final byte UNKNOWN = 0;
    private static final byte HOLDS = 1;
    private static final byte FAILS = 2;

    // what it computes
    private final RowPattern pattern;
    private final Automaton automaton;
    private final MatchExpressions expressions;
    private final SharedBuffer buffer;
    private final RowsOfMatch.Begun begun;
    private final RowsOfMatch.Complete complete;

    // state
    private long number;

    // reused
    private final byte[] verdicts;
    private final PatternState[] toVisit;
    private PatternState.Transition[] takes;
    private int takeCount;
    private final PatternState[] sources;
    private RunHeap next = new RunHeap();
    private final RunHeap finished = new RunHeap();
    private final Row out;
    private Input output;

    Matcher(int arity, Automaton automaton, RowPattern pattern, MatchExpressions expressions, SharedBuffer buffer, List<MatchAggregates> ofConditions,
            List<MatchAggregates> ofMeasures, int results) {
        this.pattern = pattern;
        this.expressions = expressions;
        this.buffer = buffer;
        this.automaton = automaton;
        begun = new RowsOfMatch.Begun(arity, ofConditions);
        complete = new RowsOfMatch.Complete(arity, ofMeasures);
        verdicts = new byte[pattern.variables().size()];
        toVisit = new PatternState[automaton.size()];
        takes = new PatternState.Transition[automaton.size()];
        sources = new PatternState[automaton.size()];
        out = new Row(results);
    }

    void open(OperatorContext context, Input newOutput) throws Exception {
        output = newOutput;
        expressions.open(context);
        begun.open(context);
        complete.open(context);
    }

    /** The run that waits for a match to begin. */
    Run newStart() {
        return buffer.newRun(automaton.start(), null, Run.START, 0);
    }

    /** The number that the next row gets; greater than those of all rows before. */
    long number() {
        return number;
    }

    void number(long next) {
        number = next;
    }

    /** Whether nothing has begun and nothing waits. */
    static boolean isIdle(Partition partition) {
        return partition.runs.size() == 1 && partition.completed.size() == 0 && partition.waiting() == 0;
    }

    /** The time from which on the first match that has begun has taken too long; {@link Long#MAX_VALUE} if none can. */
    long expiry(Partition partition) {
        Run earliest = partition.runs.peek();
        return earliest.isStart() ? Long.MAX_VALUE : expiry(earliest);
    }

    private long expiry(Run run) {
        boolean never = pattern.within() == 0 || run.startTime > Long.MAX_VALUE - pattern.within();
        return never ? Long.MAX_VALUE : run.startTime + pattern.within();
    }

    /** Drops what has taken too long at that time, and gives the matches that waited for it alone. */
    void advance(Partition partition, long time) throws Exception {
        if (expiry(partition) == Long.MAX_VALUE || expiry(partition) > time) {
            return;
        }
        RunHeap runs = partition.runs;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (!run.isStart() && expiry(run) <= time) {
                buffer.release(run);
            } else {
                next.add(run);
            }
        }
        replaceRuns(partition);
        giveMatches(partition, time);
    }

    private void replaceRuns(Partition partition) {
        RunHeap old = partition.runs;
        old.clear();
        partition.runs = next;
        next = old;
    }

    /** Takes a row, the next of its partition. */
    void process(Partition partition, Event event) throws Exception {
        event.number = number++;
        RunHeap runs = partition.runs;
        for (int i = 0; i < runs.size(); i++) {
            process(runs.get(i), event);
        }
        replaceRuns(partition);
        if (finished.size() > 0) {
            partition.completed.addAll(finished);
            finished.clear();
        }
        if (partition.completed.size() > 0) {
            giveMatches(partition, event.time);
        }
    }

    /** Has a run go on with a row, in all ways there are; the run itself is used up unless it is the one at the start. */
    private void process(Run run, Event event) throws Exception {
        begun.set(run, event);
        Arrays.fill(verdicts, UNKNOWN);
        collectTakes(run.state);
        for (int i = 0; i < takeCount; i++) {
            take(run, event, sources[i].variable, takes[i].target, i == takeCount - 1);
        }
        if (run.isStart()) {
            next.add(run);
        } else {
            buffer.release(run);
        }
    }

    /** Finds the transitions that take the row, in the state itself and in those that it leads on to without a row. */
    private void collectTakes(PatternState state) throws Exception {
        takeCount = 0;
        int count = 0;
        toVisit[count++] = state;
        while (count > 0) {
            PatternState visited = toVisit[--count];
            for (PatternState.Transition transition : visited.transitions()) {
                if (isOpen(transition)) {
                    if (transition.takes) {
                        sources[takeCount] = visited;
                        takes[takeCount++] = transition;
                    } else {
                        toVisit[count++] = transition.target;
                    }
                }
            }
        }
    }

    /** @param isLast whether the run is not needed any more, so that its aggregates can be taken over */
    private void take(Run run, Event event, int variable, PatternState target, boolean isLast) throws Exception {
        Entry entry = buffer.newEntry(event, variable, run.last);
        long startNumber = run.isStart() ? event.number : run.startNumber;
        long startTime = run.isStart() ? event.time : run.startTime;
        // holds the entry until all runs that may end with it are made
        entry.references++;
        if (target.isFinal()) {
            finished.add(buffer.newRun(target, entry, startNumber, startTime));
        } else {
            // before the aggregates are taken over, which conditions may look at
            PatternState end = finalStateAfter(target);
            Run longer = buffer.newRun(target, entry, startNumber, startTime);
            for (int i = 0; i < longer.aggregates.length; i++) {
                longer.aggregates[i] = aggregate(run, i, variable, event.row, isLast);
            }
            next.add(longer);
            if (end != null) {
                finished.add(buffer.newRun(end, entry, startNumber, startTime));
            }
        }
        buffer.release(entry);
    }

    private Accumulator aggregate(Run run, int place, int variable, Row row, boolean isLast) throws Exception {
        Accumulator longer = isLast ? run.aggregates[place] : null;
        if (longer != null) {
            run.aggregates[place] = null;
        } else {
            longer = buffer.newAccumulator(place);
            if (run.aggregates[place] != null) {
                longer.merge(run.aggregates[place]);
            }
        }
        int over = begun.aggregates.get(place).variable();
        if (over == MatchedRows.ANY || over == variable) {
            begun.accumulate(place, longer, row);
        }
        return longer;
    }

    /** The final state, if a run in that state is complete without another row. */
    private PatternState finalStateAfter(PatternState state) throws Exception {
        int count = 0;
        toVisit[count++] = state;
        while (count > 0) {
            for (PatternState.Transition transition : toVisit[--count].transitions()) {
                if (!transition.takes && isOpen(transition)) {
                    if (transition.target.isFinal()) {
                        return transition.target;
                    }
                    toVisit[count++] = transition.target;
                }
            }
        }
        return null;
    }

    private boolean isOpen(PatternState.Transition transition) throws Exception {
        if (transition.condition != PatternState.ALWAYS && !holds(transition.condition)) {
            return false;
        }
        for (int greedy : transition.unless()) {
            if (holds(greedy)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the row meets the variable's condition, in the light of the run that it may go on with. */
    private boolean holds(int variable) throws Exception {
        if (verdicts[variable] == UNKNOWN) {
            begun.candidate = variable;
            verdicts[variable] = expressions.define(variable, begun.row(), begun) ? HOLDS : FAILS;
        }
        return verdicts[variable] == HOLDS;
    }

    private void giveMatches(Partition partition, long time) throws Exception {
        Run match;
        while ((match = partition.completed.peek()) != null && match.startNumber <= partition.runs.peek().startNumber) {
            partition.completed.poll();
            long goOnAt = goOnAt(match);
            partition.runs.removeBefore(goOnAt, buffer);
            partition.completed.removeBefore(goOnAt, buffer);
            complete.last = match.last;
            complete.time = time;
            expressions.measure(complete, out);
            output.process(out);
            buffer.release(match);
        }
    }

    /** The number of the first row that the next match can begin with. */
    private long goOnAt(Run match) {
        return switch (pattern.skip()) {
            case PAST_LAST_ROW -> match.last.event.number + 1;
            case TO_NEXT_ROW -> match.startNumber + 1;
            case TO_FIRST, TO_LAST -> {
                complete.last = match.last;
                Entry entry = complete.lastOf(pattern.skipVariable());
                String name = pattern.variables().get(pattern.skipVariable()).name();
                if (entry == null) {
                    throw new IllegalStateException("AFTER MATCH SKIP TO " + name + ": a match has no row of " + name + " to skip to");
                }
                long target = pattern.skip() == RowPattern.Skip.TO_FIRST ? entry.first.event.number : entry.event.number;
                if (target == match.startNumber) {
                    throw new IllegalStateException("AFTER MATCH SKIP TO " + name
                            + ": the first row of a match is one of " + name + ", so that the search would never go on");
                }
                yield target;
            }
        };
    }
}
