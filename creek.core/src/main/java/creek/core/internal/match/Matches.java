package creek.core.internal.match;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.Input;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchExpressions;
import creek.core.operator.OperatorContext;
import creek.core.operator.RowPattern;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The partitions of a MATCH_RECOGNIZE: rows that wait for their time, and matches that have begun. A partition in which nothing waits and nothing
 * has begun is forgotten. Partitions are known by numbers that the caller gives to their keys.
 */
public final class Matches {
    private static final int MOST_SPARE = 4096;

    private final Comparator<Row> order;
    private final SharedBuffer buffer;
    private final Matcher matcher;
    private final PartitionState state;
    private final IntConsumer forgotten;

    private Partition[] partitions = new Partition[16];
    private final DueQueue due = new DueQueue();
    /** The partition whose rows are being matched while a step ends. */
    private Partition firing;
    private final ArrayDeque<Partition> spare = new ArrayDeque<>();

    /**
     * @param schema       the columns of the rows
     * @param order        of rows of the same time, or null
     * @param ofConditions aggregates that DEFINE looks at
     * @param ofMeasures   aggregates that MEASURES look at
     * @param results      number of columns of the output
     * @param forgotten    told the number of each partition that is forgotten
     */
    public Matches(Schema schema, Comparator<Row> order, RowPattern pattern, MatchExpressions expressions, List<MatchAggregates> ofConditions,
            List<MatchAggregates> ofMeasures, int results, IntConsumer forgotten) {
        this.order = order;
        this.buffer = new SharedBuffer(schema.size(), ofConditions);
        Automaton automaton = new Automaton(pattern);
        this.state = new PartitionState(schema, automaton, buffer);
        this.matcher = new Matcher(schema.size(), automaton, pattern, expressions, buffer, ofConditions, ofMeasures, results);
        this.forgotten = forgotten;
    }

    public void open(OperatorContext context, Input output) throws Exception {
        matcher.open(context, output);
    }

    /** Number of rows kept: those that wait, and those of matches that have begun. */
    public int kept() {
        return buffer.kept();
    }

    /** Whether there is something in that partition. */
    public boolean has(int partition) {
        return partition < partitions.length && partitions[partition] != null;
    }

    /** Adds a row to those that wait for {@link #fire}. */
    public void await(int number, Row row, long time) {
        Partition partition = partition(number);
        partition.await(buffer.keep(row, time), order);
        due.set(partition, Math.min(partition.due, time));
    }

    /** Matches a row that comes behind all others of its partition. */
    public void match(int number, Row row, long time) throws Exception {
        Partition partition = partition(number);
        matcher.advance(partition, time);
        process(partition, buffer.keep(row, time));
        settle(partition);
    }

    /** Writes what there is in a partition. Not while {@link #fire} is to go on. */
    public void write(int number, BinaryWriter output) {
        output.writeLong(matcher.number());
        state.write(partitions[number], output);
    }

    /** Makes a partition, which has nothing in it, what another one was when it was written. */
    public void read(int number, BinaryReader input) {
        matcher.number(Math.max(matcher.number(), input.readLong()));
        Partition partition = partition(number);
        buffer.release(partition.runs.poll());
        state.read(input, partition);
        settle(partition);
    }

    private Partition partition(int number) {
        if (number >= partitions.length) {
            partitions = Arrays.copyOf(partitions, Math.max(2 * partitions.length, number + 1));
        }
        Partition partition = partitions[number];
        if (partition == null) {
            partition = spare.isEmpty() ? new Partition() : spare.pop();
            partition.number = number;
            partition.runs.add(matcher.newStart());
            partitions[number] = partition;
        }
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
                settle(firing);
                firing = null;
            }
        }
        return false;
    }

    private void settle(Partition partition) {
        long row = partition.waiting() == 0 ? Long.MAX_VALUE : partition.waiting(0).time;
        due.set(partition, Math.min(row, matcher.expiry(partition)));
        if (Matcher.isIdle(partition)) {
            partitions[partition.number] = null;
            forgotten.accept(partition.number);
            buffer.release(partition.runs.poll());
            if (spare.size() < MOST_SPARE) {
                spare.push(partition);
            }
        }
    }
}
