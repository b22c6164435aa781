package creek.core.internal.task;

import java.util.function.Consumer;

/**
 * All uses of one function in a task, on their way from one version of its class to another. {@link FunctionInstances#prepare} makes it while the old
 * version serves; then comes either {@link #drop} or {@link #apply}, and after that {@link #confirm}, or the end of the task.
 */
interface FunctionRebinding {
    /**
     * Has all uses call the newcomer from now on, and moves accumulators that are in memory. On the job's thread, between two records; takes no time
     * to speak of. If it throws, nothing has changed.
     *
     * @param failed is told, on the job's thread, that the newcomer has failed in a call. The rebinding has then put the old version back, for all uses,
     *               and had that call answered by it. Not called any more after {@link #confirm}: what fails then fails the job
     */
    void apply(Consumer<Throwable> failed) throws Exception;

    /** Has all uses call the old version again, or none if there is none. On the job's thread, between two records, after {@link #apply}. */
    void takeBack();

    /** The newcomer has stood its probation, or has been taken back: lets go of the version that is not in use. On the job's thread. */
    void confirm();

    /** Lets go of a newcomer that was not applied. On any thread. */
    void drop();
}
