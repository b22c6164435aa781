package creek.core.internal.over;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.over.WaitingRows.Waiting;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.OperatorState;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeQueue;
import creek.core.operator.Accumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.OperatorContext;
import creek.core.operator.OverAggregates;
import creek.core.operator.OverWindow;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The frames of all partitions of an OVER aggregation, and the rows that wait for their turn. Rows enter a partition's frame in order of their
 * time. A bounded frame takes a row as long as none of its partition with the same or a later time is out, and a partition of a RANGE window
 * is forgotten some time after the window of its last row.
 */
public final class OverFrames {
    private final KeySelector partitionBy;
    private final OverWindow window;
    private final OverAggregates aggregates;
    private final KeySelector arguments;
    private final Supplier<Frame> newFrame;
    private final int inputArity;
    private final BinaryWriter key = new BinaryWriter();

    // state
    private final StateMap<Frame> frames = new StateMap<>() {
        @Override
        protected boolean isInUse(Frame frame) {
            return frame.waiting > 0;
        }
    };
    private final WaitingRows waiting;
    private final TimeQueue<BoundedFrame> forgetting = new TimeQueue<>();

    // emission in progress
    private final ArrayDeque<Waiting> peers = new ArrayDeque<>();
    private Waiting emitted;
    private final Row out;

    /**
     * @param arguments the columns that the aggregates take
     * @param schema    the columns of the input
     */
    public OverFrames(KeySelector partitionBy, OverWindow window, OverAggregates aggregates, KeySelector arguments, Schema schema) {
        this.partitionBy = partitionBy;
        this.window = window;
        this.aggregates = aggregates;
        this.arguments = arguments;
        inputArity = schema.size();
        out = new Row(inputArity + aggregates.results());
        waiting = new WaitingRows(schema, out.arity(), this::findOrOpen);
        KeptRows.Codec codec = new KeptRows.Codec(arguments, inputArity, !window.rows());
        if (!window.isBounded()) {
            newFrame = () -> new RunningFrame(ofAll().newInstance());
        } else if (aggregates.merging() == null) {
            newFrame = () -> new RetractingFrame(window, aggregates.retracting().newInstance(), new KeptRows(codec));
        } else {
            newFrame = () -> new TwoStackFrame(window, aggregates, new KeptRows(codec));
        }
    }

    /** Of a window that rows never leave, which has all aggregates in one. */
    private Accumulator ofAll() {
        return aggregates.retracting() == null ? aggregates.merging() : aggregates.retracting();
    }

    /** Makes what is kept part of the operator's state. Frames may leave memory, but for those that wait for the time to be forgotten. */
    public void open(OperatorContext context) throws Exception {
        if (aggregates.retracting() != null) {
            aggregates.retracting().open(context);
        }
        if (aggregates.merging() != null) {
            aggregates.merging().open(context);
        }
        if (!window.isBounded()) {
            frames.keep(context, "frames", new RunningFrame.Form(partitionBy.form(), ofAll()));
        } else {
            String text = partitionBy.form() + ", " + arguments.form() + ", "
                    + (aggregates.retracting() == null ? "" : aggregates.retracting().form() + ", ")
                    + (aggregates.merging() == null ? "" : aggregates.merging().form() + ", ") + window;
            List<Schema> states = Stream.of(aggregates.retracting(), aggregates.merging()).filter(Objects::nonNull)
                    .flatMap(each -> each.functionStates().stream()).toList();
            BoundedFrameForm form = new BoundedFrameForm(text, EntryRows.describingThemselves(states), newFrame, frames::epoch);
            if (window.rows()) {
                frames.keep(context, "frames", form);
            } else {
                frames.keepInMemory(context, "frames", form, this::restore);
            }
        }
        OperatorState.keep(context, "waiting", waiting);
    }

    private void restore(byte[] ownKey, Frame frame) {
        frame.key = ownKey;
        for (long ring : ((BoundedFrame) frame).rings()) {
            forgetting.add(ring, (BoundedFrame) frame);
        }
    }

    /** The time of the last row that waits; {@link Long#MIN_VALUE} if none does. */
    public long lastTime() {
        return waiting.lastTime();
    }

    /**
     * Adds a copy of a row to those that wait.
     *
     * @return false if the row was not added, since its frame is bounded and past its time
     */
    public boolean await(long time, Row row) {
        Frame frame = find(row);
        if (frame == null ? window.isBounded() && BoundedFrame.isPastAtFirst(time) : frame.isPast(time)) {
            return false;
        }
        if (frame == null) {
            frame = open();
        }
        if (window.isBounded() && !window.rows()) {
            BoundedFrame bounded = (BoundedFrame) frame;
            long askAt = bounded.keepFor(time);
            if (askAt < Long.MAX_VALUE) {
                forgetting.add(askAt, bounded);
                mark(bounded);
            }
        }
        waiting.add(time, row, frame);
        return true;
    }

    /**
     * The next row in order of time, with what its frame gives, of those up to that time; null if there is none.
     *
     * @return a row that is valid until the next call
     */
    public Row poll(long upTo) throws Exception {
        if (emitted != null) {
            waiting.release(emitted);
        }
        if (peers.isEmpty() && waiting.size() > 0 && waiting.firstTime() <= upTo) {
            long time = waiting.firstTime();
            forget(time - 1);
            do {
                Waiting next = waiting.poll();
                enter(next.frame, time, next.row);
                peers.addLast(next);
            } while (!window.rows() && waiting.size() > 0 && waiting.firstTime() == time);
        }
        emitted = peers.pollFirst();
        if (emitted == null) {
            forget(upTo);
            return null;
        }
        emitted.frame.emit(emitted.row, inputArity);
        return emitted.row;
    }

    /** The row with what its frame gives now that the row is in it; the row waits for no other. Valid until the next call. */
    public Row pass(Row row) throws Exception {
        Frame frame = findOrOpen(row);
        enter(frame, 0, row);
        for (int i = 0; i < inputArity; i++) {
            out.setFrom(i, row, i);
        }
        frame.emit(out, inputArity);
        return out;
    }

    private void forget(long upTo) {
        while (forgetting.size() > 0 && forgetting.firstTime() <= upTo) {
            long time = forgetting.firstTime();
            BoundedFrame frame = forgetting.poll();
            if (frame.ring(time)) {
                frames.remove(frame.key);
            } else {
                mark(frame);
            }
        }
    }

    private Frame find(Row row) {
        key.reset();
        partitionBy.write(row, key);
        Frame frame = frames.get(key);
        if (frame != null && frame.key == null) {
            // comes from the store
            frame.key = key.toBytes();
        }
        return frame;
    }

    private Frame findOrOpen(Row row) {
        Frame frame = find(row);
        return frame == null ? open() : frame;
    }

    /** A new frame for the key that was sought. */
    private Frame open() {
        Frame frame = newFrame.get();
        frame.key = key.toBytes();
        frame.marked = frames.epoch();
        frames.add(frame.key, frame);
        return frame;
    }

    private void enter(Frame frame, long time, Row row) throws Exception {
        mark(frame);
        frame.enter(time, row);
    }

    /** Has the next checkpoint write the frame. */
    private void mark(Frame frame) {
        if (frame.marked != frames.epoch()) {
            frame.marked = frames.epoch();
            frames.touch(frame.key);
        }
    }
}
