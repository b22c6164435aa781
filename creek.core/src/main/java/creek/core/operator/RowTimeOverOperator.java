package creek.core.operator;

import creek.core.data.Row;
import creek.core.internal.over.OverFrames;

/**
 * OVER aggregates ordered by event time: puts out each row with its columns and the aggregates' results behind them, as soon as the
 * watermark has passed it, in order of time over all partitions. Rows at or before the watermark are late: dropped and counted.
 */
public final class RowTimeOverOperator extends Operator {
    private final int timeColumn;
    private final OverFrames frames;
    private long watermark = Long.MIN_VALUE;

    /**
     * @param timeColumn  place of the event time, epoch milliseconds
     * @param prototype   of the accumulator for all aggregates
     * @param retractable whether the accumulator takes rows back
     * @param arguments   the columns that the accumulator takes
     * @param inputArity  number of columns of the input
     * @param results     number of columns that the accumulator makes
     */
    public RowTimeOverOperator(int timeColumn, KeySelector partitionBy, OverWindow window, Accumulator prototype, boolean retractable,
            KeySelector arguments, int inputArity, int results) {
        this.timeColumn = timeColumn;
        this.frames = new OverFrames(partitionBy, window, prototype, retractable, arguments, inputArity, results);
    }

    @Override
    public void process(Row row) throws Exception {
        if (row.isNullAt(timeColumn)) {
            throw new IllegalArgumentException("the event time of a row is NULL: OVER can't order it");
        }
        long time = row.getLong(timeColumn);
        if (time <= watermark) {
            context.countLate();
        } else {
            frames.await(time, row);
        }
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
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
                frames.expire(watermark);
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
