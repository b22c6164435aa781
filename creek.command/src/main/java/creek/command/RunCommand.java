package creek.command;

import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.sql.CompiledJob;
import creek.sql.SqlException;
import java.time.Duration;

/** {@code creek run JOB.sql}. */
final class RunCommand implements Subcommand {
    private static final Duration REFRESH = Duration.ofMillis(250);

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
        return "run JOB.sql";
    }

    @Override
    public String help() {
        return """
                compile a script and run it here until its sources end

                All INSERTs of the script are one job; a table that several of them read is read once. Where there
                is no INSERT the last query is the job, and prints its rows. Relative paths in the script are
                relative to the script's folder. Ctrl-C and SIGTERM end the job in order. On a terminal a line
                shows how it goes; at the end there is a summary on standard error.""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        Script script = Script.read(arguments.operand("SQL script"));
        CompiledJob job;
        try {
            job = platform.planner().openSession(script.folder()).compile(script.text(), script.jobName());
        } catch (SqlException e) {
            throw script.error(e);
        }
        try (RunningJob running = RunningJob.start(platform, job, script.folder())) {
            JobStatus status = watch(running);
            if (status.state() == JobState.FAILED) {
                throw CommandException.failed(script.file() + ": " + status.reason().orElse("the job failed"));
            }
            System.err.println("creek: " + Progress.summary(status));
            return CommandException.SUCCESS;
        }
    }

    private static JobStatus watch(RunningJob running) throws CommandException {
        try (Progress progress = Progress.of(running.job())) {
            JobStatus status = running.await(REFRESH);
            while (!status.state().isFinal()) {
                progress.show(status);
                status = running.await(REFRESH);
            }
            return status;
        } catch (InterruptedException e) {
            return running.stop();
        }
    }
}
