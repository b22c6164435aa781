package creek.core.internal.exchange;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.exchange.Batch.Mark;
import creek.core.internal.state.KeyGroups;
import creek.core.internal.state.KeyMap;
import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The place in a parallel job where rows of one key meet in one subtask. Rows that belong to this subtask go straight on, others into batches; what other
 * subtasks send is {@linkplain #receive received} here. The watermark that goes on is the lowest of all subtasks', those that are idle left out; between
 * two subtasks rows and watermarks stay in their order.
 *
 * <p>While the queue to another subtask is full the exchange has something put off, so that nothing further up goes on. What comes in, here and further
 * down, is received nevertheless: so two subtasks never wait for each other.
 */
public final class ExchangeOperator extends Operator {
    /** What is taken of another subtask at once: as many rows as it may send from one read, or else queues would always be full. */
    private static final int MOST_BATCHES = 4;

    // what it is made of
    /** Null if all rows go to the first subtask. */
    private final KeySelector key;
    private final BinaryWriter keyBytes = new BinaryWriter();
    private final int subtask;
    /** By subtask; null in this one's place. */
    private final Outlet[] outlets;
    private final List<Inlet> inlets = new ArrayList<>();

    // time
    /** By subtask, as far as it is known here. */
    private final long[] watermarks;
    private final boolean[] idle;
    private long combined = Long.MIN_VALUE;
    private long emitted = Long.MIN_VALUE;
    private boolean isIdle;
    private boolean toldIdle;

    /** What comes before it; null if that holds nothing back. */
    private Operator feeder;
    private boolean stops;
    private boolean ends;

    /**
     * @param key   what rows are spread by; with no columns all go to the first subtask
     * @param place the exchange's own among those of the job
     */
    ExchangeOperator(KeySelector key, int place, Crossing crossing, int subtask) {
        this.key = key.size() == 0 ? null : key;
        this.subtask = subtask;
        outlets = new Outlet[crossing.parallelism()];
        watermarks = new long[crossing.parallelism()];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        idle = new boolean[crossing.parallelism()];
        for (int other = 0; other < outlets.length; other++) {
            if (other != subtask) {
                outlets[other] = new Outlet(crossing.channel(place, subtask, other));
                inlets.add(new Inlet(other, crossing.channel(place, other, subtask)));
            }
        }
    }

    /** Has an operator that rows come from emit what it holds back before each cut. */
    public void follow(Operator newFeeder) {
        feeder = newFeeder;
    }

    private int target(int hash) {
        return KeyGroups.subtaskOf(KeyMap.usable(hash), outlets.length);
    }

    /** Whether rows stay in this subtask whose key has that hash. */
    public boolean keeps(int hash) {
        return subtask == (key == null ? 0 : target(hash));
    }

    @Override
    public void process(Row row) throws Exception {
        int target = key == null ? 0 : target(key.hash(row, keyBytes));
        if (target == subtask) {
            output.process(row);
            return;
        }
        Outlet outlet = outlets[target];
        if (ends) {
            // of a timer that had not come when the input ended
            return;
        }
        outlet.add(row, watermarks[subtask]);
        if (outlet.isDue() && !flush(outlet)) {
            context.resumeLater();
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        reached(subtask, watermark);
        if (!passOn()) {
            context.resumeLater();
        }
    }

    @Override
    public void idle() throws Exception {
        idle[subtask] = true;
        combine();
        if (!passOn()) {
            context.resumeLater();
        }
    }

    private void reached(int from, long watermark) {
        watermarks[from] = watermark;
        idle[from] = false;
        combine();
    }

    private void combine() {
        long lowest = Long.MAX_VALUE;
        isIdle = true;
        for (int i = 0; i < watermarks.length; i++) {
            if (!idle[i]) {
                lowest = Math.min(lowest, watermarks[i]);
                isIdle = false;
            }
        }
        if (!isIdle && lowest > combined) {
            combined = lowest;
        }
    }

    /** Tells those further down what time it is; whether they know. */
    private boolean passOn() throws Exception {
        if (combined > emitted) {
            if (context.isOutputBusy()) {
                return false;
            }
            emitted = combined;
            toldIdle = false;
            output.watermark(emitted);
        }
        if (isIdle && !toldIdle) {
            if (context.isOutputBusy()) {
                return false;
            }
            toldIdle = true;
            output.idle();
        }
        return true;
    }

    /** Takes what others have sent, some batches of each at most, as far as those further down can take it; whether there was any. */
    boolean receive() throws Exception {
        boolean any = false;
        for (int i = 0; i < inlets.size(); i++) {
            Inlet inlet = inlets.get(i);
            Batch batch = inlet.batch();
            for (int left = MOST_BATCHES; batch != null; batch = inlet.batch()) {
                any = true;
                if (!receive(inlet, batch) || --left == 0) {
                    break;
                }
            }
        }
        return any;
    }

    /** Whether all of the batch was taken, and nothing put off. */
    private boolean receive(Inlet inlet, Batch batch) throws Exception {
        int from = inlet.from();
        for (int i = inlet.next(); i < batch.size(); i++) {
            if (batch.watermark(i) > watermarks[from]) {
                reached(from, batch.watermark(i));
            }
            if (!passOn()) {
                context.resumeLater();
                return false;
            }
            if (context.isOutputBusy()) {
                return false;
            }
            output.process(inlet.advance());
        }
        if (batch.watermark() > watermarks[from] || idle[from] && !batch.isIdle()) {
            reached(from, batch.watermark());
        }
        if (batch.isIdle() != idle[from]) {
            idle[from] = batch.isIdle();
            combine();
        }
        inlet.done();
        if (!passOn()) {
            context.resumeLater();
            return false;
        }
        return true;
    }

    private boolean flush(Outlet outlet) {
        return outlet.flush(watermarks[subtask], idle[subtask]);
    }

    /** Sends what waits to be sent, as far as that can be. */
    void flush() {
        for (Outlet outlet : outlets) {
            if (outlet != null) {
                flush(outlet);
            }
        }
    }

    @Override
    public boolean resume() throws Exception {
        boolean done = passOn();
        for (Outlet outlet : outlets) {
            done &= outlet == null || !outlet.isDue() || flush(outlet);
        }
        if (!done) {
            context.resumeAfterAPause();
        }
        return done;
    }

    /** Tells all others that nothing more comes, once. Called when nothing further up can give anything any more, and nothing is put off. */
    void end() {
        if (!ends) {
            ends = true;
            mark(Mark.END);
        }
    }

    private void mark(Mark mark) {
        for (Outlet outlet : outlets) {
            if (outlet != null) {
                outlet.mark(mark);
                if (!flush(outlet)) {
                    context.resumeLater();
                }
            }
        }
    }

    /** Tells all others that this subtask stops here for a checkpoint, once for each; whether they are told. */
    boolean stop() throws Exception {
        if (!stops && !ends) {
            if (feeder != null && !feeder.emitHeld()) {
                return false;
            }
            stops = true;
            mark(Mark.BARRIER);
        }
        return true;
    }

    /** Whether all others have stopped, and what they sent before has been taken. */
    boolean isAligned() {
        for (Inlet inlet : inlets) {
            if (inlet.met() == Mark.NONE) {
                return false;
            }
        }
        return true;
    }

    /** Goes on behind the checkpoint. */
    void release() {
        stops = false;
        inlets.forEach(Inlet::release);
    }

    /** Whether something has come from all other subtasks. */
    boolean hasHeardFromAll() {
        for (Inlet inlet : inlets) {
            if (!inlet.hasHeard()) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing more comes from any other subtask. */
    boolean hasEnded() {
        for (Inlet inlet : inlets) {
            if (inlet.met() != Mark.END) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return key == null ? "Exchange to one" : "Exchange by " + key.form();
    }
}
