package creek.core.internal.task;

import creek.udf.api.MetricGroup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** The figures that a job's functions keep of their own. Functions set them on the job's thread; any thread reads. */
public final class FunctionFigures {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Figure.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Map<String, Figure> figures = new ConcurrentHashMap<>();

    private static final class Figure {
        private long value;

        void add(long more) {
            VALUE.setOpaque(this, value + more);
        }

        void set(long newValue) {
            VALUE.setOpaque(this, newValue);
        }
    }

    /** Where a function keeps its figures. */
    MetricGroup of(String function) {
        return new MetricGroup() {
            @Override
            public LongConsumer counter(String name) {
                return figure(name)::add;
            }

            @Override
            public LongConsumer gauge(String name) {
                return figure(name)::set;
            }

            private Figure figure(String name) {
                return figures.computeIfAbsent(function + "." + name, key -> new Figure());
            }
        };
    }

    /** All figures by {@code function.name}. */
    public Map<String, Long> read() {
        Map<String, Long> values = new TreeMap<>();
        figures.forEach((name, figure) -> values.put(name, (long) VALUE.getOpaque(figure)));
        return values;
    }
}
