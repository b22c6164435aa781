package creek.udf.api;

import java.util.function.LongConsumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Figures of a function's own, which are shown among those of the job under {@code function.name}. All of a job's uses of the function share them, and
 * they go on when the function is replaced. Cheap enough to be set for each row, on the job's thread only.
 */
@ProviderType
public interface MetricGroup {
    /** A figure to which the function adds. */
    LongConsumer counter(String name);

    /** A figure that the function sets. */
    LongConsumer gauge(String name);
}
