package creek.udf.api;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the rows that a {@link TableFunction} gives for one call. */
@ProviderType
public interface Collector<T> {
    /** Adds a row. What is handed over must not be changed afterwards. */
    void collect(T row);
}
