package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.match.Matches;
import creek.core.internal.state.StateCell;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * MATCH_RECOGNIZE: finds rows of a partition that follow each other as a pattern says, and gives a row for each match. By event time rows wait
 * until the watermark has passed them; those at or before it are late: dropped and counted. By processing time rows are matched as they come;
 * where an order within a millisecond is asked for, when that is over.
 */
public final class MatchOperator extends BufferingOperator {
    // what it computes
    private final KeySelector partitionBy;
    private final int timeColumn;
    private final boolean waits;

    // state
    private final Matches matches;
    /** The last watermark, or the millisecond that is over. */
    private long upTo = Long.MIN_VALUE;
    /** Of processing time: it never goes back, whatever the clock does. */
    private long time = Long.MIN_VALUE;
    /** A watermark to pass on when all rows up to there are matched. */
    private long watermark = Long.MIN_VALUE;
    private long wakeUp = Long.MAX_VALUE;

    // reused
    private final BinaryWriter key = new BinaryWriter();

    /**
     * @param schema       the columns of the input, which only inserts rows
     * @param timeColumn   the event time, or {@link Windows#PROCESSING_TIME}
     * @param order        of rows of the same time; null for that of arrival
     * @param ofConditions aggregates that DEFINE looks at
     * @param ofMeasures   aggregates that MEASURES look at
     * @param results      number of columns of the output
     */
    public MatchOperator(Schema schema, KeySelector partitionBy, int timeColumn, Comparator<Row> order, RowPattern pattern,
            MatchExpressions expressions, MatchAggregates[] ofConditions, MatchAggregates[] ofMeasures, int results) {
        this.partitionBy = Objects.requireNonNull(partitionBy, "partitionBy");
        this.timeColumn = timeColumn;
        this.waits = isEventTime() || order != null;
        this.matches = new Matches(partitionBy.form(), schema, order, pattern, expressions, List.of(ofConditions),
                List.of(ofMeasures), results);
    }

    private boolean isEventTime() {
        return timeColumn != Windows.PROCESSING_TIME;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        matches.open(newContext, output);
        if (!isEventTime()) {
            StateCell.keep(newContext, "time", "time, time that is over", to -> {
                to.writeLong(time);
                to.writeLong(upTo);
            }, from -> {
                time = from.readLong();
                upTo = from.readLong();
            });
            wakeForFirst();
        }
    }

    @Override
    public void process(Row row) throws Exception {
        if (isEventTime()) {
            long rowTime = eventTime(row, timeColumn);
            if (rowTime <= upTo) {
                context.countLate(row, upTo - rowTime);
            } else {
                matches.await(key(row), row, rowTime);
            }
            return;
        }
        time = Math.max(time, context.clock().millis());
        if (waits) {
            matches.await(key(row), row, time);
        } else {
            matches.match(key(row), row, time);
        }
        wakeForFirst();
    }

    private BinaryWriter key(Row row) {
        key.reset();
        partitionBy.write(row, key);
        return key;
    }

    private void wakeForFirst() {
        long first = matches.firstDue();
        if (first < wakeUp && first < Long.MAX_VALUE) {
            wakeUp = first;
            context.wakeAt(first + 1);
        }
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
        if (!isEventTime() && newWatermark < Long.MAX_VALUE) {
            output.watermark(newWatermark);
            return;
        }
        // by processing time, rows that wait do so no longer than the input lasts
        upTo = isEventTime() ? newWatermark : time;
        watermark = newWatermark;
        goOn();
    }

    @Override
    public void processingTime(long now) throws Exception {
        wakeUp = Long.MAX_VALUE;
        time = Math.max(time, now);
        upTo = Math.max(upTo, now - 1);
        goOn();
    }

    private void goOn() throws Exception {
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Passes on what was emitted, then matches further rows, and last passes on the watermark. */
    @Override
    public boolean resume() throws Exception {
        if (!super.resume()) {
            return false;
        }
        return fire();
    }

    private boolean fire() throws Exception {
        for (int rows = 0; rows < STEP_ROWS && isDrained() && !context.isOutputBusy(); rows++) {
            if (matches.fire(upTo, isEventTime() ? upTo : time, 1)) {
                if (!isEventTime()) {
                    wakeForFirst();
                }
                if (watermark > Long.MIN_VALUE) {
                    long passed = watermark;
                    watermark = Long.MIN_VALUE;
                    output.watermark(passed);
                }
                return isDrained();
            }
        }
        return false;
    }

    @Override
    public long kept() {
        return matches.kept();
    }

    @Override
    public String toString() {
        return "match";
    }
}
