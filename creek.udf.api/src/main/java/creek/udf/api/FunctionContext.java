package creek.udf.api;

import org.osgi.annotation.versioning.ProviderType;

/** What a function may ask of the job that uses it. Valid from {@code open} to {@code close}, on the job's thread. */
@ProviderType
public interface FunctionContext {
    /** The job's setting of that name, or {@code defaultValue} where the job does not set it. */
    String getJobParameter(String key, String defaultValue);

    /** Where the function's own figures are kept. */
    MetricGroup getMetricGroup();
}
