package creek.udf.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What {@link AggregateFunction} and {@link TableAggregateFunction} have in common: an accumulator that takes rows one by one. Beside the methods
 * here a subclass has public methods that are found by their names and parameters:
 *
 * <pre>
 * void accumulate(ACC accumulator, ...)                 one or more: adds a row's values
 * void retract(ACC accumulator, ...)                    takes back what accumulate with the same values has added: for inputs whose rows are updated,
 *                                                       and for OVER windows that rows leave
 * void merge(ACC accumulator, Iterable&lt;ACC&gt; others)     adds what the others hold: for HOP, CUMULATE and SESSION windows
 * </pre>
 *
 * <p>An accumulator is a public class with a public constructor without parameters and fields that are public or have a getter and a setter;
 * or a {@link Row}, {@link ListView}, {@link MapView}, {@code List} or {@code Map}. Between two calls the engine keeps the values of the fields and
 * not the object: what is in no such field is lost, and the object that a call is given may be the one that an earlier call for another group was
 * given. So the state of a job depends on the names and types of the fields alone.
 *
 * @param <T>   what is computed
 * @param <ACC> the accumulator
 */
@ConsumerType
public abstract class ImperativeAggregateFunction<T, ACC> extends UserDefinedFunction {
    /** A new, empty accumulator. */
    public abstract ACC createAccumulator();
}
