package creek.core.job;

import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param name       the job's name
 * @param state      its state
 * @param reason     why it waits or failed, for people; empty otherwise
 * @param recordsIn  records handed out by sources since the job started
 * @param recordsOut rows taken by sinks since the job started
 * @param late       rows dropped because they came too late
 * @param skipped    records and rows left out because an option or a setting says so
 * @param repeated   records that sources left out since the job started because they had come before and were sent again
 * @param dropped    records and rows that sources and sinks lost since the job started for want of room, as an option allows
 * @param kept       what the job keeps at the moment: rows of joins, Top-N, deduplication, looked-up tables and patterns (those that wait for the
 *                   watermark and those of matches that have begun), groups of aggregations without a window. What waits in windows, OVER and
 *                   interval and temporal joins is not counted
 * @param lookupHits rows for which a lookup found something since the job started
 * @param lookupMisses rows for which a lookup found nothing
 * @param watermark  the lowest watermark of the sources, epoch milliseconds; {@link Long#MIN_VALUE} before the first
 * @param runNanos   how long the job has been running, nanoseconds, opening not counted
 * @param checkpoints its checkpoints; empty if it takes none
 */
public record JobStatus(String name, JobState state, Optional<String> reason, long recordsIn, long recordsOut, long late, long skipped,
        long repeated, long dropped, long kept, long lookupHits, long lookupMisses, long watermark, long runNanos,
        Optional<CheckpointStatus> checkpoints) {
}
