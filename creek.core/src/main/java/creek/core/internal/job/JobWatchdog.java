package creek.core.internal.job;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Looks every few seconds whether the jobs' loops go round, and warns of one that does not: a function that hangs, or a connector that blocks. It
 * costs the jobs nothing, as they count their turns anyway. One thread for all jobs.
 */
final class JobWatchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger("creek.core.job");

    private final Supplier<Collection<ManagedJob>> jobs;
    private final long periodMillis;
    private final Map<ManagedJob, Seen> seen = new WeakHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** What a job was doing when it was looked at. */
    private static final class Seen {
        private long turn = -1;
        private long since;
        private long warnAfter;
    }

    JobWatchdog(Supplier<Collection<ManagedJob>> jobs, Duration period) {
        this.jobs = jobs;
        periodMillis = period.toMillis();
        thread = new Thread(null, this::run, "creek-watchdog", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(JobWatchdog.class.getClassLoader());
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(periodMillis);
                jobs.get().forEach(job -> look(job, System.nanoTime()));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the jobs can't be watched: " + e.getMessage(), e);
            }
        }
    }

    private void look(ManagedJob job, long now) {
        Seen last = seen.computeIfAbsent(job, key -> new Seen());
        long turn = job.turn();
        if (turn < 0 || turn != last.turn) {
            last.turn = turn;
            last.since = now;
            last.warnAfter = 1;
            return;
        }
        long seconds = Duration.ofNanos(now - last.since).toSeconds();
        if (seconds >= last.warnAfter * periodMillis / 1000) {
            // again after twice the time, so that a log is not filled
            last.warnAfter *= 2;
            LOG.log(Level.WARNING, "job {0} has been busy with one step for {1} s: {2}", job.name(), seconds, job.whereabouts());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
