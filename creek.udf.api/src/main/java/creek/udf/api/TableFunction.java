package creek.udf.api;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function from one row's values to any number of rows, for {@code LATERAL TABLE(f(...))}. A subclass has one or more public methods named
 * {@code eval} that return nothing and call {@link #collect}. {@code T} is the type of the only column, or {@link Row} with a
 * {@link FunctionHint} that says which columns there are.
 */
@ConsumerType
public abstract class TableFunction<T> extends UserDefinedFunction {
    private Collector<T> collector;

    /** Called by the engine, before the first {@code eval}. */
    public final void setCollector(Collector<T> newCollector) {
        this.collector = Objects.requireNonNull(newCollector, "newCollector");
    }

    /** Gives a row. Only within {@code eval}. */
    protected final void collect(T row) {
        collector.collect(row);
    }
}
