package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.over.OverFrames;
import creek.core.internal.state.StateCell;

/**
 * OVER aggregates ordered by event time: puts out each row with its columns and the aggregates' results behind them, as soon as the
 * watermark has passed it, in order of time over all partitions. Late rows are dropped and counted. As in Flink, those are for unbounded windows
 * the ones at or before the watermark; for bounded ones only those at or before a row of their partition that is out already. So a row behind
 * the watermark may be taken: it comes out with the next watermark.
 */
public final class RowTimeOverOperator extends Operator {
    private final int timeColumn;
    private final boolean bounded;
    private final OverFrames frames;
    private long watermark = Long.MIN_VALUE;

    /**
     * @param timeColumn place of the event time, epoch milliseconds
     * @param arguments  the columns that the aggregates take
     * @param schema     the columns of the input
     */
    public RowTimeOverOperator(int timeColumn, KeySelector partitionBy, OverWindow window, OverAggregates aggregates, KeySelector arguments,
            Schema schema) {
        this.timeColumn = timeColumn;
        this.bounded = window.isBounded();
        this.frames = new OverFrames(partitionBy, window, aggregates, arguments, schema);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        frames.open(newContext);
        // as a source that tells its watermark again after a restart is no reason to emit what waits for the next one
        StateCell.keep(newContext, "watermark", "watermark", to -> to.writeLong(watermark), from -> watermark = from.readLong());
    }

    @Override
    public void process(Row row) throws Exception {
        if (row.isNullAt(timeColumn)) {
            throw new IllegalArgumentException("the event time of a row is NULL: OVER can't order it");
        }
        long time = row.getLong(timeColumn);
        if (!bounded && time <= watermark || !frames.await(time, row)) {
            // without a watermark a bounded window is past 1970 all the same
            context.countLate(row, Math.max(watermark, 0) - time);
        }
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
        if (newWatermark <= watermark) {
            output.watermark(newWatermark);
            return;
        }
        watermark = newWatermark;
        if (!resume()) {
            context.resumeLater();
        }
    }

    @Override
    public boolean resume() throws Exception {
        for (int emitted = 0; emitted < STEP_ROWS && !context.isOutputBusy(); emitted++) {
            Row next = frames.poll(watermark);
            if (next == null) {
                output.watermark(watermark);
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
