package creek.core.internal.task;

import java.util.List;

/** A task's sinks. */
final class TaskSinks {
    private static final long FLUSH_MILLIS = 1000;

    private final SinkDriver[] sinks;
    private long nextFlush;

    TaskSinks(List<SinkDriver> sinks) {
        this.sinks = sinks.toArray(SinkDriver[]::new);
    }

    /** All of them. */
    SinkDriver[] all() {
        return sinks;
    }

    void open(long now) throws Exception {
        nextFlush = now + FLUSH_MILLIS;
        for (SinkDriver sink : sinks) {
            sink.open();
        }
    }

    /** Whether rows may come. */
    boolean areReady() {
        for (SinkDriver sink : sinks) {
            if (!sink.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** Flushes them once a second. */
    void flushIfDue(long now) throws Exception {
        if (now >= nextFlush) {
            nextFlush = now + FLUSH_MILLIS;
            for (SinkDriver sink : sinks) {
                sink.flush();
            }
        }
    }

    /** Flushes those that have rows which were not flushed. */
    void flushDirty() throws Exception {
        for (SinkDriver sink : sinks) {
            if (sink.isDirty()) {
                sink.flush();
            }
        }
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        nextFlush -= millis;
    }

    /** Makes everything written final. */
    void finish() throws Exception {
        for (SinkDriver sink : sinks) {
            sink.finish();
        }
    }

    /** Whether somebody who read what a sink writes has gone, so that the job is to end. */
    boolean isOneGone() {
        for (SinkDriver sink : sinks) {
            if (sink.isGone()) {
                return true;
            }
        }
        return false;
    }
}
