package com.example.functions;

import creek.udf.api.AggregateFunction;
import creek.udf.api.MapView;
import creek.udf.api.UserDefinedFunction;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * PERCENTILE_SKETCH(value, percentage): the value below which so many percent of the positive values are, to one percent of it, whatever their number.
 * It counts values in buckets each of which is two percent wider than the one before.
 */
@Component(service = UserDefinedFunction.class, property = UserDefinedFunction.NAME + "=PERCENTILE_SKETCH")
public class PercentileSketch extends AggregateFunction<Double, PercentileSketch.Buckets> {
    private static final double GROWTH = 1.02;
    private static final double LOG_GROWTH = Math.log(GROWTH);

    /** How many values are in each bucket. */
    public static class Buckets {
        public MapView<Integer, Long> counts = new MapView<>();
        public long values;
        public double percentage;
    }

    @Override
    public Buckets createAccumulator() {
        return new Buckets();
    }

    public void accumulate(Buckets buckets, Double value, Double percentage) {
        if (value != null && value > 0) {
            add(buckets, bucket(value), 1);
        }
        buckets.percentage = percentage;
    }

    public void retract(Buckets buckets, Double value, Double percentage) {
        if (value != null && value > 0) {
            add(buckets, bucket(value), -1);
        }
    }

    public void merge(Buckets buckets, Iterable<Buckets> others) {
        for (Buckets other : others) {
            for (Map.Entry<Integer, Long> each : other.counts.entries()) {
                add(buckets, each.getKey(), each.getValue());
            }
            buckets.percentage = Math.max(buckets.percentage, other.percentage);
        }
    }

    @Override
    public Double getValue(Buckets buckets) {
        if (buckets.values == 0) {
            return null;
        }
        long rank = (long) Math.ceil(buckets.percentage / 100 * buckets.values);
        double last = 0;
        for (Map.Entry<Integer, Long> each : new TreeMap<>(buckets.counts.getMap()).entrySet()) {
            rank -= each.getValue();
            last = Math.pow(GROWTH, each.getKey() + 0.5);
            if (rank <= 0) {
                break;
            }
        }
        return last;
    }

    private static int bucket(double value) {
        return (int) Math.floor(Math.log(value) / LOG_GROWTH);
    }

    private static void add(Buckets buckets, int bucket, long more) {
        Long before = buckets.counts.get(bucket);
        long after = (before == null ? 0 : before) + more;
        if (after == 0) {
            buckets.counts.remove(bucket);
        } else {
            buckets.counts.put(bucket, after);
        }
        buckets.values += more;
    }
}
