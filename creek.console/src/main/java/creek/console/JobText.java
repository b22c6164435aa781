package creek.console;

import creek.core.job.CheckpointStatus;
import creek.core.job.JobDefinition;
import creek.core.job.JobPart;
import creek.core.job.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/** All there is to tell about a job, a line a fact. */
final class JobText {
    private static final double NANOS = 1e9;

    private final StringBuilder text = new StringBuilder();

    JobText(String name, Bundle bundle, Optional<JobStatus> status, List<JobPart> parts, Map<String, Long> functionFigures) {
        line("job", name);
        line("state", status.map(now -> now.state() + now.reason().map(reason -> ": " + reason).orElse("")).orElse("NOT STARTED"));
        line("bundle", bundle.getBundleId() + " " + bundle.getSymbolicName() + " " + bundle.getVersion() + " from " + bundle.getLocation());
        status.ifPresent(this::figures);
        status.flatMap(JobStatus::checkpoints).ifPresent(this::checkpoints);
        parts(parts);
        functions(functionFigures);
        plan(bundle);
    }

    private void line(String title, String value) {
        text.append(text.length() == 0 ? "" : "\n").append(String.format("%-12s", title)).append(value);
    }

    private void figures(JobStatus status) {
        double seconds = status.runNanos() / NANOS;
        line("running", String.format(Locale.ROOT, "%,.1f s", seconds));
        line("records", number(status.recordsIn()) + " in, " + number(status.recordsOut()) + " out, " + number(status.late()) + " late, "
                + number(status.skipped()) + " skipped" + (seconds > 0 ? String.format(Locale.ROOT, ", %,.0f/s", status.recordsIn() / seconds) : ""));
        line("kept", number(status.kept()) + " rows and groups");
        if (status.lookupHits() + status.lookupMisses() > 0) {
            line("lookups", number(status.lookupHits()) + " found something, " + number(status.lookupMisses()) + " nothing");
        }
        line("watermark", watermark(status).isEmpty() ? "none yet" : watermark(status));
    }

    private void checkpoints(CheckpointStatus status) {
        line("checkpoints", number(status.completed()) + " completed, " + number(status.failed()) + " failed, the last is number " + status.lastCompleted()
                + (status.restored() > 0 ? ", the job went on from number " + status.restored() : ""));
        line("", String.format(Locale.ROOT, "the last took %.1f ms and had %,d bytes to write; the longest pause was %.1f ms", status.lastNanos() / 1e6,
                status.lastBytes(), status.longestPause() / 1e6));
        line("", number(status.bytesWritten()) + " bytes written, " + number(status.bytesStored()) + " stored");
        status.failure().ifPresent(failure -> line("", "the last failed: " + failure));
    }

    private void parts(List<JobPart> parts) {
        String title = "parts";
        for (JobPart part : parts) {
            String use = part.use().isEmpty() ? "" : part.use() + ": ";
            line(title, use + part.kind() + " " + part.name() + ", "
                    + part.provider().map(provider -> "by " + provider).orElse("MISSING") + part.position().map(at -> ", at " + at).orElse(""));
            title = "";
        }
    }

    /** What functions count themselves. */
    private void functions(Map<String, Long> figures) {
        String title = "functions";
        for (Map.Entry<String, Long> figure : new TreeMap<>(figures).entrySet()) {
            line(title, figure.getKey() + " " + number(figure.getValue()));
            title = "";
        }
    }

    private void plan(Bundle bundle) {
        String title = "plan";
        try {
            URL entry = bundle.getEntry(JobDefinition.PLAN);
            if (entry == null) {
                return;
            }
            try (InputStream input = entry.openStream()) {
                for (String each : new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                    line(title, each);
                    title = "";
                }
            }
        } catch (IOException | IllegalStateException e) {
            line("plan", "can't be read: " + e.getMessage());
        } catch (NullPointerException e) { // Felix's answer while the bundle is being updated: its old content is closed, the new one not there yet
            line("plan", "can't be read while the job's bundle is being replaced");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A job's watermark as a time; empty if there is none yet. */
    static String watermark(JobStatus status) {
        long watermark = status.watermark();
        return watermark == Long.MIN_VALUE ? "" : watermark == Long.MAX_VALUE ? "the end" : Instant.ofEpochMilli(watermark).toString();
    }
}
