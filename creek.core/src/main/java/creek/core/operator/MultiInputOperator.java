package creek.core.operator;

import creek.core.data.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step of a job with several inputs. Its watermark is the lowest of its inputs', those that are idle left out.
 *
 * <p>Where branches of one stream meet again, a row can arrive by one input while what another input caused is still being emitted: it is kept
 * until that is done.
 */
public abstract class MultiInputOperator extends BufferingOperator {
    private record Kept(int input, Row row) {
    }

    private final List<Input> inputs = new ArrayList<>();
    private final long[] watermarks;
    private final boolean[] idle;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long combined = Long.MIN_VALUE;
    private boolean emitting;

    protected MultiInputOperator(int inputs) {
        watermarks = new long[inputs];
        idle = new boolean[inputs];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        for (int i = 0; i < inputs; i++) {
            this.inputs.add(new Port(i));
        }
    }

    /** The inputs, in order. */
    public final List<Input> inputs() {
        return inputs;
    }

    /** Takes a row that came by the input of that number. */
    protected abstract void process(int input, Row row) throws Exception;

    /** Begins an emission that is cut into steps by {@link #emitMore}. */
    protected final void beginEmission() throws Exception {
        emitting = !emitMore();
        if (emitting) {
            context.resumeLater();
        }
    }

    /**
     * Goes on with what {@link #beginEmission} began, by {@link #STEP_ROWS} rows at most. Until it is done the operator gets neither rows nor
     * watermarks.
     *
     * @return whether it is done
     */
    protected boolean emitMore() throws Exception {
        return true;
    }

    /** Whether {@link #emitMore} may emit another row now. */
    protected final boolean canEmit() {
        return isDrained() && !context.isOutputBusy();
    }

    /** Not used: rows come by the {@link #inputs}. */
    @Override
    public final void process(Row row) {
        throw new IllegalStateException(this + " has several inputs");
    }

    @Override
    public final boolean resume() throws Exception {
        boolean free = super.resume();
        if (free && emitting) {
            emitting = !emitMore();
            free = !emitting && isDrained();
        }
        for (int rows = 0; rows < STEP_ROWS && free && !kept.isEmpty() && !context.isOutputBusy(); rows++) {
            Kept next = kept.remove();
            process(next.input, next.row);
            free = isDrained();
        }
        return free && passWatermark();
    }

    /** Whether the operator's watermark is as high as it may be. */
    private boolean passWatermark() throws Exception {
        long lowest = Long.MAX_VALUE;
        boolean any = false;
        for (int i = 0; i < watermarks.length; i++) {
            if (!idle[i]) {
                lowest = Math.min(lowest, watermarks[i]);
                any = true;
            }
        }
        if (!any || lowest <= combined) {
            return kept.isEmpty();
        }
        if (!isFree()) {
            return false;
        }
        combined = lowest;
        watermark(lowest);
        return !emitting && isDrained();
    }

    private boolean isFree() {
        return kept.isEmpty() && !emitting && canEmit();
    }

    private final class Port implements Input {
        private final int number;

        Port(int number) {
            this.number = number;
        }

        @Override
        public void process(Row row) throws Exception {
            if (isFree()) {
                MultiInputOperator.this.process(number, row);
            } else {
                kept.add(new Kept(number, row.copy()));
                context.resumeLater();
            }
        }

        @Override
        public void watermark(long watermark) throws Exception {
            watermarks[number] = watermark;
            idle[number] = false;
            update();
        }

        @Override
        public void idle() throws Exception {
            idle[number] = true;
            update();
            for (boolean each : idle) {
                if (!each) {
                    return;
                }
            }
            output.idle();
        }

        private void update() throws Exception {
            if (!passWatermark()) {
                context.resumeLater();
            }
        }
    }
}
