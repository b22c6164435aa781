package creek.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A job run by the {@code creek} command in a process of its own, which can be killed as the loss of power would. */
final class CreekProcess implements AutoCloseable {
    private static final Path COMMAND = Path.of("../creek").toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 300;
    private static final long POLL_MILLIS = 10;

    /** What is waited for. */
    interface Condition {
        boolean isMet() throws IOException;
    }

    private final Process process;
    private final Path errors;

    private CreekProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static CreekProcess run(Path script) throws IOException {
        Path errors = script.resolveSibling("errors.txt");
        return new CreekProcess(new ProcessBuilder(COMMAND.toString(), "run", script.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile()).start(), errors);
    }

    /** Lets it run for a while and kills it, unless it has ended by then; whether it was killed. */
    boolean killAfter(long millis) throws InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        process.destroyForcibly().waitFor();
        return true;
    }

    /** Waits until something has come to pass; whether it has before the process ended. */
    boolean runsUntil(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!endsWithin(POLL_MILLIS)) {
            if (condition.isMet()) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("nothing has come of it after " + PATIENCE_SECONDS + " s: " + errors());
            }
        }
        return false;
    }

    /** Whether it ends by itself in that time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** The exit status, once it has ended by itself. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("no end after " + PATIENCE_SECONDS + " s: " + errors());
        }
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
