package creek.udf.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function from the rows of a group to one value, for {@code GROUP BY}, windows and {@code OVER}.
 *
 * <pre>
 * public class Spread extends AggregateFunction&lt;Double, Spread.Bounds&gt; {
 *     public static class Bounds {
 *         public double least = Double.POSITIVE_INFINITY;
 *         public double greatest = Double.NEGATIVE_INFINITY;
 *     }
 *
 *     public Bounds createAccumulator() {
 *         return new Bounds();
 *     }
 *
 *     public void accumulate(Bounds bounds, Double value) { ... }
 *
 *     public Double getValue(Bounds bounds) {
 *         return bounds.greatest - bounds.least;
 *     }
 * }
 * </pre>
 */
@ConsumerType
public abstract class AggregateFunction<T, ACC> extends ImperativeAggregateFunction<T, ACC> {
    /** The result for the rows so far; null for none. */
    public abstract T getValue(ACC accumulator);
}
