package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.udf.api.FunctionContext;
import creek.udf.api.MetricGroup;
import creek.udf.api.UserDefinedFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The functions of a task: makes and opens an instance for each use, and closes them all at the end. */
final class FunctionInstances implements AutoCloseable {
    private final ConnectorRegistry registry;
    private final Map<String, String> settings;
    private final FunctionFigures figures = new FunctionFigures();
    private final List<FunctionUse<?>> uses = new CopyOnWriteArrayList<>();
    /** On probation. */
    private FunctionSwap running;

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
            uses.add(new FunctionUse<>(name, call, use, new BoundFunction<>(type, call, context(name))));
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
        FunctionSwap swap = new FunctionSwap(each -> running = each, each -> running = null);
        try {
            for (FunctionUse<?> use : uses) {
                if (use.className.equals(className)) {
                    prepare(use, newcomer, swap);
                }
            }
            return swap;
        } catch (Exception | LinkageError e) {
            swap.drop();
            throw e instanceof TaskException ? (TaskException) e
                    : new TaskException("the new version of " + className + " can't be opened: " + TaskException.reason(e), e);
        }
    }

    private <C> void prepare(FunctionUse<C> use, Class<? extends UserDefinedFunction> newcomer, FunctionSwap swap) throws Exception {
        use.signatures.checkNewcomer(FunctionSignatures.of(use.call, newcomer), use.className);
        swap.add(use, new BoundFunction<>(newcomer, use.call, context(use.name)));
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

    /**
     * Lets go of all instances of a function, since its bundle goes: the job waits until {@link #prepare} and what follows it bring others. On the job's
     * thread, between two records.
     */
    void release(String className) throws Exception {
        closeAll(use -> use.className.equals(className));
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
        closeAll(use -> true);
        uses.clear();
    }

    private void closeAll(Predicate<FunctionUse<?>> which) throws Exception {
        if (running != null) {
            running.confirm();
        }
        Exception first = null;
        for (FunctionUse<?> use : uses) {
            try {
                if (which.test(use)) {
                    use.close();
                }
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
