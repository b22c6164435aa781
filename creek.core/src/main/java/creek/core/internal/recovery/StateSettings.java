package creek.core.internal.recovery;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of a job that say where its state is kept and where it comes from. */
public final class StateSettings {
    /** What becomes of a job whose state can't be trusted. */
    public enum OnCorruption {
        REFUSE, FALL_BACK
    }

    public static final ConfigOption<String> BACKEND = ConfigOption.withDefault("state.backend.type", String.class, "heap",
            "the state backend: heap, or the name of one that a bundle provides");
    public static final ConfigOption<OnCorruption> ON_CORRUPTION = ConfigOption.withDefault("state.on-corruption", OnCorruption.class,
            OnCorruption.REFUSE, "whether a job whose state is damaged fails, or goes back to the newest good snapshot");
    public static final ConfigOption<String> RECOVERY_PATH = ConfigOption.optional("execution.state-recovery.path", String.class,
            "the savepoint or other snapshot file that a job without state of its own starts from");
    public static final ConfigOption<Boolean> REPLACE = ConfigOption.withDefault("state.recovery.replace", Boolean.class, false,
            "whether a job starts from 'execution.state-recovery.path' even if it has state of its own, once for each file");
    public static final ConfigOption<Long> FRESH = ConfigOption.optional("state.recovery.fresh", Long.class,
            "has a job begin without the state that it has, once for each value");
    public static final ConfigOption<Integer> SNAPSHOT_EVERY = ConfigOption.withDefault("state.snapshot.every", Integer.class, 1000,
            "after how many checkpoints a snapshot is written, to go back to if the store is damaged; 0 for none");

    public static final ConfigOption<MemorySize> DISK_LIMIT = ConfigOption.optional("state.disk.limit", MemorySize.class,
            "how many bytes the state may take up; checkpoints that would need more fail, and snapshots are left out");

    /** The option of a backend that has a limit of its own. */
    private static final String BACKEND_LIMIT = "disk.limit";

    private final Options options;

    /** @throws OptionException if a value is not valid */
    public StateSettings(Map<String, String> settings) {
        options = Options.of(settings);
        List.of(BACKEND, ON_CORRUPTION, RECOVERY_PATH, REPLACE, FRESH, SNAPSHOT_EVERY, DISK_LIMIT).forEach(options::get);
        if (snapshotEvery() < 0) {
            throw new OptionException(SNAPSHOT_EVERY.key(), "setting '" + SNAPSHOT_EVERY.key() + "' must not be negative");
        }
    }

    public String backend() {
        return options.get(BACKEND);
    }

    /** The options of a backend, under keys without its prefix. One that heeds a limit has that of all state unless it is given its own. */
    Options backendOptions(String name, StateBackend backend) {
        Options given = options.withPrefix("state.backend." + name + ".");
        boolean inherits = options.contains(DISK_LIMIT.key()) && !given.contains(BACKEND_LIMIT)
                && backend.options().stream().anyMatch(option -> option.key().equals(BACKEND_LIMIT));
        if (!inherits) {
            return given;
        }
        Map<String, String> texts = new TreeMap<>(given.toMap());
        texts.put(BACKEND_LIMIT, options.toMap().get(DISK_LIMIT.key()));
        return Options.of(texts);
    }

    /** {@link Long#MAX_VALUE} for none. */
    long diskLimit() {
        return options.find(DISK_LIMIT).map(MemorySize::bytes).orElse(Long.MAX_VALUE);
    }

    OnCorruption onCorruption() {
        return options.get(ON_CORRUPTION);
    }

    /** Whether a job whose state is damaged may go back to a snapshot. */
    public boolean mayFallBack() {
        return onCorruption() == OnCorruption.FALL_BACK;
    }

    boolean replace() {
        return options.get(REPLACE);
    }

    /** What tells one wish to begin without the state that there is from another; empty if there is none. */
    Optional<Long> fresh() {
        return options.find(FRESH);
    }

    int snapshotEvery() {
        return options.get(SNAPSHOT_EVERY);
    }
}
