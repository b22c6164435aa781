package creek.command;

import creek.core.job.CheckpointStatus;
import creek.core.job.JobStatus;
import creek.sql.CompiledJob;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The line that shows how a job goes, on a terminal, and the words for it at the end. */
final class Progress implements AutoCloseable {
    private static final String BACK_AND_CLEAR = "\r\033[K";
    private static final double NANOS = 1e9;

    private final PrintStream terminal;
    private final boolean forScripts;
    private long lastRecords;
    private long lastNanos;
    private boolean shown;

    private Progress(PrintStream terminal, boolean forScripts) {
        this.terminal = terminal;
        this.forScripts = forScripts;
    }

    /** A line on standard error, if that is a terminal and the job doesn't print its rows between. */
    static Progress of(CompiledJob job) {
        boolean rowsBetween = job.connectors().contains("print") && Boolean.getBoolean("creek.terminal.out");
        return new Progress(Boolean.getBoolean("creek.terminal.err") && !rowsBetween ? System.err : null, false);
    }

    /** A line of counters on standard error each time, for scripts to read. */
    static Progress forScripts() {
        return new Progress(null, true);
    }

    void show(JobStatus status) {
        if (forScripts) {
            System.err.println("progress in=" + status.recordsIn() + " out=" + status.recordsOut() + " late=" + status.late() + " skipped="
                    + status.skipped() + " repeated=" + status.repeated() + " dropped=" + status.dropped() + " kept=" + status.kept() + " hits=" + status.lookupHits() + " misses=" + status.lookupMisses()
                    + " watermark=" + status.watermark() + " nanos=" + status.runNanos()
                    + status.checkpoints().map(Progress::forScripts).orElse(""));
        }
        if (terminal == null) {
            return;
        }
        double seconds = (status.runNanos() - lastNanos) / NANOS;
        String rate = seconds <= 0 ? "" : String.format(Locale.ROOT, ", %s/s", count(Math.round((status.recordsIn() - lastRecords) / seconds)));
        lastRecords = status.recordsIn();
        lastNanos = status.runNanos();
        terminal.print(BACK_AND_CLEAR + status.name() + " " + status.state() + ": " + count(status.recordsIn()) + " in, "
                + count(status.recordsOut()) + " out" + rate + kept(status) + watermark(status));
        terminal.flush();
        shown = true;
    }

    private static String forScripts(CheckpointStatus checkpoints) {
        return " checkpoints=" + checkpoints.completed() + " failed=" + checkpoints.failed() + " restored=" + checkpoints.restored() + " last="
                + checkpoints.lastCompleted() + " pause=" + checkpoints.longestPause() + " changed=" + checkpoints.lastBytes() + " changed_in_all=" + checkpoints.changedBytes() + " written="
                + checkpoints.bytesWritten() + " stored=" + checkpoints.bytesStored();
    }

    /** Shows the last state where scripts want to see it; for people there is the summary. */
    void end(JobStatus status) {
        if (forScripts) {
            show(status);
        }
    }

    /** Takes the line away, so that what comes next stands alone. */
    @Override
    public void close() {
        if (shown) {
            terminal.print(BACK_AND_CLEAR);
            terminal.flush();
        }
    }

    /** {@code readings FINISHED: 5,000,000 records in, 1,234 out in 3.2 s (1,562,500/s), 2 late}. */
    static String summary(JobStatus status) {
        double seconds = status.runNanos() / NANOS;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s %s: %s records in, %s out in %.1f s",
                status.name(), status.state(), count(status.recordsIn()), count(status.recordsOut()), seconds));
        if (seconds > 0) {
            text.append(" (").append(count(Math.round(status.recordsIn() / seconds))).append("/s)");
        }
        if (status.late() > 0) {
            text.append(", ").append(count(status.late())).append(" late");
        }
        if (status.skipped() > 0) {
            text.append(", ").append(count(status.skipped())).append(" skipped");
        }
        if (status.repeated() > 0) {
            text.append(", ").append(count(status.repeated())).append(" sent again and left out");
        }
        if (status.dropped() > 0) {
            text.append(", ").append(count(status.dropped())).append(" dropped for want of room");
        }
        long lookups = status.lookupHits() + status.lookupMisses();
        if (lookups > 0) {
            text.append(", ").append(count(status.lookupHits())).append(" of ").append(count(lookups)).append(" lookups found something");
        }
        status.checkpoints().ifPresent(checkpoints -> text.append(checkpoints.restored() == 0 ? "" : ", went on from checkpoint "
                + checkpoints.restored()).append(", ").append(count(checkpoints.completed())).append(" checkpoints")
                .append(checkpoints.failed() == 0 ? "" : ", " + count(checkpoints.failed()) + " failed"));
        return text.toString();
    }

    private static String kept(JobStatus status) {
        return status.kept() == 0 ? "" : ", " + count(status.kept()) + " kept";
    }

    private static String watermark(JobStatus status) {
        if (status.watermark() == Long.MIN_VALUE || status.watermark() == Long.MAX_VALUE) {
            return "";
        }
        Instant watermark = Instant.ofEpochMilli(status.watermark());
        return ", watermark " + watermark.truncatedTo(ChronoUnit.SECONDS) + ", lag " + lag(Duration.between(watermark, Instant.now()));
    }

    /** A duration in its largest unit, as exact as a glance needs. */
    private static String lag(Duration lag) {
        return lag.toDays() > 0 ? lag.toDays() + " d" : lag.toHours() > 0 ? lag.toHours() + " h"
                : lag.toMinutes() > 0 ? lag.toMinutes() + " min" : lag.toSeconds() + " s";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
