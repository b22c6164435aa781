package creek.core.internal.swap;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A run of a job as whoever switches its parts sees it. For any thread. */
public interface RunningJob {
    /** The places in the job that use services of other bundles; what they use changes on the job's thread only. */
    List<PartUse> uses();

    /** The state backend; empty if it takes no checkpoints. */
    Optional<BoundPart> backend();

    /** For calls of newcomers. */
    WatchedCall watched();

    /** Has something done between two reads, on the job's thread; the future is cancelled if the job ends before. */
    CompletableFuture<Void> call(Callable<Void> command);

    /**
     * Has what a newcomer is to be asked about taken down, on the thread of each subtask.
     *
     * @return end when that is done; cancelled if the job ends before
     */
    List<CompletableFuture<Void>> prepare(PartSwitch change);

    /**
     * Has parts switched at the next record boundary, all at the same one.
     *
     * @return ends when that is over, well or not: what happened is told to the listener
     */
    CompletableFuture<Void> makeSwitches(List<PartSwitch> wanted);

    /** Has newcomers on probation count as good, since a service that would be put back is about to go. */
    CompletableFuture<Void> confirmWithout(Object service);

    /** Has it tell again in what state the job is, since the reasons have changed. */
    void showState();

    /**
     * Has the run end in order, so that the job can be started again from its state.
     *
     * @return ends with it
     */
    CompletableFuture<Void> leave();
}
