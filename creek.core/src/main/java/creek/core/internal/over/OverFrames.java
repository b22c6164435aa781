package creek.core.internal.over;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeQueue;
import creek.core.operator.Accumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.OverAggregates;
import creek.core.operator.OverWindow;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * The frames of all partitions of an OVER aggregation, and the rows that wait for their turn. Rows enter a partition's frame in order of their
 * time. A bounded frame takes a row as long as none of its partition with the same or a later time is out, and a partition of a RANGE window
 * is forgotten some time after the window of its last row.
 */
public final class OverFrames {
    private static final int MAX_SPARES = 1 << 12;

    /** A row and the frame it goes into. */
    private static final class Waiting {
        final Row row;
        Frame frame;

        Waiting(int arity) {
            row = new Row(arity);
        }
    }

    private final KeySelector partitionBy;
    private final OverWindow window;
    private final Supplier<Frame> newFrame;
    private final int inputArity;
    private final BinaryWriter key = new BinaryWriter();
    private final TimeQueue<Waiting> waiting = new TimeQueue<>();
    private final TimeQueue<Frame> forgetting = new TimeQueue<>();
    private final KeyMap<Frame> frames = new KeyMap<>();
    private final ArrayDeque<Waiting> peers = new ArrayDeque<>();
    /** Those that are out serve others. */
    private final ArrayDeque<Waiting> spares = new ArrayDeque<>();
    private Waiting emitted;
    private final Row out;

    /**
     * @param arguments  the columns that the aggregates take
     * @param inputArity number of columns of the input
     */
    public OverFrames(KeySelector partitionBy, OverWindow window, OverAggregates aggregates, KeySelector arguments, int inputArity) {
        this.partitionBy = partitionBy;
        this.window = window;
        this.inputArity = inputArity;
        KeptRows.Codec codec = new KeptRows.Codec(arguments, inputArity, !window.rows());
        Accumulator retracting = aggregates.retracting();
        if (!window.isBounded()) {
            Accumulator all = retracting == null ? aggregates.merging() : retracting;
            newFrame = () -> new RunningFrame(all.newInstance());
        } else if (aggregates.merging() == null) {
            newFrame = () -> new RetractingFrame(retracting.newInstance(), new KeptRows(codec));
        } else {
            newFrame = () -> new TwoStackFrame(aggregates, new KeptRows(codec));
        }
        out = new Row(inputArity + aggregates.results());
    }

    /**
     * Adds a copy of a row to those that wait.
     *
     * @return false if the row was not added, since its frame is bounded and past its time
     */
    public boolean await(long time, Row row) {
        Frame frame = find(row);
        if (window.isBounded() && time <= (frame == null ? Frame.FIRST_DONE : frame.doneUpTo)) {
            return false;
        }
        if (frame == null) {
            frame = open();
        }
        if (window.isBounded() && !window.rows()) {
            long askAt = frame.keepFor(time, window.preceding());
            if (askAt < Long.MAX_VALUE) {
                forgetting.add(askAt, frame);
            }
        }
        Waiting kept = spares.isEmpty() ? new Waiting(inputArity) : spares.pop();
        kept.row.keepFrom(row);
        kept.frame = frame;
        waiting.add(time, kept);
        return true;
    }

    /**
     * The next row in order of time, with what its frame gives, of those up to that time; null if there is none.
     *
     * @return a row that is valid until the next call
     */
    public Row poll(long upTo) throws Exception {
        if (emitted != null && spares.size() < MAX_SPARES) {
            emitted.frame = null;
            spares.push(emitted);
        }
        if (peers.isEmpty() && waiting.size() > 0 && waiting.firstTime() <= upTo) {
            long time = waiting.firstTime();
            forget(time - 1);
            do {
                Waiting next = waiting.poll();
                enter(next.frame, time, next.row);
                next.frame.doneUpTo = time;
                peers.addLast(next);
            } while (!window.rows() && waiting.size() > 0 && waiting.firstTime() == time);
        }
        emitted = peers.pollFirst();
        if (emitted == null) {
            forget(upTo);
            return null;
        }
        return emit(emitted.row, emitted.frame);
    }

    /** The row with what its frame gives now that the row is in it; the row waits for no other. Valid until the next call. */
    public Row pass(Row row) throws Exception {
        Frame frame = find(row);
        if (frame == null) {
            frame = open();
        }
        enter(frame, 0, row);
        return emit(row, frame);
    }

    private void forget(long upTo) {
        while (forgetting.size() > 0 && forgetting.firstTime() <= upTo) {
            long time = forgetting.firstTime();
            Frame frame = forgetting.poll();
            if (frame.ring(time)) {
                frames.remove(frame.key);
            }
        }
    }

    private Frame find(Row row) {
        key.reset();
        partitionBy.write(row, key);
        return frames.get(key);
    }

    /** A new frame for the key that was sought. */
    private Frame open() {
        Frame frame = newFrame.get();
        frame.key = key.toBytes();
        frames.add(frame.key, frame);
        return frame;
    }

    /** The oldest leave first, as in Flink: so a sum that has too many digits is the same. */
    private void enter(Frame frame, long time, Row row) throws Exception {
        if (window.isBounded()) {
            while (window.rows() ? frame.size() > window.preceding() : frame.size() > 0 && time - frame.firstTime() > window.preceding()) {
                frame.removeFirst();
            }
        }
        frame.add(time, row);
    }

    private Row emit(Row row, Frame frame) throws Exception {
        for (int i = 0; i < inputArity; i++) {
            out.setFrom(i, row, i);
        }
        frame.emit(out, inputArity);
        return out;
    }
}
