package creek.core.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** The platform's jobs. A service of the engine; callable from any thread. */
@ProviderType
public interface JobManager {
    /** All jobs of installed and started job bundles, by name. */
    List<JobStatus> jobs();

    /** The job of that name. */
    Optional<JobStatus> job(String name);

    /**
     * Waits until the job is in a final state.
     *
     * @return its status then, or at the end of the time
     */
    Optional<JobStatus> await(String name, Duration atMost) throws InterruptedException;

    /**
     * Tells a job to end in order, as if its bundle were stopped: what was written so far is made final as far as the sinks do that.
     * Returns at once.
     *
     * @return whether there is such a job
     */
    boolean stop(String name);

    /**
     * Tells a job to end at once: without a last checkpoint, and without making final what was written since the one before, so that this comes again if
     * the job is started again. Returns at once.
     *
     * @return whether there is such a job
     */
    boolean cancel(String name);

    /** Tells a job to pause at the next record boundary. Returns at once; whether there is such a job. */
    boolean pause(String name);

    /** Tells a paused job to go on. Returns at once; whether there is such a job. */
    boolean resume(String name);

    /**
     * Has a job take a checkpoint. Returns at once.
     *
     * @return the checkpoint's number, once it is durable and the sinks have committed what it covers
     */
    CompletableFuture<Long> checkpoint(String name);

    /**
     * Has a job take a checkpoint and write that to a file of its own, a savepoint, from which this or another version of the job, on whatever state
     * backend, can start. Returns at once; the job goes on meanwhile.
     *
     * @param folder where to write it, made if need be; null for what the job's setting {@code execution.checkpointing.savepoint-dir} names
     * @return the file, once it is durable
     */
    CompletableFuture<Path> savepoint(String name, Path folder);

    /** What a job uses of other bundles and who provides it at the moment, in the order of the job's definition; empty if there is no such job. */
    List<JobPart> parts(String name);

    /** Why a job is in the state in which it is, and what was last switched in it, in lines for people; empty if there is no such job. */
    List<String> why(String name);

    /** The last some hundred switches of parts, refused ones too, oldest first. */
    List<SwapEvent> swaps();

    /**
     * Has all jobs that use parts of one bundle use those of another one, whatever their versions and rankings: the newcomer is started if need be,
     * each job asks it and switches, and when all have, the old bundle is stopped, so that the choice outlives a restart. If a job refuses the
     * newcomer or goes back, all of them stay with, or go back to, the old one. Returns at once.
     *
     * @param oldBundle id of the bundle that is in use
     * @param newBundle id of the one to take over
     * @return what happened in each job, once that is over; fails with the reason if the newcomer did not take over
     */
    CompletableFuture<List<SwapEvent>> swap(long oldBundle, long newBundle);

    /**
     * Where the job's thread is at the moment, with its stack: for a job that does not go on. A job that is busy with one step for seconds is warned of
     * in the log.
     *
     * @return empty if there is no such job
     */
    default String whereabouts(String name) {
        return "";
    }

    /** The figures that the functions of a running job keep of their own, by {@code function.name}. */
    default Map<String, Long> functionFigures(String name) {
        return Map.of();
    }
}
