package creek.core.internal.exchange;

import creek.core.data.Row;
import creek.core.internal.exchange.Batch.Mark;

/** What goes from one subtask to another. */
final class Outlet {
    private final Channel channel;
    private Batch batch;
    /** What the batches sent so far have told. */
    private boolean toldAny;
    private long toldWatermark = Long.MIN_VALUE;
    private boolean toldIdle;
    private Mark mark = Mark.NONE;

    Outlet(Channel channel) {
        this.channel = channel;
        batch = channel.newBatch();
    }

    void add(Row row, long watermark) {
        batch.add(row, watermark);
    }

    /** Has the batch end with a mark. */
    void mark(Mark newMark) {
        mark = newMark;
    }

    /** Whether it has to be sent before more comes. */
    boolean isDue() {
        return mark != Mark.NONE || batch.isFull();
    }

    /**
     * Sends what there is; the first time also if that is nothing, since others wait for a sign.
     *
     * @return false if it can't be sent now
     */
    boolean flush(long watermark, boolean idle) {
        if (toldAny && batch.isEmpty() && watermark == toldWatermark && idle == toldIdle && mark == Mark.NONE) {
            return true;
        }
        batch.close(watermark, idle, mark);
        if (!channel.send(batch)) {
            return false;
        }
        batch = channel.newBatch();
        toldAny = true;
        toldWatermark = watermark;
        toldIdle = idle;
        mark = Mark.NONE;
        return true;
    }
}
