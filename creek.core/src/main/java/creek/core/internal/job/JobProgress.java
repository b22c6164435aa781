package creek.core.internal.job;

import creek.core.internal.swap.Refusals;
import creek.core.internal.task.TaskException;
import creek.core.internal.task.TaskMetrics;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What can be seen of a job: its state, the reason for it and its figures. Changed by the job's thread, read by any; holds nothing of the job's bundle. */
final class JobProgress {
    private static final Logger LOG = System.getLogger("creek.core.job");

    /** A state and the reason for it. */
    private record Phase(JobState state, String reason) {
    }

    private final String name;
    private volatile Phase phase = new Phase(JobState.OPENING, null);
    private volatile TaskMetrics metrics;

    JobProgress(String name) {
        this.name = name;
    }

    /** @param reason null if there is none */
    void enter(JobState state, String reason) {
        phase = new Phase(state, reason);
        boolean isTrouble = state == JobState.FAILED || state == JobState.RESTARTING || state == JobState.PARKED && reason != null;
        LOG.log(isTrouble ? Level.WARNING : Level.INFO, () -> "job " + name + " is " + state + (reason == null ? "" : ": " + reason));
    }

    /** The same, unless that is known already. */
    void enterIfNew(JobState state, String reason) {
        if (phase.state != state || !Objects.equals(phase.reason, reason)) {
            enter(state, reason);
        }
    }

    void fail(Throwable e) {
        enter(JobState.FAILED, TaskException.reason(e));
        LOG.log(Level.DEBUG, () -> "job " + name + " failed", e);
    }

    /** The figures are those of another run from now on. */
    void setMetrics(TaskMetrics newMetrics) {
        metrics = newMetrics;
    }

    /** The number of turns of the job's loop, negative if its state is not that it runs. */
    long turn() {
        TaskMetrics figures = metrics;
        return figures == null || phase.state != JobState.RUNNING ? -1 : figures.turns();
    }

    /** Why it is in the state in which it is, in lines for people. */
    List<String> why(Refusals refusals) {
        Phase now = phase;
        List<String> lines = new ArrayList<>();
        lines.add("job " + name + " is " + now.state + (now.reason == null ? "" : ": " + now.reason));
        lines.addAll(refusals.reasons());
        return lines;
    }

    JobStatus status() {
        Phase now = phase;
        TaskMetrics figures = metrics;
        Optional<String> reason = Optional.ofNullable(now.reason);
        return figures == null ? new JobStatus(name, now.state, reason, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE, 0, Optional.empty())
                : new JobStatus(name, now.state, reason, figures.recordsIn(), figures.recordsOut(), figures.late(), figures.skipped(),
                        figures.repeated(), figures.dropped(), figures.kept(), figures.lookupHits(), figures.lookupMisses(), figures.watermark(), figures.runNanos(),
                        figures.checkpoints());
    }
}
