package creek.bench;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Knows how many records the sources of the process's jobs have read, by Flink's own metric. Flink makes it by reflection, as a reporter of metrics. */
public final class RecordCounter implements MetricReporter, MetricReporterFactory {
    private static final List<Source> SOURCES = new CopyOnWriteArrayList<>();

    /** A part of an operator that reads a table; {@code readings[1]} reads {@code readings}. */
    private record Source(String operator, String table, Counter counter) {
    }

    /** Records of all tables that were read since {@link #forget}. Those of a table that several operators read count once. */
    static long records() {
        return SOURCES.stream().mapToLong(source -> source.counter.getCount() / readers(source.table)).sum();
    }

    private static long readers(String table) {
        return SOURCES.stream().filter(source -> source.table.equals(table)).map(Source::operator).distinct().count();
    }

    /** The sources of jobs that have ended count no more. */
    static void forget() {
        SOURCES.clear();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {
    }

    @Override
    public void close() {
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String operator = group.getAllVariables().get("<operator_name>");
        if (name.equals("numRecordsIn") && operator != null && operator.startsWith("Source:")) {
            SOURCES.add(new Source(operator, operator.replaceFirst("\\[\\d+]$", ""), (Counter) metric));
        }
    }

    /** Counts outlive their tasks. */
    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    }
}
