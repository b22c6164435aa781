package creek.core.job;

import java.util.Optional;

/**
 * A job's checkpoints at one moment.
 *
 * @param restored      number of the checkpoint from which the job went on when it started; 0 if it began afresh
 * @param lastCompleted number of the last complete one; 0 if there is none yet
 * @param completed     how many completed since the job started
 * @param failed        how many failed since the job started
 * @param lastNanos     how long the last one took, from its cut until it was durable and committed, nanoseconds
 * @param longestPause  the longest time for which one has kept the job's loop from its records, nanoseconds
 * @param lastBytes     bytes of state that the last complete one had to write
 * @param changedBytes  bytes of state that all complete ones since the job started had to write; what the backend wrote for them, divided by
 *                      this, is the write amplification
 * @param bytesWritten  bytes that the backend wrote since the job started, all overhead included
 * @param bytesStored   bytes that the state takes up on its medium
 * @param failure       why the last one failed, if it did
 */
public record CheckpointStatus(long restored, long lastCompleted, long completed, long failed, long lastNanos, long longestPause, long lastBytes, long changedBytes,
        long bytesWritten, long bytesStored, Optional<String> failure) {
}
