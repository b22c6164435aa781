package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.over.OverFrames;
import creek.core.internal.state.StateCell;

/**
 * OVER aggregates ordered by processing time: puts out each row with its columns and the aggregates' results behind them. A bounded RANGE
 * window waits until the millisecond is over in which a row came, since rows of one millisecond see each other; others do not wait.
 */
public final class ProcTimeOverOperator extends Operator {
    private final OverFrames frames;
    private final boolean waits;

    /** The time of the row that came last; it never goes back, whatever the clock does. */
    private long time = Long.MIN_VALUE;
    private long upTo = 0;
    private long wakeUp = Long.MIN_VALUE;

    /**
     * @param arguments the columns that the aggregates take
     * @param schema    the columns of the input
     */
    public ProcTimeOverOperator(KeySelector partitionBy, OverWindow window, OverAggregates aggregates, KeySelector arguments,
            Schema schema) {
        this.frames = new OverFrames(partitionBy, window, aggregates, arguments, schema);
        this.waits = window.isBounded() && !window.rows();
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        frames.open(newContext);
        if (waits) {
            StateCell.keep(newContext, "time", "time", to -> to.writeLong(nextTime()), from -> time = from.readLong());
            if (frames.lastTime() > Long.MIN_VALUE) {
                wakeFor(frames.lastTime());
            }
        }
    }

    /** The earliest time that a row may have now. */
    private long nextTime() {
        return Math.max(time, upTo == Long.MAX_VALUE ? time + 1 : upTo + 1);
    }

    @Override
    public void process(Row row) throws Exception {
        if (!waits) {
            output.process(frames.pass(row));
            return;
        }
        time = Math.max(nextTime(), context.clock().millis());
        frames.await(time, row);
        wakeFor(time);
    }

    private void wakeFor(long rowTime) {
        if (wakeUp <= rowTime) {
            wakeUp = rowTime + 1;
            context.wakeAt(wakeUp);
        }
    }

    @Override
    public void processingTime(long now) throws Exception {
        upTo = Math.max(upTo, now - 1);
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Passes watermarks on as they come; the last one waits until all rows are out. */
    @Override
    public void watermark(long watermark) throws Exception {
        if (watermark < Long.MAX_VALUE) {
            output.watermark(watermark);
            return;
        }
        upTo = watermark;
        if (!resume()) {
            context.resumeLater();
        }
    }

    @Override
    public boolean resume() throws Exception {
        for (int emitted = 0; emitted < STEP_ROWS && !context.isOutputBusy(); emitted++) {
            Row next = frames.poll(upTo);
            if (next == null) {
                if (upTo == Long.MAX_VALUE) {
                    output.watermark(upTo);
                }
                return true;
            }
            output.process(next);
        }
        return false;
    }

    @Override
    public String toString() {
        return "Over";
    }
}
