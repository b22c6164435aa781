package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.operator.Input;
import creek.core.operator.Operator;
import java.util.ArrayDeque;

/**
 * All rows of several inputs in one. Where branches of one stream meet again, a row can arrive while an operator further down has an
 * emission put off: it is kept until that is done.
 */
final class UnionOperator extends Operator {
    private final CombinedWatermark watermarks = new CombinedWatermark();
    private final ArrayDeque<Row> kept = new ArrayDeque<>();
    private long emitted = Long.MIN_VALUE;

    /** Adds an input. */
    Input addPort() {
        return new Port(watermarks.add(""));
    }

    @Override
    public void process(Row row) throws Exception {
        if (kept.isEmpty() && !context.isOutputBusy()) {
            output.process(row);
        } else {
            kept.add(row.copy());
            context.resumeLater();
        }
    }

    @Override
    public boolean resume() throws Exception {
        for (int rows = 0; rows < STEP_ROWS && !kept.isEmpty() && !context.isOutputBusy(); rows++) {
            output.process(kept.remove());
        }
        return emitWatermark();
    }

    /** Whether nothing is left to emit. */
    private boolean emitWatermark() throws Exception {
        if (!kept.isEmpty() || context.isOutputBusy()) {
            return false;
        }
        if (watermarks.value() > emitted) {
            emitted = watermarks.value();
            output.watermark(emitted);
        }
        return true;
    }

    private final class Port implements Input {
        private final CombinedWatermark.Part part;

        Port(CombinedWatermark.Part part) {
            this.part = part;
        }

        @Override
        public void process(Row row) throws Exception {
            UnionOperator.this.process(row);
        }

        @Override
        public void watermark(long watermark) throws Exception {
            part.watermark = watermark;
            part.idle = false;
            update();
        }

        @Override
        public void idle() throws Exception {
            part.idle = true;
            update();
            if (watermarks.isIdle()) {
                output.idle();
            }
        }

        private void update() throws Exception {
            if (watermarks.update() && !emitWatermark()) {
                context.resumeLater();
            }
        }
    }
}
