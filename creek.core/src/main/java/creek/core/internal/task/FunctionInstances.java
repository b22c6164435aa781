package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import creek.udf.api.FunctionContext;
import creek.udf.api.UserDefinedFunction;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of a task: makes and opens an instance for each use, and closes them all at the end. */
final class FunctionInstances implements AutoCloseable {
    private final ConnectorRegistry registry;
    private final FunctionContext context;
    private final List<UserDefinedFunction> opened = new ArrayList<>();

    FunctionInstances(ConnectorRegistry registry, Map<String, String> settings) {
        this.registry = registry;
        context = settings::getOrDefault;
    }

    static MissingServiceException missing(String name, String className) {
        return new MissingServiceException("function." + name, "function " + name + ": no bundle provides the class " + className);
    }

    <C> C open(String name, String className, Class<C> call) throws Exception {
        Class<?> type = classOf(className, call.getClassLoader())
                .or(() -> registry.functionClass(className)).orElseThrow(() -> missing(name, className));
        try {
            UserDefinedFunction function = (UserDefinedFunction) type.getConstructor().newInstance();
            // before it is opened, so that it is closed whatever comes
            opened.add(function);
            function.open(context);
            return call.cast(new AdapterLoader(call, type).adapter().getConstructor(UserDefinedFunction.class).newInstance(function));
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
        for (UserDefinedFunction function : opened) {
            try {
                function.close();
            } catch (Exception e) {
                first = first == null ? new TaskException("function " + function.getClass().getName() + " can't be closed: "
                        + TaskException.reason(e), e) : first;
            }
        }
        opened.clear();
        if (first != null) {
            throw first;
        }
    }

    /** Sees a job's classes and then those beside a function, and has the adapter between them as its only own. */
    private static final class AdapterLoader extends ClassLoader {
        private final Class<?> call;
        private final Class<?> function;

        AdapterLoader(Class<?> call, Class<?> function) {
            super(call.getClassLoader());
            this.call = call;
            this.function = function;
        }

        Class<?> adapter() throws IOException {
            String name = call.getName() + "Adapter";
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new IOException("the job has no class " + name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return function.getClassLoader().loadClass(name);
        }
    }
}
