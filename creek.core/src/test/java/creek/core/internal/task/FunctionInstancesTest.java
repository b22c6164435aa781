package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.format.Format;
import creek.core.function.FunctionAdapter;
import creek.core.function.FunctionException;
import creek.udf.api.ScalarFunction;
import creek.udf.api.UserDefinedFunction;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a function that follow each other while a job calls it. The adapter is as the planner generates it, but finds its method by name. */
class FunctionInstancesTest {
    private static final String NAME = "acme.Scale";

    @TempDir
    Path directory;
    private Class<? extends UserDefinedFunction> provided;
    private CallScale call;
    private int versions;

    /** By which the job calls the function. */
    public interface CallScale {
        long call(long a0) throws Exception;
    }

    /** Loaded where the function's class is seen. */
    public static final class CallScaleAdapter extends FunctionAdapter<CallScale> implements CallScale {
        private final UserDefinedFunction function;
        private final Method eval;

        public CallScaleAdapter(UserDefinedFunction function) throws Exception {
            this.function = function;
            eval = function.getClass().getMethod("eval", long.class);
        }

        @Override
        public long call(long a0) throws Exception {
            try {
                return (long) eval.invoke(function, a0);
            } catch (Throwable e) {
                CallScale instead = instead(e);
                if (instead != null) {
                    return instead.call(a0);
                }
                throw FunctionException.of("SCALE", e, new Object[] {a0});
            }
        }
    }

    private final ConnectorRegistry registry = new ConnectorRegistry() {
        @Override
        public Optional<Connector> connector(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> connectorNames() {
            return new TreeSet<>();
        }

        @Override
        public SortedSet<String> formatNames() {
            return new TreeSet<>();
        }

        @Override
        public Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
            return className.equals(NAME) ? Optional.of(provided) : Optional.empty();
        }
    };

    /** A version of the function with a class loader of its own. */
    private Class<? extends UserDefinedFunction> version(String members) throws Exception {
        Path folder = directory.resolve("v" + ++versions);
        Path source = folder.resolve("acme/Scale.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package acme; public class Scale extends creek.udf.api.ScalarFunction { " + members
                + " public void close() { System.setProperty(\"acme.closed\", System.getProperty(\"acme.closed\", \"\") + \"" + versions + "\"); } }");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"),
                source.toString()));
        byte[] bytes = Files.readAllBytes(folder.resolve("acme/Scale.class"));
        return new ClassLoader(ScalarFunction.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals(NAME)) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        }.loadClass(NAME).asSubclass(UserDefinedFunction.class);
    }

    private FunctionInstances open(String members) throws Exception {
        System.clearProperty("acme.closed");
        provided = version(members);
        FunctionInstances instances = new FunctionInstances(registry, Map.of("factor", "3"));
        instances.open("SCALE", NAME, CallScale.class, now -> call = now);
        return instances;
    }

    @Test
    void newVersion_then_serves_and_oldOneIsGone() throws Exception {
        FunctionInstances instances = open("public long eval(long v) { return 2 * v; }");
        assertEquals(10, call.call(5));
        WeakReference<Class<?>> old = new WeakReference<>(provided);
        provided = version("long f; public void open(creek.udf.api.FunctionContext c) { f = Long.parseLong(c.getJobParameter(\"factor\", \"1\")); "
                + "c.getMetricGroup().counter(\"opened\").accept(1); } public long eval(long v) { return f * v; }");
        FunctionRebinding rebinding = instances.prepare(NAME, provided);
        assertEquals(10, call.call(5));
        rebinding.apply(failure -> {
            throw new AssertionError(failure);
        });
        assertEquals(15, call.call(5));
        rebinding.confirm();
        assertEquals(15, call.call(5));
        assertEquals("1", System.getProperty("acme.closed"));
        assertEquals(Map.of("SCALE.opened", 1L), instances.figures().read());
        rebinding = null;
        assertGone(old);
        instances.close();
        assertEquals("12", System.getProperty("acme.closed"));
    }

    @Test
    void newVersionThatFails_then_oldOneAnswersTheSameCall_and_serves() throws Exception {
        FunctionInstances instances = open("public long eval(long v) { return 2 * v; }");
        FunctionRebinding rebinding = instances.prepare(NAME, version("int n; public long eval(long v) { if (++n > 1) throw new IllegalStateException(\"bad\"); "
                + "return -v; }"));
        List<String> failures = new ArrayList<>();
        rebinding.apply(failure -> failures.add(String.valueOf(failure.getCause())));
        assertEquals(-5, call.call(5));
        assertEquals(12, call.call(6));
        assertEquals(14, call.call(7));
        assertEquals(List.of("java.lang.IllegalStateException: bad"), failures);
        rebinding.confirm();
        assertEquals("2", System.getProperty("acme.closed"));
        assertEquals(16, call.call(8));
        instances.close();
        assertEquals("21", System.getProperty("acme.closed"));
    }

    @Test
    void newVersionWithOtherSignature_then_refusedWithIt() throws Exception {
        FunctionInstances instances = open("public long eval(long v) { return 2 * v; }");
        assertMessage("class acme.Scale of the new version has no public method long eval(long), which the job calls",
                () -> instances.prepare(NAME, version("public long eval(int v) { return v; }")));
        assertMessage("class acme.Scale of the new version has no public method long eval(long), which the job calls",
                () -> instances.prepare(NAME, version("public double eval(long v) { return v; }")));
        assertMessage("the new version of acme.Scale can't be opened: no table",
                () -> instances.prepare(NAME, version("public void open(creek.udf.api.FunctionContext c) { throw new IllegalStateException(\"no table\"); } "
                        + "public long eval(long v) { return v; }")));
        assertEquals("4", System.getProperty("acme.closed"));
        assertEquals(10, call.call(5));
        instances.close();
    }

    @Test
    void gone_then_nothingOfItIsKept_and_anotherVersionIsComparedWithIt() throws Exception {
        FunctionInstances instances = open("public long eval(long v) { return 2 * v; }");
        WeakReference<Class<?>> old = new WeakReference<>(provided);
        provided = null;
        instances.release(NAME);
        assertNull(call);
        assertEquals("1", System.getProperty("acme.closed"));
        assertGone(old);
        assertThrows(TaskException.class, () -> instances.prepare(NAME, version("public long eval(int v) { return v; }")));
        FunctionRebinding rebinding = instances.prepare(NAME, version("public long eval(long v) { return 3 * v; }"));
        rebinding.apply(failure -> {
            throw new AssertionError(failure);
        });
        assertEquals(15, call.call(5));
        rebinding.confirm();
        instances.close();
        assertEquals("13", System.getProperty("acme.closed"));
    }

    private static void assertGone(WeakReference<Class<?>> old) throws InterruptedException {
        for (int i = 0; i < 1000 && old.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(old.get(), "the old version's class is still reachable");
    }

    @Test
    void endOnProbation_then_bothVersionsAreClosed() throws Exception {
        FunctionInstances instances = open("public long eval(long v) { return 2 * v; }");
        instances.prepare(NAME, version("public long eval(long v) { return v; }")).apply(failure -> { });
        instances.close();
        assertEquals("12", System.getProperty("acme.closed"));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(TaskException.class, code).getMessage());
    }
}
