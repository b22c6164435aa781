package creek.core.internal.state;

import creek.core.operator.OperatorContext;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long state is kept that nobody writes to: the setting {@code table.exec.state.ttl}. It counts by the clock; what has expired is as if it
 * had never been there.
 */
public final class TimeToLive {
    /** Nothing expires. */
    public static final TimeToLive FOREVER = new TimeToLive(() -> 0, 0);

    /** In place of a number of milliseconds: the setting's. */
    public static final long AS_SET = -1;

    private static final ConfigOption<Duration> TTL = ConfigOption.withDefault("table.exec.state.ttl", Duration.class, Duration.ZERO,
            "how long state is kept that nobody writes to; 0 is for ever");

    private final LongSupplier clock;
    private final long millis;

    private TimeToLive(LongSupplier clock, long millis) {
        this.clock = clock;
        this.millis = millis;
    }

    /** The time to live of an operator's state. */
    public static TimeToLive of(OperatorContext context) {
        Clock clock = context.clock();
        return ofMillis(clock::millis, Options.of(context.settings()).get(TTL).toMillis());
    }

    /** The time to live of a part of an operator's state: so many milliseconds, 0 for ever, or {@link #AS_SET}. */
    public static TimeToLive of(OperatorContext context, long millis) {
        return millis == AS_SET ? of(context) : ofMillis(context.clock()::millis, millis);
    }

    /**
     * A time to live.
     *
     * @param clock  shows the time in milliseconds
     * @param millis 0 for ever
     */
    static TimeToLive ofMillis(LongSupplier clock, long millis) {
        return new TimeToLive(clock, millis);
    }

    /** Whether state ever expires. */
    public boolean isLimited() {
        return millis > 0;
    }

    /** What to remember of something that is written now. */
    public long now() {
        return clock.getAsLong();
    }

    /** Whether what was written at one time has expired at another. */
    public boolean isExpired(long written, long now) {
        return now - written >= millis;
    }
}
