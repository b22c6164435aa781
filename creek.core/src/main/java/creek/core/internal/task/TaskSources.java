package creek.core.internal.task;

import java.util.List;

/** A task's sources and whose turn it is. */
final class TaskSources {
    private final SourceDriver[] sources;
    private final WatermarkAlignment alignment;

    TaskSources(List<SourceDriver> sources, WatermarkAlignment alignment) {
        this.sources = sources.toArray(SourceDriver[]::new);
        this.alignment = alignment;
    }

    /** All of them, in the order in which the job's definition has them. */
    SourceDriver[] all() {
        return sources;
    }

    /** Says that any of them may have something to read. */
    void retryNow() {
        for (SourceDriver source : sources) {
            source.retryNow();
        }
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        for (SourceDriver source : sources) {
            source.time().clockWentBack(millis);
        }
    }

    /** The one that is in the midst of a record, or null. */
    SourceDriver withinRecord() {
        for (SourceDriver source : sources) {
            if (source.isWithinRecord()) {
                return source;
            }
        }
        return null;
    }

    /** Passes on watermarks and idleness; whether any of them has something left to do. */
    boolean passOnWatermarks(long now) throws Exception {
        boolean any = false;
        for (SourceDriver source : sources) {
            source.time().checkIdle(now);
            source.time().emit();
            any |= !source.isDone();
        }
        return any;
    }

    /**
     * The source to read: of those worth a try and not ahead of their group the one whose watermark is lowest, which keeps the state of joins
     * small. Those without watermarks, and those with equal ones, take turns. Null if none is worth a try.
     */
    SourceDriver next() {
        alignment.update();
        SourceDriver best = null;
        long lowest = Long.MAX_VALUE;
        long nanos = sources.length == 1 && sources[0].retryAt() == Long.MIN_VALUE ? 0 : System.nanoTime();
        for (SourceDriver source : sources) {
            if (isWorthATry(source, nanos) && source.time().areGenerated()) {
                lowest = Math.min(lowest, source.time().emitted());
            }
        }
        for (SourceDriver source : sources) {
            if (isWorthATry(source, nanos) && (!source.time().areGenerated() || source.time().emitted() == lowest)
                    && (best == null || source.lastTurn() < best.lastTurn())) {
                best = source;
            }
        }
        return best;
    }

    private static boolean isWorthATry(SourceDriver source, long nanos) {
        return !source.isEnded() && !source.time().isAhead() && (source.retryAt() == Long.MIN_VALUE || source.retryAt() - nanos <= 0);
    }
}
