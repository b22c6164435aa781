package creek.core.internal.swap;

import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.time.Duration;
import java.util.Map;

/** A job's settings for what is replaced while it runs. */
public final class SwapSettings {
    static final ConfigOption<Integer> RECORDS = ConfigOption.withDefault("swap.probation.records", Integer.class, 1000,
            "how many records or rows a new version of a connector, format or function handles before it counts as good");
    static final ConfigOption<Duration> TIME = ConfigOption.withDefault("swap.probation.time", Duration.class, Duration.ofSeconds(1),
            "how long it is on probation at most");
    static final ConfigOption<Duration> LIMIT = ConfigOption.withDefault("swap.timeout", Duration.class, Duration.ofSeconds(5),
            "how long a new version may take to answer, to open and to close");

    private final int records;
    private final Duration time;
    private final Duration limit;

    /** @throws creek.core.option.OptionException if one is wrong */
    public SwapSettings(Map<String, String> settings) {
        Options options = Options.of(settings);
        records = options.get(RECORDS);
        time = options.get(TIME);
        limit = options.get(LIMIT);
    }

    int records() {
        return records;
    }

    Duration time() {
        return time;
    }

    /** How long a call of a newcomer may take. */
    public Duration limit() {
        return limit;
    }
}
