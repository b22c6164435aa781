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
 * The subtasks of one run of a parallel job, each with a thread of its own. The first one runs on the job's thread; the team starts the rest, and ends all if
 * one fails. A job that is not parallel has the first alone. Thread-safe.
 */
final class Team {
    private static final Logger LOG = System.getLogger("creek.core.job");

    private final String job;
    /** Null where there is only one. */
    private final Crossing crossing;
    private final List<SubtaskRun> subtasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int opening;
    private int looping;
    private Throwable failure;

    Team(String job, int parallelism) {
        this.job = job;
        crossing = parallelism == 1 ? null : new Crossing(parallelism);
        opening = parallelism;
        looping = parallelism;
    }

    /** What the next one to be added is. */
    Subtask next() {
        return crossing == null ? Subtask.ONLY : new Subtask(subtasks.size(), crossing);
    }

    /** Adds a subtask, before any is started. */
    void add(SubtaskRun subtask, Runnable wakeUp) {
        if (crossing != null) {
            crossing.onWakeUp(subtasks.size(), wakeUp);
        }
        subtasks.add(subtask);
    }

    /** Whether no subtask has been added yet. */
    boolean isEmpty() {
        return subtasks.isEmpty();
    }

    /** Whether the job is not parallel. */
    boolean isAlone() {
        return crossing == null;
    }

    SubtaskRun first() {
        return subtasks.get(0);
    }

    /** Tells all of them. */
    void tell(Consumer<SubtaskRun> what) {
        subtasks.forEach(what);
    }

    /** Tells all but the first. */
    void tellOthers(Consumer<SubtaskRun> what) {
        subtasks.subList(1, subtasks.size()).forEach(what);
    }

    /** What all of them say. */
    <T> List<T> ask(Function<SubtaskRun, T> what) {
        return subtasks.stream().map(what).toList();
    }

    /** Closes those that were not started, after a failure. */
    void closeUnstarted(Throwable cause) throws Exception {
        for (int i = threads.size() + 1; i < subtasks.size(); i++) {
            subtasks.get(i).close(cause);
        }
    }

    /** Starts all but the first. */
    void start() {
        for (int i = 1; i < subtasks.size(); i++) {
            SubtaskRun subtask = subtasks.get(i);
            Thread thread = new Thread(null, () -> run(subtask), "creek-job-" + job + "-" + i, 0, false);
            thread.setContextClassLoader(Team.class.getClassLoader());
            threads.add(thread);
            thread.start();
        }
    }

    private void run(SubtaskRun subtask) {
        try {
            subtask.run(state -> {
                // the first one tells how the job is
            }, subtask.parts().uses());
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
            subtasks.forEach(SubtaskRun::cancel);
        }
        if (cause instanceof InterruptedException) {
            // nobody waits any longer
            threads.forEach(Thread::interrupt);
        }
    }

    /**
     * Waits until all subtasks have opened, so that nothing is read where one can't be.
     *
     * @throws Exception what another one has failed by
     */
    synchronized void awaitOpened() throws Exception {
        opening--;
        notifyAll();
        await(() -> opening == 0 ? Boolean.TRUE : null);
    }

    /**
     * Waits until no subtask reads any more, so that nothing is made final before all have come so far.
     *
     * @throws Exception what another one has failed by
     */
    synchronized void awaitLoops() throws Exception {
        looping--;
        notifyAll();
        await(() -> looping == 0 ? Boolean.TRUE : null);
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
        subtasks.get(0).endEarly();
    }

    /** Something that may fail. */
    interface Command {
        void run() throws Exception;
    }

    /** Has something done on a subtask's thread; if it fails, the job does. */
    void submit(int subtask, Command command) {
        subtasks.get(subtask).mailbox().submit(() -> {
            try {
                command.run();
            } catch (Exception e) {
                failed(e);
            }
        });
    }

    /** Has the first subtask look for something to do. */
    void wakeFirst() {
        subtasks.get(0).mailbox().wakeUp();
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
