package creek.core.connector;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of tables that rows are looked up in, under Flink's names. */
public final class LookupOptions {
    /** What is kept of a table. */
    public enum Cache { NONE, PARTIAL, FULL }

    /** When a table that is held whole is read again. */
    public enum ReloadStrategy { PERIODIC, TIMED }

    public static final ConfigOption<Cache> CACHE = ConfigOption.withDefault("lookup.cache", Cache.class, Cache.FULL,
            "what is kept of a table that rows are looked up in: full is all of it");
    public static final ConfigOption<ReloadStrategy> RELOAD_STRATEGY = ConfigOption.withDefault("lookup.full-cache.reload-strategy",
            ReloadStrategy.class, ReloadStrategy.PERIODIC, "when to read a looked-up table again: periodic");
    public static final ConfigOption<Duration> RELOAD_INTERVAL = ConfigOption.optional("lookup.full-cache.periodic-reload.interval",
            Duration.class, "how often to read a looked-up table again, whether it has changed or not");
    public static final ConfigOption<Duration> CHECK_INTERVAL = ConfigOption.withDefault("lookup.full-cache.check-interval",
            Duration.class, Duration.ofSeconds(1), "how often to look whether a looked-up table has changed");

    static final List<ConfigOption<?>> ALL = List.of(CACHE, RELOAD_STRATEGY, RELOAD_INTERVAL, CHECK_INTERVAL);

    private final Options options;

    LookupOptions(Options options) {
        this.options = options;
        if (options.get(CACHE) != Cache.FULL) {
            throw new OptionException(CACHE.key(), "option '" + CACHE.key() + "' must be 'FULL': this connector's tables are read as a whole");
        }
        if (options.get(RELOAD_STRATEGY) != ReloadStrategy.PERIODIC) {
            throw new OptionException(RELOAD_STRATEGY.key(), "option '" + RELOAD_STRATEGY.key() + "' must be 'PERIODIC'");
        }
        requirePositive(CHECK_INTERVAL);
        requirePositive(RELOAD_INTERVAL);
    }

    private void requirePositive(ConfigOption<Duration> option) {
        Duration value = options.get(option);
        if (value != null && value.toMillis() < 1) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be at least 1 ms");
        }
    }

    /** How often the table is read again in any case. */
    public Optional<Duration> reloadInterval() {
        return options.find(RELOAD_INTERVAL);
    }

    /** How often to look whether the table has changed. */
    public Duration checkInterval() {
        return options.get(CHECK_INTERVAL);
    }
}
