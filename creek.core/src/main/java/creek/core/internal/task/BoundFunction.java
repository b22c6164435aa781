package creek.core.internal.task;

import creek.core.function.FunctionAdapter;
import creek.udf.api.FunctionContext;
import creek.udf.api.UserDefinedFunction;
import java.io.IOException;
import java.io.InputStream;

/**
 * An opened instance of a function with the adapter through which a job calls it. On the job's thread only.
 *
 * @param <C> the interface that the adapter implements
 */
final class BoundFunction<C> implements AutoCloseable {
    private final Class<?> type;
    private final UserDefinedFunction function;
    private final C call;

    /** @throws Exception if it can't be opened; it is closed then */
    BoundFunction(Class<?> type, Class<C> call, FunctionContext context) throws Exception {
        this.type = type;
        function = (UserDefinedFunction) type.getConstructor().newInstance();
        try {
            function.open(context);
            this.call = call.cast(new AdapterLoader(call, type).adapter().getConstructor(UserDefinedFunction.class).newInstance(function));
        } catch (Exception | LinkageError e) {
            try {
                function.close();
            } catch (Exception | LinkageError other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }

    Class<?> type() {
        return type;
    }

    C call() {
        return call;
    }

    @SuppressWarnings("unchecked")
    FunctionAdapter<C> adapter() {
        return (FunctionAdapter<C>) call;
    }

    @Override
    public void close() throws Exception {
        try {
            function.close();
        } catch (Exception | LinkageError e) {
            throw new TaskException("function " + type.getName() + " can't be closed: " + TaskException.reason(e), e);
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
