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
    private final Row out;

    /**
     * @param retractable whether the accumulator takes rows back
     * @param inputArity  number of columns of the input
     * @param results     number of columns that the accumulator makes
     */
    public OverFrames(KeySelector partitionBy, OverWindow window, Accumulator prototype, boolean retractable, int inputArity, int results) {
        this.partitionBy = partitionBy;
        this.window = window;
        this.inputArity = inputArity;
        if (!window.isBounded()) {
            newFrame = () -> new RunningFrame(prototype.newInstance());
        } else if (retractable) {
            newFrame = () -> new RetractingFrame(prototype.newInstance());
        } else {
            newFrame = () -> new TwoStackFrame(prototype);
        }
        out = new Row(inputArity + results);
    }

    /** Adds a row, kept as it is, to those that wait. */
    public void await(long time, Row row) {
        waiting.add(time, row);
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
        return peers.isEmpty() ? null : emit(peers.removeFirst(), framesOfPeers.removeFirst());
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
        frame.add(row);
        if (window.rows() && frame.size() - 1 > window.preceding()) {
            frame.removeFirst();
        }
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
