package creek.core.internal.swap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a job's thread, once, if a step of it takes too long while newcomers are on probation, so that what hangs fails. A thread of its own that
 * lasts as long as the probation.
 */
final class ProbationWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.swap");
    private static final long PERIOD_MILLIS = 100;

    private final String job;
    private final Duration limit;
    private final Thread watched = Thread.currentThread();
    private final Thread thread;
    /** Written by the job's thread only. */
    private volatile int turn;
    private volatile boolean hasInterrupted;
    private volatile boolean closed;

    /** Watches the current thread. */
    ProbationWatch(String job, Duration limit) {
        this.job = job;
        this.limit = limit;
        thread = new Thread(null, this::run, "creek-probation-" + job, 0, false);
        thread.setContextClassLoader(ProbationWatch.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    /** Says, on the job's thread, that a step has ended. */
    void turn() {
        turn = turn + 1;
    }

    /** Whether a step took too long. */
    boolean hasInterrupted() {
        return hasInterrupted;
    }

    private void run() {
        int seen = turn;
        // not by the clock, so that nobody is blamed for a process that was stopped for a while
        long waited = 0;
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (turn != seen) {
                seen = turn;
                waited = 0;
            } else if ((waited += PERIOD_MILLIS) > limit.toMillis()) {
                interrupt();
                return;
            }
        }
    }

    private synchronized void interrupt() {
        if (!closed) {
            LOG.log(Level.WARNING, "job {0}: a step takes longer than {1} ms during a probation: it is interrupted", job, limit.toMillis());
            hasInterrupted = true;
            watched.interrupt();
        }
    }

    /** Ends the watch: the job's thread is not interrupted any more. */
    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
    }
}
