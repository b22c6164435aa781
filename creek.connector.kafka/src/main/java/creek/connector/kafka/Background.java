package creek.connector.kafka;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** One thread for what takes time: connecting, beginning transactions. */
final class Background {
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService executor;

    Background(String name) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(Background.class.getClassLoader());
            return thread;
        });
    }

    void run(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } catch (InterruptException e) {
                // the client says so when it was let go of while at work
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Interrupts what is under way and waits for its end. */
    void close() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
