package creek.sql.internal.physical;

import creek.core.operator.WindowEmitStrategy;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.internal.SqlError;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.time.Duration;

/** The settings {@code table.exec.emit.*}: when the older group windows emit besides at their end. */
final class EmitSettings {
    private static final ConfigOption<Boolean> EARLY = ConfigOption.withDefault("table.exec.emit.early-fire.enabled", Boolean.class, false,
            "whether GROUP BY TUMBLE and HOP emit before a window has ended");
    private static final ConfigOption<Duration> EARLY_DELAY = ConfigOption.optional("table.exec.emit.early-fire.delay", Duration.class,
            "how often, by the clock; 0 is with every row");
    private static final ConfigOption<Boolean> LATE = ConfigOption.withDefault("table.exec.emit.late-fire.enabled", Boolean.class, false,
            "whether GROUP BY TUMBLE and HOP emit again for rows that come after a window has ended");
    private static final ConfigOption<Duration> LATE_DELAY = ConfigOption.optional("table.exec.emit.late-fire.delay", Duration.class,
            "how often, by the clock; 0 is with every row");
    private static final ConfigOption<Duration> LATENESS = ConfigOption.optional("table.exec.emit.allow-lateness", Duration.class,
            "for how long after its end a window takes rows, where it emits late");

    private EmitSettings() {
    }

    /**
     * When windows emit.
     *
     * @throws SqlError if the settings do not go with the windows
     */
    static WindowEmitStrategy of(WindowSpec windows, Options settings) {
        boolean early = settings.get(EARLY);
        boolean late = settings.get(LATE);
        if (!early && !late || windows.isAttached()) {
            return WindowEmitStrategy.AT_END;
        }
        if (!windows.isGrouped()) {
            throw SqlError.unsupported("Currently, window table function based aggregate doesn't support early-fire and late-fire configuration '"
                    + EARLY.key() + "' and '" + LATE.key() + "'; use GROUP BY " + windows.kind() + "(...) or RESET them");
        }
        if (windows.kind() == Kind.SESSION) {
            throw SqlError.unsupported("Session window doesn't support EMIT strategy currently; RESET '" + EARLY.key() + "' and '" + LATE.key() + "'");
        }
        long lateness = late ? settings.find(LATENESS).map(Duration::toMillis).orElse(0L) : 0;
        if (windows.isEventTime() && late && lateness <= 0) {
            throw SqlError.invalid("'" + LATE.key() + "' needs '" + LATENESS.key() + "'");
        }
        long lateDelay = late ? delay(settings, LATE, LATE_DELAY) : WindowEmitStrategy.NEVER;
        if (lateDelay > lateness) {
            throw SqlError.invalid("Allow-lateness [" + lateness + "ms] should not be smaller than Late-fire delay [" + lateDelay
                    + "ms] when enable late-fire emit strategy.");
        }
        long earlyDelay = early ? delay(settings, EARLY, EARLY_DELAY) : WindowEmitStrategy.NEVER;
        return windows.isEventTime() ? new WindowEmitStrategy(earlyDelay, lateDelay, lateness)
                : new WindowEmitStrategy(earlyDelay, WindowEmitStrategy.NEVER, 0);
    }

    private static long delay(Options settings, ConfigOption<Boolean> enabled, ConfigOption<Duration> delay) {
        Duration value = settings.find(delay).orElseThrow(() -> SqlError.invalid("'" + enabled.key() + "' needs '" + delay.key() + "'"));
        if (value.isNegative()) {
            throw SqlError.invalid("'" + delay.key() + "' must not be negative");
        }
        return value.toMillis();
    }
}
