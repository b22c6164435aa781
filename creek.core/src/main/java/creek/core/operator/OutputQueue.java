package creek.core.operator;

import creek.core.data.Row;
import java.util.ArrayDeque;

/**
 * Passes on what those further down can take at once and keeps copies of the rest until they can. It also cuts what is emitted in one go into
 * bounded steps.
 */
final class OutputQueue implements Input {
    private final OperatorContext context;
    private final Input output;
    private final ArrayDeque<Row> kept = new ArrayDeque<>();
    private long keptWatermark = Long.MIN_VALUE;
    private int rowsInStep;

    OutputQueue(OperatorContext context, Input output) {
        this.context = context;
        this.output = output;
    }

    @Override
    public void process(Row row) throws Exception {
        if (canPass() && rowsInStep < Operator.STEP_ROWS) {
            rowsInStep++;
            output.process(row);
        } else {
            kept.add(row.copy());
            context.resumeLater();
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (canPass()) {
            output.watermark(watermark);
        } else {
            keptWatermark = watermark;
            context.resumeLater();
        }
    }

    @Override
    public void idle() throws Exception {
        if (canPass()) {
            output.idle();
        }
    }

    private boolean canPass() {
        return isEmpty() && !context.isOutputBusy();
    }

    /** Whether nothing is kept. */
    boolean isEmpty() {
        return kept.isEmpty() && keptWatermark == Long.MIN_VALUE;
    }

    /** Passes on what is kept, as far as a step goes; whether that was all. */
    boolean drain() throws Exception {
        for (rowsInStep = 0; rowsInStep < Operator.STEP_ROWS && !kept.isEmpty() && !context.isOutputBusy(); rowsInStep++) {
            output.process(kept.remove());
        }
        if (kept.isEmpty() && keptWatermark != Long.MIN_VALUE && !context.isOutputBusy()) {
            long watermark = keptWatermark;
            keptWatermark = Long.MIN_VALUE;
            output.watermark(watermark);
        }
        return isEmpty();
    }
}
