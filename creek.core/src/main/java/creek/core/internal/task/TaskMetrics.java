package creek.core.internal.task;

import creek.core.internal.task.TaskAssembler.OpenableOperator;
import creek.core.job.CheckpointStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A task's figures. The loop counts in plain fields of its own and publishes them here once a turn; any thread reads. A reader may see
 * figures of two turns mixed, which does no harm.
 */
public final class TaskMetrics {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int RECORDS_IN = 0;
    private static final int RECORDS_OUT = 1;
    private static final int LATE = 2;
    private static final int SKIPPED = 3;
    private static final int WATERMARK = 4;
    private static final int STARTED = 5;
    private static final int ENDED = 6;
    private static final int KEPT = 7;
    private static final int LOOKUP_HITS = 8;
    private static final int LOOKUP_MISSES = 9;
    private static final int REPEATED = 10;
    private static final int DROPPED = 11;
    private static final int TURNS = 12;

    private static final int FIGURES = 13;

    private final long[] published = new long[FIGURES];
    /** Those that these are the sum of; none if they are a task's own. */
    private final List<TaskMetrics> parts;
    private volatile CheckpointStatus checkpoints;

    TaskMetrics() {
        this(List.of());
    }

    private TaskMetrics(List<TaskMetrics> parts) {
        this.parts = parts;
        published[WATERMARK] = Long.MIN_VALUE;
    }

    /** The figures of several subtasks together. */
    static TaskMetrics sum(List<TaskMetrics> parts) {
        return parts.size() == 1 ? parts.get(0) : new TaskMetrics(parts);
    }

    void publish(SourceDriver[] sources, SinkDriver[] sinks, List<OpenableOperator> operators, Schedule counts) {
        long in = 0;
        long skipped = counts.skipped();
        long watermark = Long.MAX_VALUE;
        long repeated = 0;
        long dropped = 0;
        boolean any = false;
        for (SourceDriver source : sources) {
            in += source.handed();
            skipped += source.skipped();
            repeated += source.repeated();
            dropped += source.dropped();
            if (source.time().areGenerated() || source.isDone()) {
                any = true;
                watermark = Math.min(watermark, source.time().emitted());
            }
        }
        long out = 0;
        for (SinkDriver sink : sinks) {
            out += sink.written();
            dropped += sink.dropped();
        }
        long kept = 0;
        for (int i = 0; i < operators.size(); i++) {
            kept += operators.get(i).operator().kept();
        }
        set(TURNS, published[TURNS] + 1);
        set(RECORDS_IN, in);
        set(RECORDS_OUT, out);
        set(LATE, counts.late());
        set(SKIPPED, skipped);
        set(REPEATED, repeated);
        set(DROPPED, dropped);
        set(KEPT, kept);
        set(WATERMARK, any ? watermark : Long.MIN_VALUE);
        set(LOOKUP_HITS, counts.lookupHits());
        set(LOOKUP_MISSES, counts.lookupMisses());
    }

    void publish(CheckpointStatus status) {
        if (status != checkpoints) {
            checkpoints = status;
        }
    }

    /** None in a job without checkpoints, or before it has opened. */
    public Optional<CheckpointStatus> checkpoints() {
        return parts.isEmpty() ? Optional.ofNullable(checkpoints) : parts.get(0).checkpoints();
    }

    /** How often the loop has gone round: it does so all the time, even if there is nothing to do. */
    public long turns() {
        return get(TURNS);
    }

    void started() {
        set(STARTED, now());
    }

    void ended() {
        set(ENDED, now());
    }

    public long recordsIn() {
        return get(RECORDS_IN);
    }

    public long recordsOut() {
        return get(RECORDS_OUT);
    }

    public long late() {
        return get(LATE);
    }

    public long skipped() {
        return get(SKIPPED);
    }

    public long repeated() {
        return get(REPEATED);
    }

    public long dropped() {
        return get(DROPPED);
    }

    public long kept() {
        return get(KEPT);
    }

    public long lookupHits() {
        return get(LOOKUP_HITS);
    }

    public long lookupMisses() {
        return get(LOOKUP_MISSES);
    }

    public long watermark() {
        return get(WATERMARK);
    }

    /** How long the loop has been running, or did run. */
    public long runNanos() {
        long started = get(STARTED);
        long ended = get(ENDED);
        return started == 0 ? 0 : (ended == 0 ? now() : ended) - started;
    }

    /** When the last of them ended; 0 as long as one has not. */
    private long end() {
        long last = 0;
        for (TaskMetrics part : parts) {
            long ended = part.get(ENDED);
            if (ended == 0) {
                return 0;
            }
            last = last == 0 || ended - last > 0 ? ended : last;
        }
        return last;
    }

    /** Never 0, which stands for "not yet". */
    private static long now() {
        return System.nanoTime() | 1;
    }

    private void set(int index, long value) {
        PUBLISHED.setRelease(published, index, value);
    }

    private long get(int index) {
        if (!parts.isEmpty()) {
            LongStream all = parts.stream().mapToLong(part -> part.get(index));
            return index == WATERMARK || index == STARTED ? all.min().orElseThrow() : index == ENDED ? end() : all.sum();
        }
        return (long) PUBLISHED.getAcquire(published, index);
    }
}
