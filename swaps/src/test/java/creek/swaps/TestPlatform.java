package creek.swaps;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework with bundles of the built distribution. Nothing of the engine is on its way to the test: what the job manager says comes by reflection, so
 * that bundles see each other as on a device.
 */
final class TestPlatform implements AutoCloseable {
    static final String ENGINE = "creek.core";
    private static final List<String> BASE = List.of("org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component",
            "org.apache.felix.scr", "creek.udf.api", ENGINE, "creek.sql", Jars.FILE, Jars.XODUS);
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("swaps.patience", 120));

    private final Framework framework;
    private final Path jobs;

    /** What is waited for. */
    interface Condition {
        boolean isMet() throws Exception;
    }

    /** Starts what was there before, or a new one. */
    TestPlatform(Path folder) throws BundleException, IOException {
        jobs = Files.createDirectories(folder.resolve("jobs"));
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("felix").toString(),
                "creek.data", folder.toString(), "creek.jobs.folder", jobs.toString()));
        framework.init();
        if (context().getBundles().length == 1) {
            for (String name : BASE) {
                context().installBundle("test:" + name, Files.newInputStream(Jars.distributed(name))).start();
            }
            install(Jars.FUNCTIONS, "1.0.0").start();
        }
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Where jobs keep what they keep. */
    Path jobs() {
        return jobs;
    }

    /** All versions of a bundle. */
    List<Bundle> bundles(String name) {
        return List.of(context().getBundles()).stream().filter(bundle -> name.equals(bundle.getSymbolicName())).toList();
    }

    Bundle bundle(String name) {
        return bundles(name).get(0);
    }

    /** Installs a version of a bundle beside those that are there. */
    Bundle install(String name, String version) throws BundleException, IOException {
        return install("test:" + name + (context().getBundle("test:" + name) == null ? "" : ":" + version), Jars.version(name, version));
    }

    Bundle install(String location, byte[] content) throws BundleException {
        return context().installBundle(location, new ByteArrayInputStream(content));
    }

    /** Updates a bundle in place. */
    void update(Bundle bundle, byte[] content) throws BundleException, InterruptedException {
        bundle.update(new ByteArrayInputStream(content));
        refresh();
    }

    void uninstall(Bundle bundle) throws BundleException, InterruptedException {
        bundle.uninstall();
        refresh();
    }

    /** Lets go of what was replaced, as the console and the deploy folder do. */
    private void refresh() throws InterruptedException {
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        if (!wiring.getRemovalPendingBundles().isEmpty()) {
            CountDownLatch refreshed = new CountDownLatch(1);
            wiring.refreshBundles(null, event -> refreshed.countDown());
            refreshed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Compiles a script and installs its job, not started. */
    Bundle installJob(String name, String script) throws Exception {
        return install("job:" + name, compile(name, script));
    }

    /** The bundle of a script's job. */
    byte[] compile(String name, String script) throws Exception {
        await(() -> service("creek.core.job.ScriptCompiler") != null, () -> "no planner");
        return (byte[]) invoke(service("creek.core.job.ScriptCompiler"), "compile", script, name, jobs);
    }

    /** All of that name count, as the test's class path may have the same type as well. */
    private Object service(String type) throws InvalidSyntaxException {
        ServiceReference<?>[] references = context().getAllServiceReferences(type, null);
        return references == null ? null : context().getService(references[0]);
    }

    private static Object invoke(Object target, String name, Object... arguments) throws Exception {
        for (Class<?> type : types(target.getClass())) {
            for (Method method : type.getMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.length && method.getDeclaringClass().getName().startsWith("creek.core.job")) {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }
            }
        }
        throw new NoSuchMethodException(target.getClass() + "." + name);
    }

    private static List<Class<?>> types(Class<?> type) {
        return type.isRecord() ? List.of(type) : List.of(type.getInterfaces());
    }

    private Object manager() throws InvalidSyntaxException {
        return service("creek.core.job.JobManager");
    }

    /** The state of a job; NONE if there is none. */
    String state(String job) throws Exception {
        return String.valueOf(status(job, "state"));
    }

    /** What a job's status says under that name; NONE if there is no such job. */
    Object status(String job, String what) throws Exception {
        Object manager = manager();
        Optional<?> status = manager == null ? Optional.empty() : (Optional<?>) invoke(manager, "job", job);
        return status.isPresent() ? invoke(status.get(), what) : "NONE";
    }

    String why(String job) throws Exception {
        Object manager = manager();
        return manager == null ? "there is no engine" : String.join("\n", lines(invoke(manager, "why", job)));
    }

    /** What the job's thread is doing. */
    String whereabouts(String job) throws Exception {
        return String.valueOf(invoke(manager(), "whereabouts", job));
    }

    private static List<String> lines(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /** The switches so far, as text. */
    List<String> swaps() throws Exception {
        return lines(invoke(manager(), "swaps"));
    }

    /** Why a job is in its state and all switches, for messages. */
    String text(String job) {
        try {
            return why(job) + "\n" + String.join("\n", swaps());
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Who provides what the job uses: symbolic name, version and id of bundles; "nothing" for what is missing. */
    List<String> providers(String job) throws Exception {
        List<String> providers = new ArrayList<>();
        for (Object part : (List<?>) invoke(manager(), "parts", job)) {
            providers.add(((Optional<?>) invoke(part, "provider")).map(String::valueOf).orElse("nothing"));
        }
        return providers;
    }

    /** Whether the job runs and all that it uses of bundles of that name is of that one. */
    boolean uses(String job, Bundle bundle) throws Exception {
        String wanted = bundle.getSymbolicName() + " " + bundle.getVersion() + " [" + bundle.getBundleId() + "]";
        List<String> ofName = providers(job).stream().filter(each -> each.startsWith(bundle.getSymbolicName() + " ")).toList();
        return !ofName.isEmpty() && ofName.stream().allMatch(wanted::equals) && state(job).equals("RUNNING");
    }

    void awaitUse(String job, Bundle bundle) throws Exception {
        await(() -> uses(job, bundle), () -> job + " does not use " + bundle + ": " + state(job) + " " + providers(job) + "\n" + why(job) + "\n" + swaps());
    }

    void awaitState(String job, String state) throws Exception {
        await(() -> state(job).equals(state), () -> job + " is not " + state + " but " + state(job) + ": " + status(job, "reason") + "\n" + why(job));
    }

    /** For messages. */
    interface Text {
        String get() throws Exception;
    }

    static void await(Condition condition, Text otherwise) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come to pass: " + otherwise.get());
            }
            Thread.sleep(2);
        }
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(PATIENCE.toMillis());
    }
}
