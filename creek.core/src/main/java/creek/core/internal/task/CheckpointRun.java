package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.internal.recovery.JobStore;
import creek.core.internal.state.EntryBuffer;
import creek.core.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/** One checkpoint: what the job's thread has cut off, and how it becomes durable on the checkpoint's thread. */
final class CheckpointRun implements Runnable {
    private final JobStore jobStore;
    private final StateStore store;
    private final long number;
    private final List<EntryBuffer> changes;
    private final List<PendingCommit> commits;
    private final List<byte[]> dropped;
    private final List<CheckpointWish<?>> wishes;
    private final long begun = System.nanoTime();
    private final long bytes;
    private final Runnable wakeUp;
    private final List<PendingCommit> committed = new ArrayList<>();
    private volatile boolean done;
    private boolean complete;
    private Throwable failure;
    private long nanos;

    /**
     * @param commits    those of all sinks, earlier ones that are not committed yet included
     * @param dropped    beginnings of keys that are to go
     * @param wishes     who wants to know, and what they want done with the store
     */
    CheckpointRun(JobStore jobStore, long number, List<EntryBuffer> changes, List<PendingCommit> commits, List<byte[]> dropped,
            List<CheckpointWish<?>> wishes, Runnable wakeUp) {
        this.jobStore = jobStore;
        store = jobStore.store();
        this.number = number;
        this.changes = changes;
        this.commits = commits;
        this.dropped = dropped;
        this.wishes = wishes;
        this.bytes = changes.stream().mapToLong(EntryBuffer::size).sum();
        this.wakeUp = wakeUp;
    }

    @Override
    public void run() {
        try {
            for (PendingCommit commit : commits) {
                commit.prepare();
            }
            write();
            complete = true;
            for (PendingCommit commit : commits) {
                commit.commit();
                committed.add(commit);
            }
            wishes.forEach(wish -> wish.fulfil(number, jobStore));
            jobStore.checkpointCompleted();
        } catch (Throwable e) {
            failure = e;
            wishes.forEach(wish -> wish.fail(e));
        } finally {
            nanos = System.nanoTime() - begun;
            done = true;
            wakeUp.run();
        }
    }

    private void write() throws Exception {
        StateStore.Checkpoint checkpoint = store.begin(number);
        try {
            for (byte[] prefix : dropped) {
                store.scan(prefix, (key, value) -> {
                    checkpoint.remove(key);
                    return true;
                });
            }
            for (EntryBuffer each : changes) {
                each.drainTo(checkpoint);
            }
            checkpoint.complete();
        } catch (Throwable e) {
            try {
                checkpoint.abort();
            } catch (Exception second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Whether it has ended, well or not; what follows is asked for only then. */
    boolean isDone() {
        return done;
    }

    long number() {
        return number;
    }

    /** Whether it is durable, even if something afterwards failed. */
    boolean isComplete() {
        return complete;
    }

    /** Null if all went well. */
    Throwable failure() {
        return failure;
    }

    /** Those that need not be committed again. */
    List<PendingCommit> committed() {
        return committed;
    }

    /** Bytes of state that changed. */
    long bytes() {
        return bytes;
    }

    /** How long it took, nanoseconds. */
    long nanos() {
        return done ? nanos : System.nanoTime() - begun;
    }
}
