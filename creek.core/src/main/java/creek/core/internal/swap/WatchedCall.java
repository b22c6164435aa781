package creek.core.internal.swap;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls code of bundles that may hang, on a thread that can be given up, while the caller waits. Threads that such code starts are found, since they
 * belong to the call's thread group.
 */
public final class WatchedCall {
    private static final System.Logger LOG = System.getLogger("creek.core.swap");
    private static final Duration GRACE = Duration.ofMillis(500);

    private final String name;
    private final Duration limit;

    /**
     * @param name  of the thread
     * @param limit how long a call may take
     */
    public WatchedCall(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
    }

    /**
     * Calls.
     *
     * @param what for messages: what is done, as in {@code open the reader}
     * @throws Exception what the call throws; a {@link HangingException} if it takes too long
     */
    public <T> T call(String what, Callable<T> call) throws Exception {
        return call(what, call, result -> {
        });
    }

    /** What becomes of a result for which nobody waits any more. */
    public interface Late<T> {
        void letGo(T result) throws Exception;
    }

    /** The same, and something is done with a result that comes too late. */
    public <T> T call(String what, Callable<T> call, Late<T> late) throws Exception {
        return begin(what, call, late).await();
    }

    /** Has the call made while the caller does something else. */
    public <T> Begun<T> begin(String what, Callable<T> call, Late<T> late) {
        return new Begun<>(Thread.currentThread().getThreadGroup(), what, call, late);
    }

    /** A call that is being made, for which somebody waits later. */
    public final class Begun<T> {
        private final String what;
        private final Callable<T> call;
        private final Late<T> late;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final Thread thread;

        private Begun(ThreadGroup group, String what, Callable<T> call, Late<T> late) {
            this.what = what;
            this.call = call;
            this.late = late;
            thread = new Thread(group, this::run, name, 0, false);
            thread.setContextClassLoader(WatchedCall.class.getClassLoader());
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                T value = call.call();
                if (!result.complete(value)) {
                    late.letGo(value);
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }

        /**
         * Waits for the result, from now on as long as a call may take.
         *
         * @throws Exception as {@link WatchedCall#call}
         */
        public T await() throws Exception {
            try {
                return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : new ExecutionException(e.getCause().toString(), e.getCause());
            } catch (TimeoutException | InterruptedException e) {
                if (!result.cancel(false)) {
                    return result.get();
                }
                StackTraceElement[] stack = thread.getStackTrace();
                thread.interrupt();
                String where = stack.length == 0 ? "" : ", at " + stack[0];
                LOG.log(System.Logger.Level.WARNING, "thread {0} does not come back from a call to {1}{2}; it is given up", name, what, where);
                if (e instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new HangingException("it takes longer than " + limit.toMillis() + " ms to " + what + where);
            }
        }
    }

    /**
     * Calls, and then looks whether threads are left that the call has started.
     *
     * @throws Exception as {@link #call}; also if a thread is left
     */
    public void callLeavingNothing(String what, Callable<Void> call) throws Exception {
        ThreadGroup group = passingGroup();
        new Begun<>(group, what, call, result -> {
        }).await();
        long deadline = System.nanoTime() + GRACE.toNanos();
        Thread left = left(group);
        while (left != null && System.nanoTime() - deadline < 0) {
            left.join(10);
            left = left(group);
        }
        if (left != null) {
            throw new IllegalStateException("it leaves the thread '" + left.getName() + "' behind");
        }
    }

    /** One that is gone with its last thread, as all are from Java 19 on. */
    @SuppressWarnings("removal")
    private ThreadGroup passingGroup() {
        ThreadGroup group = new ThreadGroup(name);
        group.setDaemon(true);
        return group;
    }

    private Thread left(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 4];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (!threads[i].getName().equals(name)) {
                return threads[i];
            }
        }
        return null;
    }

    /** A call that does not come back. */
    public static final class HangingException extends Exception {
        private static final long serialVersionUID = 1L;

        HangingException(String message) {
            super(message);
        }
    }
}
