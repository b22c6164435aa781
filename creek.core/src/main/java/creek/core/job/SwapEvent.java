package creek.core.job;

import creek.core.connector.Provider;
import java.time.Instant;
import java.util.Optional;

/**
 * One part of one job was switched from one provider to another, or was not.
 *
 * @param time     when
 * @param job      the job's name
 * @param kind     what was switched
 * @param part     its name
 * @param use      what the job uses it for, as in {@link JobPart#use}
 * @param from     who provided it; empty if the job waited for it
 * @param to       who was to; empty if nobody did, so that the job waits
 * @param position where a source stood; empty otherwise
 * @param gap      how long the job's loop was kept from its records, nanoseconds
 * @param outcome  what became of it
 * @param reason   why it was refused or taken back; empty otherwise
 */
public record SwapEvent(Instant time, String job, JobPart.Kind kind, String part, String use, Optional<Provider> from, Optional<Provider> to,
        Optional<String> position, long gap, Outcome outcome, Optional<String> reason) {
    /** What became of a switch. */
    public enum Outcome {
        /** The newcomer has taken over; it is on probation at first. */
        SWITCHED,
        /** The newcomer was not let in: the job goes on with what it had. */
        REFUSED,
        /** The newcomer had taken over, failed on probation, and the one before was put back. */
        ROLLED_BACK,
        /** The provider has gone and there is no other: the job waits with all that it had. */
        WAITING
    }
}
