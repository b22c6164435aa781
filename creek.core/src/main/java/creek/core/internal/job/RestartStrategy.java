package creek.core.internal.job;

import creek.core.connector.PositionException;
import creek.core.internal.snapshot.FolderInUseException;
import creek.core.internal.state.StateFormException;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a job that failed is started again: the settings {@code restart-strategy.*}, with Flink's names and defaults. On the job's thread.
 */
abstract class RestartStrategy {
    private static final ConfigOption<String> TYPE = ConfigOption.optional("restart-strategy.type", String.class,
            "none, fixed-delay, failure-rate or exponential-delay; exponential-delay for jobs with checkpoints if this is left out, else none");
    private static final String FIXED = "restart-strategy.fixed-delay.";
    private static final String RATE = "restart-strategy.failure-rate.";
    private static final String EXPONENTIAL = "restart-strategy.exponential-delay.";

    /**
     * Told of a failure.
     *
     * @param now epoch milliseconds
     * @return how long to wait before the job is started again; empty if it is not
     */
    abstract Optional<Duration> failed(long now);

    /**
     * The strategy that a job's settings ask for.
     *
     * @param random numbers from 0 to 1
     * @throws OptionException if a setting is wrong
     */
    static RestartStrategy of(Map<String, String> settings, boolean hasCheckpoints, DoubleSupplier random) {
        Options options = Options.of(settings);
        String type = options.find(TYPE).orElse(hasCheckpoints ? "exponential-delay" : "none").toLowerCase(Locale.ROOT).replace("-", "");
        return switch (type) {
            case "none", "off", "disable" -> new FixedDelay(0, Duration.ZERO);
            case "fixeddelay" -> new FixedDelay(count(options, FIXED + "attempts", 1), time(options, FIXED + "delay", Duration.ofSeconds(1)));
            case "failurerate" -> new FailureRate(count(options, RATE + "max-failures-per-interval", 1),
                    time(options, RATE + "failure-rate-interval", Duration.ofMinutes(1)), time(options, RATE + "delay", Duration.ofSeconds(1)));
            case "exponentialdelay" -> new ExponentialDelay(options, random);
            default -> throw new OptionException(TYPE.key(), "setting '" + TYPE.key() + "': '" + options.get(TYPE)
                    + "' is not one of 'none', 'fixed-delay', 'failure-rate', 'exponential-delay'");
        };
    }

    private static int count(Options options, String key, int otherwise) {
        return options.get(ConfigOption.withDefault(key, Integer.class, otherwise, "how often"));
    }

    private static Duration time(Options options, String key, Duration otherwise) {
        return options.get(ConfigOption.withDefault(key, Duration.class, otherwise, "how long"));
    }

    private static final class FixedDelay extends RestartStrategy {
        private final Duration delay;
        private int left;

        FixedDelay(int attempts, Duration delay) {
            this.left = attempts;
            this.delay = delay;
        }

        @Override
        Optional<Duration> failed(long now) {
            return left-- > 0 ? Optional.of(delay) : Optional.empty();
        }
    }

    private static final class FailureRate extends RestartStrategy {
        private final int most;
        private final long interval;
        private final Duration delay;
        private final Deque<Long> failures = new ArrayDeque<>();

        FailureRate(int most, Duration interval, Duration delay) {
            this.most = most;
            this.interval = interval.toMillis();
            this.delay = delay;
        }

        @Override
        Optional<Duration> failed(long now) {
            failures.add(now);
            while (now - failures.peek() > interval) {
                failures.remove();
            }
            return failures.size() > most ? Optional.empty() : Optional.of(delay);
        }
    }

    private static final class ExponentialDelay extends RestartStrategy {
        private final double first;
        private final double longest;
        private final double multiplier;
        private final double jitter;
        private final long reset;
        private final int attempts;
        private final DoubleSupplier random;
        private double current;
        private int used;
        private long last = Long.MIN_VALUE;

        ExponentialDelay(Options options, DoubleSupplier random) {
            first = time(options, EXPONENTIAL + "initial-backoff", Duration.ofSeconds(1)).toMillis();
            longest = time(options, EXPONENTIAL + "max-backoff", Duration.ofMinutes(1)).toMillis();
            multiplier = number(options, EXPONENTIAL + "backoff-multiplier", 1.5);
            jitter = number(options, EXPONENTIAL + "jitter-factor", 0.1);
            reset = time(options, EXPONENTIAL + "reset-backoff-threshold", Duration.ofHours(1)).toMillis();
            attempts = attempts(options);
            this.random = random;
            current = first;
        }

        private static int attempts(Options options) {
            String key = EXPONENTIAL + "attempts-before-reset-backoff";
            String text = options.toMap().get(key);
            return text == null || text.equals("infinite") ? Integer.MAX_VALUE : count(options, key, 0);
        }

        private static double number(Options options, String key, double otherwise) {
            String text = options.toMap().get(key);
            try {
                return text == null ? otherwise : Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new OptionException(key, "setting '" + key + "': '" + text + "' is not a number such as '1.5'");
            }
        }

        @Override
        Optional<Duration> failed(long now) {
            if (last != Long.MIN_VALUE && now - last > reset) {
                current = first;
                used = 0;
            }
            last = now;
            if (used++ >= attempts) {
                return Optional.empty();
            }
            double delay = Math.min(longest, current * (1 + jitter * (2 * random.getAsDouble() - 1)));
            current = Math.min(longest, current * multiplier);
            return Optional.of(Duration.ofMillis(Math.round(delay)));
        }
    }

    /** Whether the same would happen again and again, so that somebody has to change something. */
    static boolean isPermanent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptionException || cause instanceof StateFormException || cause instanceof DamagedStateException
                    || cause instanceof PositionException || cause instanceof FolderInUseException) {
                return true;
            }
        }
        return false;
    }
}
