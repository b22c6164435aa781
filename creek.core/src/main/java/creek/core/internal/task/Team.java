package creek.core.internal.task;

import creek.core.internal.exchange.Crossing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The subtasks of one run of a parallel job: each is a task with a thread of its own. The first one runs on the job's thread and is the one that others
 * know; the team starts the rest, and ends all if one fails. A job that is not parallel has the first alone. Thread-safe.
 */
final class Team {
    private static final Logger LOG = System.getLogger("creek.core.job");

    private final String job;
    /** Null where there is only one. */
    private final Crossing crossing;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int looping;
    private Throwable failure;

    Team(String job, int parallelism) {
        this.job = job;
        crossing = parallelism == 1 ? null : new Crossing(parallelism);
        looping = parallelism;
    }

    /** What the next task to be added is. */
    Subtask next() {
        return crossing == null ? Subtask.ONLY : new Subtask(tasks.size(), crossing);
    }

    /** Adds a subtask, before any is started. */
    void add(Task task, Runnable wakeUp) {
        if (crossing != null) {
            crossing.onWakeUp(tasks.size(), wakeUp);
        }
        tasks.add(task);
    }

    /** Whether no subtask has been added yet. */
    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** Whether the job is not parallel. */
    boolean isAlone() {
        return crossing == null;
    }

    Task first() {
        return tasks.get(0);
    }

    /** Tells all of them. */
    void tell(Consumer<Task> what) {
        tasks.forEach(what);
    }

    /** Tells all but the first. */
    void tellOthers(Consumer<Task> what) {
        tasks.subList(1, tasks.size()).forEach(what);
    }

    /** What all of them say. */
    <T> List<T> ask(Function<Task, T> what) {
        return tasks.stream().map(what).toList();
    }

    /** Closes those that were not started, after a failure. */
    void closeUnstarted(Throwable cause) throws Exception {
        for (int i = threads.size() + 1; i < tasks.size(); i++) {
            tasks.get(i).close(cause);
        }
    }

    /** Starts all but the first. */
    void start() {
        for (int i = 1; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            Thread thread = new Thread(null, () -> run(task), "creek-job-" + job + "-" + i, 0, false);
            thread.setContextClassLoader(Team.class.getClassLoader());
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Task task) {
        try {
            task.runOne(state -> {
                // the first one tells how the job is
            });
        } catch (Throwable e) {
            // the first one fails for it
            LOG.log(Level.DEBUG, () -> "job " + job + ": a subtask failed", e);
        }
    }

    /** Says that a subtask has failed, so that the others end as well. */
    void failed(Throwable cause) {
        boolean isFirst;
        synchronized (this) {
            isFirst = failure == null;
            failure = isFirst ? cause : failure;
            notifyAll();
        }
        if (isFirst) {
            tasks.forEach(Task::cancelOne);
        }
        if (cause instanceof InterruptedException) {
            // nobody waits any longer
            threads.forEach(Thread::interrupt);
        }
    }

    /**
     * Waits until no subtask reads any more, so that nothing is made final before all have come so far.
     *
     * @throws Exception what another one has failed by
     */
    synchronized void awaitLoops() throws Exception {
        looping--;
        notifyAll();
        while (looping > 0 && failure == null) {
            wait();
        }
        check();
    }

    private void check() throws Exception {
        if (failure instanceof Exception e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }

    /** Waits for something that is null until then, or until a subtask has failed. */
    synchronized <T> T await(Supplier<T> value) throws Exception {
        T found = value.get();
        while (found == null && failure == null) {
            wait();
            found = value.get();
        }
        check();
        return found;
    }

    /** Says that somebody may have come, of what others {@linkplain #await wait} for. */
    synchronized void changed() {
        notifyAll();
    }

    /** Has the first subtask end, and the others with it, since one need not go on. */
    void endEarly() {
        tasks.get(0).endEarlyOne();
    }

    /** Something that may fail. */
    interface Command {
        void run() throws Exception;
    }

    /** Has something done on a subtask's thread; if it fails, the job does. */
    void submit(int subtask, Command command) {
        tasks.get(subtask).submitOne(() -> {
            try {
                command.run();
            } catch (Exception e) {
                failed(e);
            }
        });
    }

    /** Has the first subtask look for something to do. */
    void wakeFirst() {
        tasks.get(0).wakeUpOne();
    }

    /** Waits until all but the first have closed. */
    void join() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
