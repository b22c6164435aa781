package creek.core.job;

/** The states of a job. */
public enum JobState {
    /** Something the job needs is not there; left when it arrives. */
    WAITING,
    /**
     * What has arrived for the job can't take over, as the reason says: another position form, say. The job has everything that it had; left when
     * another version arrives, or told to stop.
     */
    INCOMPATIBLE,
    /** Readers, writers and operators are being opened. */
    OPENING,
    /** Records flow. */
    RUNNING,
    /** Told to pause, left when told to resume or to stop; or checkpoints fail and nothing can be read until one succeeds, as the reason says. */
    PARKED,
    /** Failed, and about to go on from the last checkpoint, as the settings say. */
    RESTARTING,
    /** Ended because its bundle was stopped or it was told to. Final. */
    STOPPED,
    /** Ended because its sources did. Final. */
    FINISHED,
    /** Ended by an error, which {@link JobStatus#reason} gives. Final. */
    FAILED;

    /** Whether the job has ended for good. */
    public boolean isFinal() {
        return this == STOPPED || this == FINISHED || this == FAILED;
    }
}
