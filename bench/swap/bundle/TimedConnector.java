package creek.bench;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Takes rows, so many a second, and measures on the job's thread how long it waits for each. A table's option {@code gauge} names the {@link Gauge}. */
final class TimedConnector implements Connector {
    private static final ConfigOption<String> GAUGE = ConfigOption.required("gauge", String.class, "the name of the gauge");
    private static final Map<String, Gauge> GAUGES = new ConcurrentHashMap<>();

    /** The longest time between two rows in the window of time that others set. */
    static final class Gauge {
        private static final int WINDOWS = 10_000;
        /** Raised by who measures; the job's thread follows with its next row. */
        private volatile int window;
        private volatile int answered;
        private final long[] longest = new long[WINDOWS];
        private volatile long rows;

        /** Begins to measure. */
        void open() throws InterruptedException {
            next();
        }

        /** The longest time between rows since {@link #open}, in nanoseconds. */
        long close() throws InterruptedException {
            int measured = window;
            next();
            return longest[measured];
        }

        long rows() {
            return rows;
        }

        private void next() throws InterruptedException {
            int wanted = window + 1;
            window = wanted;
            for (int i = 0; answered != wanted; i++) {
                if (i > 60_000) {
                    throw new IllegalStateException("no row has come for a minute");
                }
                Thread.sleep(1);
            }
        }
    }

    static Gauge gauge(String name) {
        return GAUGES.computeIfAbsent(name, key -> new Gauge());
    }

    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(GAUGE);
    }

    @Override
    public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return ChangelogMode.ALL;
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        return new Writer(gauge(context.options().get(GAUGE)));
    }

    private static final class Writer implements SinkWriter {
        private static final long NANOS_PER_ROW = 10_000;
        private static final long FURTHEST_AHEAD = 100_000;
        /** What a gap has put off is made up for, up to that. */
        private static final long FURTHEST_BEHIND = 50_000_000;

        private final Gauge gauge;
        private long last = System.nanoTime();
        private long due = last;
        private long rows;

        Writer(Gauge gauge) {
            this.gauge = gauge;
        }

        @Override
        public void open() {
            // nothing to open
        }

        @Override
        public void write(Row row) {
            long now = System.nanoTime();
            int window = gauge.window;
            int answered = gauge.answered;
            gauge.longest[answered] = Math.max(gauge.longest[answered], now - last);
            if (window != answered) {
                gauge.rows = rows;
                gauge.answered = window;
            }
            rows++;
            due = Math.max(due + NANOS_PER_ROW, now - FURTHEST_BEHIND);
            last = now;
            if (due - now > FURTHEST_AHEAD) {
                LockSupport.parkNanos(due - now);
            }
        }

        @Override
        public void finish() {
            // nothing was kept
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
