package creek.sql.internal.physical;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import java.time.Duration;

/** The settings {@code table.exec.mini-batch.*}. */
final class MiniBatches {
    private static final ConfigOption<Boolean> ENABLED = ConfigOption.withDefault("table.exec.mini-batch.enabled", Boolean.class, false,
            "whether groups give their changes batch by batch");
    private static final ConfigOption<Duration> ALLOW_LATENCY = ConfigOption.withDefault("table.exec.mini-batch.allow-latency", Duration.class,
            Duration.ZERO, "how long a batch may take");
    private static final ConfigOption<Long> SIZE = ConfigOption.withDefault("table.exec.mini-batch.size", Long.class, -1L,
            "the most rows of a batch");

    private MiniBatches() {
    }

    /**
     * Whether changes are given batch by batch.
     *
     * @throws OptionException if they are, but nothing says how long a batch is
     */
    static boolean areEnabled(JobWriter writer) {
        if (!writer.setting(ENABLED)) {
            return false;
        }
        if (millis(writer) <= 0) {
            throw missing(ALLOW_LATENCY, "5 s");
        }
        if (rows(writer) <= 0) {
            throw missing(SIZE, "5000");
        }
        return true;
    }

    static long rows(JobWriter writer) {
        return writer.setting(SIZE);
    }

    static long millis(JobWriter writer) {
        return writer.setting(ALLOW_LATENCY).toMillis();
    }

    private static OptionException missing(ConfigOption<?> option, String example) {
        return new OptionException(option.key(), "'" + ENABLED.key() + "' is true, so '" + option.key() + "' must be > 0: SET '" + option.key()
                + "' = '" + example + "'");
    }
}
