package creek.connector.mqtt.client;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Gives Paho's client a thread for each of its tasks, as it has without an executor, and lets each come up first: whoever starts one looks once
 * whether it runs, and sleeps a tenth of a second if it does not yet, three times for a connection.
 */
final class PromptThreads extends ScheduledThreadPoolExecutor {
    private static final int LOOKS = 50;

    PromptThreads() {
        super(0);
    }

    @Override
    public void execute(Runnable task) {
        start(task);
    }

    @Override
    public Future<?> submit(Runnable task) {
        FutureTask<?> future = new FutureTask<>(task, null);
        start(future);
        return future;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "MQTT");
        thread.setDaemon(true);
        thread.start();
        // Each gives itself a name of its own when it begins.
        for (int looks = 0; looks < LOOKS && thread.getName().equals("MQTT"); looks++) {
            pause();
        }
        pause();
    }

    private static void pause() {
        try {
            Thread.sleep(0, 200_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
