package creek.core.internal.task;

import creek.core.internal.recovery.JobStore;
import java.util.concurrent.CompletableFuture;

/** Somebody wants a checkpoint, and perhaps something done with the store when it has it. */
record CheckpointWish<T>(Action<T> action, CompletableFuture<T> result) {
    /** Done on the checkpoint's thread, before another one begins. */
    interface Action<T> {
        T apply(long number, JobStore store) throws Exception;
    }

    /** Called when a checkpoint is durable and committed. */
    void fulfil(long number, JobStore store) {
        try {
            result.complete(action.apply(number, store));
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    void fail(Throwable cause) {
        result.completeExceptionally(cause);
    }
}
