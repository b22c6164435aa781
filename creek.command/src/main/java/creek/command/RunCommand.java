package creek.command;

import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import creek.sql.CompiledJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code creek run JOB.sql}. */
final class RunCommand implements Subcommand {
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final ConfigOption<Duration> PROGRESS =
            ConfigOption.optional("--progress", Duration.class, "how often to print the job's counters, in a line that scripts can read");

    private final Platform platform;

    RunCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String synopsis() {
        return "run [--progress DURATION] [--fresh | --from-savepoint FILE] JOB.sql";
    }

    @Override
    public String help() {
        return """
                compile a script and run it here until its sources end

                All INSERTs of the script are one job; a table that several of them read is read once. Where there
                is no INSERT the last query is the job, and prints its rows. Relative paths in the script are
                relative to the script's folder. Ctrl-C and SIGTERM end the job in order. On a terminal a line
                shows how it goes; at the end there is a summary on standard error.

                --progress 5s  prints the job's counters so often, and at the end, for scripts to read:
                               progress in=… out=… late=… skipped=… kept=… hits=… misses=… watermark=… nanos=…
                               and of a job with checkpoints: checkpoints=… failed=… restored=… last=… pause=… changed=… changed_in_all=… written=… stored=…
                --fresh        begins without the state that the job has, which is kept aside; a message says where
                --from-savepoint FILE
                               starts from that savepoint instead of from the job's own state, which is set aside;
                               once: a job that has begun with that savepoint goes on where it was""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        Optional<Duration> interval = progressInterval(arguments);
        Map<String, String> settings = recoverySettings(arguments);
        Script script = Script.read(arguments.operand("SQL script"));
        CompiledJob job = script.compile(platform.planner(), settings);
        try (RunningJob running = RunningJob.start(platform, job, script.folder())) {
            JobStatus status = watch(running, interval);
            if (status.state() == JobState.FAILED) {
                throw CommandException.failed(script.file() + ": " + status.reason().orElse("the job failed"));
            }
            System.err.println("creek: " + Progress.summary(status));
            return CommandException.SUCCESS;
        }
    }

    private static Map<String, String> recoverySettings(Arguments arguments) throws CommandException {
        if (arguments.flag("--fresh")) {
            if (arguments.value("--from-savepoint").isPresent()) {
                throw arguments.usage("--fresh and --from-savepoint exclude each other");
            }
            // another number each time, so that the job does not begin afresh again when it is restarted after a failure
            return Map.of("state.recovery.fresh", Long.toString(System.currentTimeMillis()));
        }
        return arguments.value("--from-savepoint").map(file -> Map.of("execution.state-recovery.path", Path.of(file).toAbsolutePath().toString(),
                "state.recovery.replace", "true")).orElse(Map.of());
    }

    private static Optional<Duration> progressInterval(Arguments arguments) throws CommandException {
        Optional<String> text = arguments.value(PROGRESS.key());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Options.of(Map.of(PROGRESS.key(), text.get())).find(PROGRESS);
        } catch (OptionException e) {
            throw arguments.usage(e.getMessage());
        }
    }

    private static JobStatus watch(RunningJob running, Optional<Duration> interval) throws CommandException {
        Duration refresh = interval.orElse(REFRESH);
        try (Progress progress = interval.isPresent() ? Progress.forScripts() : Progress.of(running.job())) {
            JobStatus status = running.await(refresh);
            while (!status.state().isFinal()) {
                progress.show(status);
                status = running.await(refresh);
            }
            progress.end(status);
            return status;
        } catch (InterruptedException e) {
            return running.stop();
        }
    }
}
