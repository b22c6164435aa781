package creek.core.internal.match;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.state.StateMap;
import creek.core.operator.Input;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchExpressions;
import creek.core.operator.OperatorContext;
import creek.core.operator.RowPattern;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The partitions of a MATCH_RECOGNIZE: rows that wait for their time, and matches that have begun. A partition in which nothing waits and nothing
 * has begun is forgotten.
 */
public final class Matches {
    private static final int MOST_SPARE = 4096;

    private final Comparator<Row> order;
    private final SharedBuffer buffer;
    private final Matcher matcher;
    private final PartitionState state;
    private final List<MatchAggregates> aggregates;

    private final StateMap<Partition> partitions = new StateMap<>();
    private final DueQueue due = new DueQueue();
    /** The partition whose rows are being matched while a step ends. */
    private Partition firing;
    private final ArrayDeque<Partition> spare = new ArrayDeque<>();

    /**
     * @param keys         what the bytes of keys mean, as text
     * @param schema       the columns of the rows
     * @param order        of rows of the same time, or null
     * @param ofConditions aggregates that DEFINE looks at
     * @param ofMeasures   aggregates that MEASURES look at
     * @param results      number of columns of the output
     */
    public Matches(String keys, Schema schema, Comparator<Row> order, RowPattern pattern, MatchExpressions expressions,
            List<MatchAggregates> ofConditions, List<MatchAggregates> ofMeasures, int results) {
        this.order = order;
        this.aggregates = Stream.concat(ofConditions.stream(), ofMeasures.stream()).toList();
        this.buffer = new SharedBuffer(schema.size(), ofConditions);
        Automaton automaton = new Automaton(pattern);
        String text = keys + ", " + pattern.variables() + ", " + ofConditions.stream().map(each -> each.prototype().form()).toList();
        this.state = new PartitionState(text, schema, automaton, buffer);
        this.matcher = new Matcher(schema.size(), automaton, pattern, expressions, buffer, ofConditions, ofMeasures, results);
    }

    public void open(OperatorContext context, Input output) throws Exception {
        for (MatchAggregates each : aggregates) {
            each.prototype().open(context);
        }
        matcher.open(context, output);
        partitions.keepInMemory(context, "partitions", state, (key, partition) -> {
            partition.key = key;
            due.restore(partition, nextDue(partition));
        });
        matcher.number(state.lastNumber() + 1);
    }

    /** Number of rows kept: those that wait, and those of matches that have begun. */
    public int kept() {
        return buffer.kept();
    }

    /** Adds a row to those of its partition that wait for {@link #fire}. */
    public void await(BinaryWriter key, Row row, long time) {
        Partition partition = partition(key);
        partition.await(buffer.keep(row, time), order);
        due.set(partition, Math.min(partition.due, time));
    }

    /** Matches a row that comes behind all others of its partition. */
    public void match(BinaryWriter key, Row row, long time) throws Exception {
        Partition partition = partition(key);
        matcher.advance(partition, time);
        process(partition, buffer.keep(row, time));
        settle(partition);
    }

    /** The partition of a key, in which something is going to change. */
    private Partition partition(BinaryWriter key) {
        Partition partition = partitions.get(key);
        if (partition != null) {
            partitions.touch();
            return partition;
        }
        partition = spare.isEmpty() ? new Partition() : spare.pop();
        // the map needs arrays of its own as long as it remembers keys that have gone
        partition.key = key.toBytes(partitions.isKept() ? null : partition.key);
        partition.runs.add(matcher.newStart());
        partitions.add(partition.key, partition);
        return partition;
    }

    private void process(Partition partition, Event event) throws Exception {
        matcher.process(partition, event);
        buffer.release(event);
    }

    /** When the first partition has something to do; {@link Long#MAX_VALUE} if none has. */
    public long firstDue() {
        return due.firstDue();
    }

    /**
     * Matches waiting rows, partition by partition, and drops what has taken too long.
     *
     * @param upTo the time up to which rows no longer wait
     * @param now  the time that it is for matches that have begun, not before the last of those rows
     * @param most how many rows to match at most
     * @return whether that was all
     */
    public boolean fire(long upTo, long now, int most) throws Exception {
        int rows = 0;
        while (rows < most) {
            if (firing == null) {
                if (due.first() == null || due.firstDue() > upTo) {
                    return true;
                }
                firing = due.first();
            }
            if (firing.waiting() > 0 && firing.waiting(0).time <= upTo) {
                Event event = firing.next();
                matcher.advance(firing, event.time);
                process(firing, event);
                rows++;
            } else {
                matcher.advance(firing, now);
                if (partitions.isKept()) {
                    partitions.touch(firing.key);
                }
                settle(firing);
                firing = null;
            }
        }
        return false;
    }

    private long nextDue(Partition partition) {
        long row = partition.waiting() == 0 ? Long.MAX_VALUE : partition.waiting(0).time;
        return Math.min(row, matcher.expiry(partition));
    }

    private void settle(Partition partition) {
        due.set(partition, nextDue(partition));
        if (Matcher.isIdle(partition)) {
            partitions.remove(partition.key);
            buffer.release(partition.runs.poll());
            if (spare.size() < MOST_SPARE) {
                spare.push(partition);
            }
        }
    }
}
