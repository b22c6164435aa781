package creek.core.internal.task;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** What others want of a task, from any thread; the task's thread comes by once a turn. */
final class TaskMailbox {
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Queue<CheckpointWish<?>> wishes = new ConcurrentLinkedQueue<>();
    /** Of calls that were not made yet. */
    private final Queue<CompletableFuture<?>> results = new ConcurrentLinkedQueue<>();
    private volatile Thread thread;
    private volatile boolean woken;
    private volatile boolean closed;

    /** Has the current thread be woken from now on. */
    void open() {
        thread = Thread.currentThread();
    }

    /** Has something done between two records. From any thread. */
    void submit(Runnable command) {
        commands.add(command);
        wakeUp();
    }

    /** Has something done between two reads; the future is cancelled if the task ends before. From any thread. */
    <T> CompletableFuture<T> call(Callable<T> command) {
        CompletableFuture<T> result = new CompletableFuture<>();
        results.add(result);
        submit(() -> {
            results.remove(result);
            try {
                result.complete(command.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        if (closed) {
            fail();
        }
        return result;
    }

    /** Has a checkpoint taken and something done with it. From any thread. */
    <T> CompletableFuture<T> submit(CheckpointWish.Action<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        wishes.add(new CheckpointWish<>(action, result));
        wakeUp();
        if (closed) {
            fail();
        }
        return result;
    }

    /** Has the task look for something to do. From any thread. */
    void wakeUp() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Whether somebody has called since {@link #answer}. */
    boolean isWoken() {
        return woken;
    }

    /** Takes note of the calls so far: those that come from now on count anew. */
    void answer() {
        woken = false;
    }

    /** Does what was submitted. */
    void run(Checkpoints checkpoints) {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        for (CheckpointWish<?> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            if (checkpoints == null) {
                wish.fail(new IllegalStateException("the job takes no checkpoints: '" + CheckpointSettings.INTERVAL.key() + "' is not set"));
            } else {
                checkpoints.request(wish);
            }
        }
    }

    /** Tells those that wait for something, now or later, that it will not come. */
    void close() {
        thread = null;
        closed = true;
        fail();
    }

    private void fail() {
        for (CompletableFuture<?> result = results.poll(); result != null; result = results.poll()) {
            result.cancel(false);
        }
        for (CheckpointWish<?> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            wish.fail(ended());
        }
    }

    private static IllegalStateException ended() {
        return new IllegalStateException("the job has ended");
    }
}
