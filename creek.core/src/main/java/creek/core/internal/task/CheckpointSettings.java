package creek.core.internal.task;

import creek.core.internal.recovery.StateSettings;
import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The settings of a job that say when checkpoints are taken, where and what happens if one fails: Flink's names where Flink has one. */
final class CheckpointSettings {
    /** What a job does after a checkpoint has failed. */
    enum OnFailure {
        CONTINUE, PARK
    }

    static final ConfigOption<Duration> INTERVAL = ConfigOption.withDefault("execution.checkpointing.interval", Duration.class,
            Duration.ZERO, "the time from the begin of one checkpoint to that of the next; 0 for no checkpoints");
    static final ConfigOption<Duration> MIN_PAUSE = ConfigOption.withDefault("execution.checkpointing.min-pause", Duration.class,
            Duration.ZERO, "the least time from the end of one checkpoint to the begin of the next");
    static final ConfigOption<Duration> TIMEOUT = ConfigOption.withDefault("execution.checkpointing.timeout", Duration.class,
            Duration.ofMinutes(10), "a checkpoint that takes longer counts as failed");
    static final ConfigOption<Integer> TOLERABLE_FAILURES = ConfigOption.optional("execution.checkpointing.tolerable-failed-checkpoints",
            Integer.class, "how many checkpoints in sequence may fail before the job fails; any number if this is left out");
    static final ConfigOption<OnFailure> ON_FAILURE = ConfigOption.withDefault("state.on-checkpoint-failure", OnFailure.class,
            OnFailure.CONTINUE, "whether the job goes on after a checkpoint has failed, or reads nothing until one succeeds");
    static final ConfigOption<String> SAVEPOINT_FOLDER = ConfigOption.optional("execution.checkpointing.savepoint-dir", String.class,
            "the folder of savepoints for which no other is named");
    static final ConfigOption<MemorySize> CACHE_SIZE = ConfigOption.optional("state.cache.size", MemorySize.class,
            "how much memory state may take up that the backend has as well; an eighth of the heap if this is left out");
    static final ConfigOption<Integer> MOST_CHANGES = ConfigOption.withDefault("state.changes.max-entries", Integer.class, 100_000,
            "how many entries of the state may have changed until a checkpoint is taken early, so that none holds the job up for long; 0 for any number");
    static final ConfigOption<Boolean> IGNORE_UNCLAIMED = ConfigOption.withDefault("execution.state-recovery.ignore-unclaimed-state",
            Boolean.class, false, "whether state that no operator of the job asks for may be dropped");

    private final Options options;
    private final StateSettings state;

    CheckpointSettings(Map<String, String> settings) {
        options = Options.of(settings);
        state = new StateSettings(settings);
        List.of(INTERVAL, MIN_PAUSE, TIMEOUT, TOLERABLE_FAILURES, ON_FAILURE, CACHE_SIZE, MOST_CHANGES, IGNORE_UNCLAIMED).forEach(options::get);
        if (!areOn() && options.contains(StateSettings.RECOVERY_PATH.key())) {
            throw new OptionException(StateSettings.RECOVERY_PATH.key(), "a job starts from a savepoint only if it takes checkpoints: set '"
                    + INTERVAL.key() + "'");
        }
        if (interval().isNegative()) {
            throw new OptionException(INTERVAL.key(), "setting '" + INTERVAL.key() + "' must not be negative");
        }
        if (options.get(MOST_CHANGES) < 0) {
            throw new OptionException(MOST_CHANGES.key(), "setting '" + MOST_CHANGES.key() + "' must not be negative");
        }
    }

    /** Whether the job takes checkpoints. */
    boolean areOn() {
        return !interval().isZero();
    }

    Duration interval() {
        return options.get(INTERVAL);
    }

    Duration minPause() {
        return options.get(MIN_PAUSE);
    }

    Duration timeout() {
        return options.get(TIMEOUT);
    }

    /** {@link Integer#MAX_VALUE} for any number. */
    int tolerableFailures() {
        return options.find(TOLERABLE_FAILURES).orElse(Integer.MAX_VALUE);
    }

    OnFailure onFailure() {
        return options.get(ON_FAILURE);
    }

    StateSettings state() {
        return state;
    }

    long cacheBytes() {
        return options.find(CACHE_SIZE).map(MemorySize::bytes).orElse(Runtime.getRuntime().maxMemory() / 8);
    }

    /** {@link Integer#MAX_VALUE} for any number. */
    int mostChanges() {
        int entries = options.get(MOST_CHANGES);
        return entries == 0 ? Integer.MAX_VALUE : entries;
    }

    boolean ignoreUnclaimed() {
        return options.get(IGNORE_UNCLAIMED);
    }
}
