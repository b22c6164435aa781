package creek.core.internal.over;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.ExpiryQueue;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeQueue;
import creek.core.operator.Accumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.OverWindow;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * The frames of all partitions of an OVER aggregation, and the rows that wait for their turn. Rows enter their frames in order of their time
 * over all partitions; so those that leave a RANGE window leave in the order they entered, and a partition whose window is empty is
 * forgotten.
 */
public final class OverFrames {
    private static final int MAX_SPARES = 1 << 12;

    private final KeySelector partitionBy;
    private final OverWindow window;
    private final Supplier<Frame> newFrame;
    private final int inputArity;
    private final BinaryWriter key = new BinaryWriter();
    private final TimeQueue<Row> waiting = new TimeQueue<>();
    private final KeyMap<Frame> frames = new KeyMap<>();
    private final ExpiryQueue<Frame> leaving = new ExpiryQueue<>();
    private final ArrayDeque<Row> peers = new ArrayDeque<>();
    private final ArrayDeque<Frame> framesOfPeers = new ArrayDeque<>();
    /** Rows that are out serve others. */
    private final ArrayDeque<Row> spares = new ArrayDeque<>();
    private Row emitted;
    private final Row out;

    /**
     * @param retractable whether the accumulator takes rows back
     * @param arguments   the columns that the accumulator takes
     * @param inputArity  number of columns of the input
     * @param results     number of columns that the accumulator makes
     */
    public OverFrames(KeySelector partitionBy, OverWindow window, Accumulator prototype, boolean retractable, KeySelector arguments,
            int inputArity, int results) {
        this.partitionBy = partitionBy;
        this.window = window;
        this.inputArity = inputArity;
        KeptRows.Codec codec = new KeptRows.Codec(arguments, inputArity);
        if (!window.isBounded()) {
            newFrame = () -> new RunningFrame(prototype.newInstance());
        } else if (retractable) {
            newFrame = () -> new RetractingFrame(prototype.newInstance(), new KeptRows(codec));
        } else {
            newFrame = () -> new TwoStackFrame(prototype, new KeptRows(codec));
        }
        out = new Row(inputArity + results);
    }

    /** Adds a copy of a row to those that wait. */
    public void await(long time, Row row) {
        Row kept = spares.isEmpty() ? new Row(inputArity) : spares.pop();
        kept.keepFrom(row);
        waiting.add(time, kept);
    }

    /**
     * The next row in order of time, with what its frame gives, of those up to that time; null if there is none.
     *
     * @return a row that is valid until the next call
     */
    public Row poll(long upTo) throws Exception {
        if (peers.isEmpty() && waiting.size() > 0 && waiting.firstTime() <= upTo) {
            long time = waiting.firstTime();
            expire(time);
            do {
                add(time, waiting.poll());
            } while (!window.rows() && waiting.size() > 0 && waiting.firstTime() == time);
        }
        if (emitted != null && spares.size() < MAX_SPARES) {
            spares.push(emitted);
        }
        emitted = peers.pollFirst();
        return emitted == null ? null : emit(emitted, framesOfPeers.removeFirst());
    }

    /** The row with what its frame gives now that the row is in it; the row waits for no other. Valid until the next call. */
    public Row pass(Row row) throws Exception {
        return emit(row, enter(row));
    }

    /** Lets those rows leave that a RANGE window at that time, or later, does not see. */
    public void expire(long time) throws Exception {
        while (!leaving.isEmpty() && leaving.firstTime() < time - window.preceding()) {
            Frame frame = leaving.poll();
            frame.removeFirst();
            if (frame.size() == 0) {
                frames.remove(frame.key);
            }
        }
    }

    private void add(long time, Row row) throws Exception {
        Frame frame = enter(row);
        if (!window.rows() && window.isBounded()) {
            leaving.add(time, frame);
        }
        peers.addLast(row);
        framesOfPeers.addLast(frame);
    }

    private Frame enter(Row row) throws Exception {
        key.reset();
        partitionBy.write(row, key);
        Frame frame = frames.get(key);
        if (frame == null) {
            frame = newFrame.get();
            frame.key = key.toBytes();
            frames.add(frame.key, frame);
        }
        // the oldest leaves first, as in Flink: so a sum that has too many digits is the same
        if (window.rows() && frame.size() > window.preceding()) {
            frame.removeFirst();
        }
        frame.add(row);
        return frame;
    }

    private Row emit(Row row, Frame frame) throws Exception {
        for (int i = 0; i < inputArity; i++) {
            out.setFrom(i, row, i);
        }
        frame.emit(out, inputArity);
        return out;
    }
}
