package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.operator.Accumulator;
import creek.core.operator.OverAggregates;
import creek.core.operator.OverWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame for aggregates that can't take rows back, such as MIN and MAX: a queue made of two stacks, in amortised constant time a row.
 *
 * <p>The newer rows are the back, with one accumulator over all of them. The older ones are the front, each with an accumulator over itself
 * and the front's newer ones, so that dropping the oldest is dropping its accumulator. When the front is used up, the back becomes the front.
 * Aggregates beside them that can take rows back do.
 */
final class TwoStackFrame extends BoundedFrame {
    private final Accumulator prototype;
    /** Null if there are no aggregates that take rows back. */
    private final Accumulator retracting;
    private final int retracted;
    private final ArrayDeque<Accumulator> front = new ArrayDeque<>();
    private final List<Accumulator> spare = new ArrayList<>();
    private Accumulator newer;
    private Accumulator all;

    /** @param rows those of both stacks */
    TwoStackFrame(OverWindow window, OverAggregates aggregates, KeptRows rows) {
        super(window, rows);
        prototype = aggregates.merging();
        retracting = aggregates.retracting() == null ? null : aggregates.retracting().newInstance();
        retracted = aggregates.retracted();
        newer = prototype.newInstance();
        all = prototype.newInstance();
    }

    @Override
    void add(long time, Row row) throws Exception {
        newer.accumulate(row);
        if (retracting != null) {
            retracting.accumulate(row);
        }
        rows.add(time, row);
    }

    @Override
    void removeFirst() throws Exception {
        if (front.isEmpty()) {
            int[] positions = rows.positions();
            pushFront(positions, positions.length);
            newer = emptied(newer);
        }
        Row oldest = rows.removeFirst();
        if (retracting != null) {
            retracting.retract(oldest);
        }
        release(front.removeFirst());
    }

    /** Makes so many of the oldest rows the front, which is empty. */
    private void pushFront(int[] positions, int count) throws Exception {
        Accumulator sinceNext = null;
        for (int i = count - 1; i >= 0; i--) {
            Accumulator since = obtain();
            since.accumulate(rows.read(positions[i]));
            if (sinceNext != null) {
                since.merge(sinceNext);
            }
            front.addFirst(since);
            sinceNext = since;
        }
    }

    @Override
    void writeResults(BinaryWriter output) {
        output.writeVarInt(front.size());
        if (retracting != null) {
            retracting.write(output);
        }
    }

    /** The stacks are as they were, so that what is merged later is merged in the same steps. */
    @Override
    void readResults(BinaryReader input) throws Exception {
        int older = input.readVarInt();
        if (retracting != null) {
            retracting.read(input);
        }
        int[] positions = rows.positions();
        pushFront(positions, older);
        for (int i = older; i < positions.length; i++) {
            newer.accumulate(rows.read(positions[i]));
        }
    }

    @Override
    void emit(Row out, int column) throws Exception {
        if (retracting != null) {
            retracting.emit(out, column);
        }
        if (front.isEmpty()) {
            newer.emit(out, column + retracted);
            return;
        }
        all = emptied(all);
        all.merge(front.getFirst());
        all.merge(newer);
        all.emit(out, column + retracted);
    }

    private Accumulator obtain() {
        return spare.isEmpty() ? prototype.newInstance() : spare.remove(spare.size() - 1);
    }

    private void release(Accumulator accumulator) {
        if (accumulator.reset()) {
            spare.add(accumulator);
        }
    }

    private Accumulator emptied(Accumulator accumulator) {
        return accumulator.reset() ? accumulator : prototype.newInstance();
    }
}
