package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Calls that a job's thread makes, none of which may block. */
final class Promptly {
    /** Much longer than any such call takes, so that a busy machine fails no test, and shorter than what waits for an outside. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private Promptly() {
    }

    static <T> T call(String what, Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T result = call.call();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(LIMIT) < 0, () -> what + " has held up the job's thread for " + took.toMillis() + " ms");
        return result;
    }
}
