package creek.connector.mqtt.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Gives Paho's client a thread for each of its tasks, as it has without an executor, and lets each come up first: whoever starts one looks at once
 * whether it runs, and sleeps a tenth of a second if it does not yet, three times for a connection. A task says that it runs under its lock, which its
 * starter holds until it looks; so that lock is lent to it here.
 */
public final class PromptThreads extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    private static final int LOOKS = 50;

    public PromptThreads() {
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
        try {
            awaitRunning(task);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "connections take longer, as the client is another one", e);
        }
        return future;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "MQTT");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitRunning(Runnable task) throws ReflectiveOperationException {
        Field field = task.getClass().getDeclaredField("lifecycle");
        field.setAccessible(true);
        Object lock = field.get(task);
        Method running = task.getClass().getMethod("isRunning");
        if (!Thread.holdsLock(lock)) {
            return;
        }
        try {
            for (int looks = 0; looks < LOOKS && !(Boolean) running.invoke(task); looks++) {
                lock.wait(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
