package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.internal.recovery.JobStore;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.TaskState;
import creek.core.job.CheckpointStatus;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes a task's checkpoints. The job's thread cuts off what changed, between two records and while nothing is put off; a thread of its own makes that
 * durable meanwhile. There is one checkpoint at a time. All methods are called on the job's thread, {@link #status} aside.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.checkpoint");
    private static final int CLOSE_SECONDS = 30;

    private final String job;
    private final JobStore jobStore;
    private final StateStore store;
    private final boolean incremental;
    private final CheckpointSettings settings;
    private final Clock clock;
    private final Runnable wakeUp;
    private final TaskState state;
    private final ExecutorService thread;
    private final long cacheBytes;
    private final long restored;

    // what is under way
    private CheckpointRun run;
    private int epoch;
    private List<SourceDriver> cutSources = List.of();
    private List<SinkDriver> cutSinks = List.of();

    // when
    private long next;
    private long started;
    private boolean wanted;
    private boolean givenUp;
    private List<CheckpointWish<?>> wishes = new ArrayList<>();

    // how it went
    private long lastNumber;
    private int failuresInSequence;
    private boolean failing;
    private long completed;
    private long failed;
    private long longestPause;
    private long bytes;
    private volatile CheckpointStatus status;

    Checkpoints(String job, JobStore jobStore, CheckpointSettings settings, Clock clock, Runnable wakeUp)
            throws IOException {
        this.job = job;
        this.jobStore = jobStore;
        this.store = jobStore.store();
        this.incremental = jobStore.isIncremental();
        this.settings = settings;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.state = new TaskState(store, incremental);
        this.cacheBytes = settings.cacheBytes();
        this.restored = store.lastCheckpoint();
        this.lastNumber = restored;
        this.next = clock.millis() + settings.interval().toMillis();
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(null, work, "creek-checkpoint-" + job, 0, false);
            made.setContextClassLoader(Checkpoints.class.getClassLoader());
            made.setDaemon(true);
            return made;
        });
        publish(Optional.empty());
    }

    TaskState state() {
        return state;
    }

    /** Hands sources and sinks what the last checkpoint has of them, before they open. */
    void restore(SourceDriver[] sources, SinkDriver[] sinks) throws Exception {
        Map<String, BinaryReader> positions = EngineTable.read(store, EngineTable.SOURCE);
        Map<String, BinaryReader> positionPieces = EngineTable.read(store, EngineTable.POSITION_PIECE);
        Map<String, BinaryReader> commits = EngineTable.read(store, EngineTable.SINK);
        for (SinkDriver sink : sinks) {
            sink.restore(commits.remove(sink.id()));
        }
        for (SourceDriver source : sources) {
            BinaryReader position = positions.remove(source.id());
            if (position != null) {
                source.restore(position, positionPieces);
            } else if (lastNumber > 0) {
                LOG.log(Level.WARNING, "job {0}: checkpoint {1} has no position of table {2}, which is read from its beginning", job, lastNumber,
                        source.table());
            }
        }
        if (!commits.isEmpty()) {
            LOG.log(Level.WARNING, "job {0}: checkpoint {1} has something to commit to sinks that the job no longer has: {2}", job, lastNumber,
                    commits.keySet());
        }
    }

    /** Has a checkpoint taken as soon as that can be. */
    void request() {
        wanted = true;
    }

    /** Has a checkpoint taken as soon as that can be, and something done with it. */
    void request(CheckpointWish<?> wish) {
        wanted = true;
        wishes.add(wish);
    }

    /** Whether the last one failed. */
    boolean isFailing() {
        return failing;
    }

    /** Whether a checkpoint is to be taken now. */
    boolean isDue(long now) {
        return run == null && (wanted || now >= next);
    }

    boolean isUnderWay() {
        return run != null;
    }

    /** Takes one. */
    void begin(SourceDriver[] sources, SinkDriver[] sinks) throws Exception {
        long before = System.nanoTime();
        EntryBuffer changes = new EntryBuffer();
        List<PendingCommit> commits = new ArrayList<>();
        for (SinkDriver sink : sinks) {
            commits.addAll(sink.beginCommit(lastNumber + 1, changes));
        }
        for (SourceDriver source : sources) {
            source.writePosition(changes, incremental);
        }
        epoch = state.write(changes);
        List<byte[]> dropped = new ArrayList<>();
        if (incremental) {
            state.dropped().forEach(number -> dropped.add(new byte[] {(byte) (number >>> 8), (byte) (int) number}));
        }
        run = new CheckpointRun(jobStore, ++lastNumber, changes, commits, dropped, wishes, wakeUp);
        cutSources = List.of(sources);
        cutSinks = List.of(sinks);
        wishes = new ArrayList<>();
        wanted = false;
        givenUp = false;
        started = clock.millis();
        longestPause = Math.max(longestPause, System.nanoTime() - before);
        thread.execute(run);
    }

    /**
     * Takes note of a checkpoint that has ended, gives up one that takes too long, and lets entries leave memory when there are too many.
     *
     * @throws Exception if more checkpoints have failed than may
     */
    void advance(long now) throws Exception {
        if (run != null && run.isDone()) {
            finish(now);
        } else if (run != null && !givenUp && now - started > settings.timeout().toMillis()) {
            givenUp = true;
            LOG.log(Level.WARNING, "job {0}: checkpoint {1} has taken longer than {2} (execution.checkpointing.timeout)", job, run.number(),
                    settings.timeout());
        }
        long over = state.evictableBytes() - cacheBytes;
        if (over > 0 && state.evict(over + cacheBytes / 16) < over) {
            wanted |= run == null;
        }
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        next -= millis;
        started -= millis;
    }

    /** Whether nothing may be read until a checkpoint has ended: memory is full of what no checkpoint has, or the job is to wait for a good one. */
    boolean holdsReading() {
        return failing && settings.onFailure() == CheckpointSettings.OnFailure.PARK
                || state.evictableBytes() > cacheBytes + cacheBytes / 4;
    }

    private void finish(long now) throws Exception {
        CheckpointRun ended = run;
        run = null;
        next = Math.max(started + settings.interval().toMillis(), now + settings.minPause().toMillis());
        for (SinkDriver sink : cutSinks) {
            sink.committed(ended.committed());
        }
        if (ended.isComplete()) {
            state.complete(epoch);
            for (SourceDriver source : cutSources) {
                source.positionIsDurable();
            }
            completed++;
            bytes = ended.bytes();
        }
        Throwable failure = ended.failure();
        if (failure == null) {
            if (failing) {
                LOG.log(Level.INFO, "job {0}: checkpoint {1} succeeded again", job, ended.number());
            }
            failing = false;
            failuresInSequence = 0;
            publish(Optional.of(ended));
            return;
        }
        failing = true;
        failed++;
        String reason = (ended.isComplete() ? "checkpoint " + ended.number() + " is durable but what follows it failed: "
                : "checkpoint " + ended.number() + " failed: ") + TaskException.reason(failure);
        LOG.log(Level.WARNING, () -> "job " + job + ": " + reason);
        publish(Optional.of(ended));
        if (failure instanceof Error || ++failuresInSequence > settings.tolerableFailures()) {
            throw new TaskException(reason, failure);
        }
    }

    private void publish(Optional<CheckpointRun> last) {
        status = new CheckpointStatus(restored, last.filter(CheckpointRun::isComplete).map(CheckpointRun::number)
                .orElseGet(() -> status == null ? lastNumber : status.lastCompleted()), completed, failed,
                last.map(CheckpointRun::nanos).orElse(0L), longestPause, bytes, store.bytesWritten(), store.bytesStored(),
                last.map(CheckpointRun::failure).map(TaskException::reason));
    }

    /** How things stand. From any thread. */
    CheckpointStatus status() {
        return status;
    }

    /** Waits for a checkpoint that is under way and lets go of the store. */
    @Override
    public void close() throws Exception {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
                LOG.log(Level.WARNING, "job {0}: a checkpoint that is under way does not end", job);
            }
        } finally {
            wishes.forEach(wish -> wish.fail(new IllegalStateException("the job has ended")));
            jobStore.close();
        }
    }
}
