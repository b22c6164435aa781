package creek.connector.nexmark;

import creek.connector.nexmark.NexmarkOptions.RateShape;
import creek.core.option.Options;

/** Event times of events: their distance changes in steps that repeat. */
final class Timeline {
    private static final double MICROS = 1e6;
    private static final int SINE_STEPS = 10;

    private final long base;
    /** How many events are in each step, and how many microseconds lie between two of them. */
    private final long[] events;
    private final double[] delays;
    private long cycleEvents;
    private double cycleMicros;

    private Timeline(long base, double[] rates, double stepSeconds) {
        this.base = base;
        events = new long[rates.length];
        delays = new double[rates.length];
        for (int i = 0; i < rates.length; i++) {
            delays[i] = MICROS / rates[i];
            events[i] = Math.max(1, Math.round(rates[i] * stepSeconds));
            cycleEvents += events[i];
            cycleMicros += events[i] * delays[i];
        }
    }

    static Timeline of(Options options) {
        double first = options.get(NexmarkOptions.FIRST_RATE);
        double next = options.get(NexmarkOptions.NEXT_RATE);
        double[] rates = {first};
        if (first != next) {
            rates = options.get(NexmarkOptions.RATE_SHAPE) == RateShape.SQUARE ? new double[] {first, next} : sine(first, next);
        }
        return new Timeline(options.get(NexmarkOptions.BASE_TIME), rates, (double) options.get(NexmarkOptions.RATE_PERIOD).toSeconds() / rates.length);
    }

    private static double[] sine(double first, double next) {
        double[] rates = new double[SINE_STEPS];
        for (int i = 0; i < SINE_STEPS; i++) {
            rates[i] = (first + next) / 2 + (first - next) / 2 * Math.cos(2 * Math.PI * i / SINE_STEPS);
        }
        return rates;
    }

    /** The event time of an event, in milliseconds. */
    long time(long event) {
        long rest = event % cycleEvents;
        double micros = event / cycleEvents * cycleMicros;
        int step = 0;
        for (; rest >= events[step]; step++) {
            micros += events[step] * delays[step];
            rest -= events[step];
        }
        return base + (long) (micros + rest * delays[step]) / 1000;
    }
}
