package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.udf.api.FunctionContext;
import creek.udf.api.MetricGroup;
import creek.udf.api.UserDefinedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The functions of a task: makes and opens an instance for each use, and closes them all at the end. */
final class FunctionInstances implements AutoCloseable {
    private final ConnectorRegistry registry;
    private final Map<String, String> settings;
    private final FunctionFigures figures = new FunctionFigures();
    private final List<BoundFunction<?>> opened = new ArrayList<>();

    FunctionInstances(ConnectorRegistry registry, Map<String, String> settings) {
        this.registry = registry;
        this.settings = settings;
    }

    FunctionFigures figures() {
        return figures;
    }

    static MissingServiceException missing(String name, String className) {
        return new MissingServiceException("function." + name, "function " + name + ": no bundle provides the class " + className);
    }

    <C> void open(String name, String className, Class<C> call, Consumer<C> use) throws Exception {
        Class<?> type = classOf(className, call.getClassLoader())
                .or(() -> registry.functionClass(className)).orElseThrow(() -> missing(name, className));
        try {
            BoundFunction<C> function = new BoundFunction<>(type, call, context(name));
            opened.add(function);
            use.accept(function.call());
        } catch (Exception | LinkageError e) {
            throw new TaskException("function " + name + " (" + className + ") can't be opened: " + TaskException.reason(e), e);
        }
    }

    /**
     * Prepares to replace a function by another version of its class: makes and opens what the uses need. Not on the job's thread, which runs on.
     *
     * @throws Exception if the newcomer can't take over; the message says why
     */
    FunctionRebinding prepare(String className, Class<? extends UserDefinedFunction> newcomer) throws Exception {
        throw new TaskException("function " + newcomer.getName() + " can't be replaced while the job runs", null);
    }

    private FunctionContext context(String name) {
        MetricGroup metrics = figures.of(name);
        return new FunctionContext() {
            @Override
            public String getJobParameter(String key, String defaultValue) {
                return settings.getOrDefault(key, defaultValue);
            }

            @Override
            public MetricGroup getMetricGroup() {
                return metrics;
            }
        };
    }

    /** The class where the job's own bundle has it. */
    private static Optional<Class<?>> classOf(String className, ClassLoader job) {
        try {
            return Optional.of(job.loadClass(className));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        for (BoundFunction<?> function : opened) {
            try {
                function.close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        opened.clear();
        if (first != null) {
            throw first;
        }
    }
}
