package creek.command;

import creek.command.QueryResult.ResultRow;
import creek.command.ResultFormat.ResultPrinter;
import creek.core.connector.Connector;
import creek.core.data.Column;
import creek.core.data.Schema;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.sql.CompiledJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.ServiceRegistration;

/** Runs the jobs of single statements. An interrupt ends the job in order and is passed on. */
final class StatementRunner {
    private static final Duration GLANCE = Duration.ofMillis(250);
    /** How old a row may get before it is shown. */
    private static final long SHOW_MILLIS = 200;

    private final Platform platform;
    private final Path workingDirectory;

    StatementRunner(Platform platform, Path workingDirectory) {
        this.platform = platform;
        this.workingDirectory = workingDirectory;
    }

    /** Runs the job of an INSERT until it ends; the status it then has. */
    JobStatus insert(CompiledJob job) throws CommandException, InterruptedException {
        Script.warn(job);
        try (RunningJob running = RunningJob.start(platform, job, workingDirectory); Progress progress = Progress.of(job)) {
            try {
                JobStatus status = running.await(GLANCE);
                while (!status.state().isFinal()) {
                    progress.show(status);
                    status = running.await(GLANCE);
                }
                return succeeded(status);
            } catch (InterruptedException e) {
                running.stop();
                throw e;
            }
        }
    }

    /**
     * Runs a query until it ends and prints its rows as they come.
     *
     * @throws IOException where the output takes no more; the job has been stopped then
     */
    void query(CompiledJob job, ResultPrinter printer) throws CommandException, InterruptedException, IOException {
        Script.warn(job);
        QueryResult result = new QueryResult();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Connector.NAME, job.resultConnector().orElseThrow());
        ServiceRegistration<Connector> registration = platform.context().registerService(Connector.class, result, properties);
        try (RunningJob running = RunningJob.start(platform, job, workingDirectory)) {
            Schema schema = job.resultSchema().orElseThrow();
            printer.begin(schema.columns().stream().map(Column::name).toList(),
                    schema.columns().stream().map(column -> column.type().toString()).toList(), job.changelog());
            try {
                print(running, result, printer);
                succeeded(running.await(GLANCE));
                printer.end();
            } catch (InterruptedException | IOException e) {
                running.stop();
                throw e;
            }
        } finally {
            registration.unregister();
        }
    }

    /** Rows that will all be there soon are not shown one by one: the printer does better when it has them together. */
    private static void print(RunningJob running, QueryResult result, ResultPrinter printer)
            throws CommandException, InterruptedException, IOException {
        long shown = System.nanoTime();
        while (true) {
            ResultRow row = result.poll(SHOW_MILLIS);
            if (row == ResultRow.END || row == null && running.await(Duration.ZERO).state().isFinal()) {
                return;
            }
            if (row != null) {
                printer.row(row.kind().shortString(), row.texts());
            }
            if (!running.job().bounded() && System.nanoTime() - shown > TimeUnit.MILLISECONDS.toNanos(SHOW_MILLIS)) {
                printer.flush();
                shown = System.nanoTime();
            }
        }
    }

    private static JobStatus succeeded(JobStatus status) throws CommandException {
        if (status.state() == JobState.FAILED) {
            throw CommandException.failed(status.reason().orElse("job " + status.name() + " failed"));
        }
        return status;
    }

    /** Prints the small table of a SHOW, DESCRIBE or EXPLAIN. */
    static void texts(List<String> columns, List<List<String>> rows, ResultPrinter printer) throws IOException {
        printer.begin(columns, columns.stream().map(column -> "STRING").toList(), false);
        for (List<String> row : rows) {
            printer.row("+I", row.toArray(String[]::new));
        }
        printer.end();
    }
}
