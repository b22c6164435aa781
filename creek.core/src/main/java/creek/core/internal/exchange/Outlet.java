package creek.core.internal.exchange;

import creek.core.data.Row;

/** What goes from one subtask to another. */
final class Outlet {
    private final Channel channel;
    private Batch batch;
    /** What the batches sent so far have told. */
    private boolean toldAny;
    private long toldWatermark = Long.MIN_VALUE;
    private boolean toldIdle;
    /** Whether nothing comes behind the batch, and it has not been sent yet. */
    private boolean ends;

    Outlet(Channel channel) {
        this.channel = channel;
        batch = channel.newBatch();
    }

    void add(Row row, long watermark) {
        batch.add(row, watermark);
    }

    /** Says that nothing comes behind the batch. */
    void end() {
        ends = true;
    }

    /** Whether it has to be sent before more comes. */
    boolean isDue() {
        return ends || batch.isFull();
    }

    /**
     * Sends what there is; the first time also if that is nothing, since others wait for a sign.
     *
     * @return false if it can't be sent now
     */
    boolean flush(long watermark, boolean idle) {
        if (toldAny && batch.isEmpty() && watermark == toldWatermark && idle == toldIdle && !ends) {
            return true;
        }
        batch.close(watermark, idle, ends);
        if (!channel.send(batch)) {
            return false;
        }
        batch = channel.newBatch();
        toldAny = true;
        toldWatermark = watermark;
        toldIdle = idle;
        ends = false;
        return true;
    }
}
