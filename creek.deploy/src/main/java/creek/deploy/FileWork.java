package creek.deploy;

import creek.deploy.WatchedFile.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deals with one file after the other, each on a thread of its own, so that a bundle that hangs as it starts or stops holds up no other. */
final class FileWork {
    private static final System.Logger LOG = System.getLogger(FileWork.class.getName());
    private static final int FRAMES = 12;

    private FileWork() {
    }

    /** Deals with a file, and waits until that is over, but not for long: then it goes on by itself, and the file is busy meanwhile. */
    static void begin(WatchedFile file, Duration patience, Callable<Outcome> work) throws InterruptedException {
        FutureTask<Outcome> task = new FutureTask<>(work);
        file.work(task);
        Thread thread = new Thread(null, task, "creek-deploy " + file.path().getFileName(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(FileWork.class.getClassLoader());
        thread.start();
        try {
            task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the outcome says so as well", e);
        } catch (TimeoutException e) {
            String stack = Stream.of(thread.getStackTrace()).limit(FRAMES).map(frame -> "\n    at " + frame).collect(Collectors.joining());
            LOG.log(System.Logger.Level.WARNING, "{0} is not done with after {1} s; other files do not wait for it{2}", file.path(), patience.toSeconds(), stack);
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }

    /** What came of the work that was begun with a file; null if none was, or it is not over. */
    static Outcome outcome(WatchedFile file) throws InterruptedException {
        if (!file.isBusy() || !file.work().isDone()) {
            return null;
        }
        try {
            return file.work().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return Outcome.bad("can't deploy " + file.path() + ": " + cause, e);
        }
    }
}
