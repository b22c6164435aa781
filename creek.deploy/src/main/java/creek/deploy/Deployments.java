package creek.deploy;

import creek.core.job.ScriptCompiler;
import creek.core.job.ScriptException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Makes bundles of files and installs them. A file's bundle has the file's URI as its location, so that the same file again updates the same bundle.
 * Callable from any thread; whoever deploys a file {@linkplain #begin begins} before and {@linkplain #end ends} after, so that nobody else does so meanwhile.
 */
@Component(service = Deployments.class)
public final class Deployments {
    private static final System.Logger LOG = System.getLogger(Deployments.class.getName());

    /** What a script's bundle depends on beside the script. */
    private static final Set<String> ENGINE = Set.of("creek.core", "creek.sql");
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final BundleContext context;
    /** The locations of the bundles that are being changed. Guarded by this. */
    private final Set<String> busy = new HashSet<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile ScriptCompiler compiler;

    @Activate
    public Deployments(BundleContext context) {
        this.context = context;
    }

    static boolean isScript(Path file) {
        return file.toString().endsWith(".sql");
    }

    static boolean isDeployable(Path file) {
        return isScript(file) || file.toString().endsWith(".jar");
    }

    /** The name of a script's job, unless the script sets another. */
    static String jobName(Path file) {
        String name = file.getFileName().toString();
        return isScript(file) ? name.substring(0, name.length() - ".sql".length()) : name;
    }

    static String location(Path file) {
        return file.toUri().toString();
    }

    /** Waits, but not for long, until nobody else changes the bundle of a file, and keeps others from it. */
    synchronized void begin(Path file, String location) throws DeployException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long left = PATIENCE_NANOS; !busy.add(location); left = end - System.nanoTime()) {
            if (left <= 0) {
                throw new DeployException(file, "is being deployed already, which has not come to an end yet", null);
            }
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
    }

    synchronized void end(String location) {
        busy.remove(location);
        notifyAll();
    }

    /** Says which engine and planner compile scripts: another text after one of them was updated. */
    String engine() {
        Set<String> texts = new TreeSet<>();
        for (Bundle bundle : context.getBundles()) {
            if (ENGINE.contains(String.valueOf(bundle.getSymbolicName()))) {
                texts.add(bundle.getVersion() + "/" + bundle.getLastModified());
            }
        }
        return String.join(",", texts);
    }

    /** A copy of a file, to be closed after use. */
    StagedFile stage(Path file) throws DeployException {
        return StagedFile.of(file, context.getDataFile("staged").toPath());
    }

    /**
     * Installs a file, or updates the bundle that was installed from it before. What can be found out to be wrong is found out first: then the bundle stays
     * as it is. A bundle that runs is stopped and started again by an update; one that is new does not run yet.
     *
     * @param location that of the bundle
     */
    Bundle install(StagedFile file, String location) throws DeployException {
        byte[] job = null;
        if (isScript(file.original())) {
            job = compile(file);
        } else {
            file.checkBundle();
        }
        try (InputStream content = job != null ? new ByteArrayInputStream(job) : file.open()) {
            Bundle known = context.getBundle(location);
            if (known == null) {
                return context.installBundle(location, content);
            }
            known.update(content);
            refresh();
            return known;
        } catch (BundleException e) {
            throw new DeployException(file.original(), reason(e), e);
        } catch (IOException e) {
            throw new DeployException(file.original(), "can't be read: " + e.getMessage(), e);
        }
    }

    private byte[] compile(StagedFile file) throws DeployException {
        ScriptCompiler present = compiler;
        Path path = file.original();
        String name = path.getFileName().toString();
        if (present == null) {
            throw new DeployException(path, "there is no planner in this platform, so SQL can't be compiled here: compile it elsewhere by "
                    + "'creek compile " + name + " -o JOB.jar', and deploy that", null);
        }
        try {
            return present.compile(file.text(), jobName(path), path.getParent());
        } catch (ScriptException e) {
            throw DeployException.at(path, e.line(), e.column(), e.getMessage(), e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new DeployException(path, "an error in Creek itself: " + e, e);
        }
    }

    /** Has the planner, where there is one, do what it does only once: the first script to be compiled takes some seconds of a processor otherwise. */
    void warmUp() {
        ScriptCompiler present = compiler;
        if (present != null) {
            try {
                present.compile("SELECT a, COUNT(*) FROM (VALUES (1, 'a'), (2, 'b')) AS t (a, b) WHERE b <> 'c' GROUP BY a", "warm-up", Path.of(""));
            } catch (ScriptException | RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.DEBUG, "the planner is not warmed up", e);
            }
        }
    }

    void start(Path file, Bundle bundle) throws DeployException {
        try {
            bundle.start();
        } catch (BundleException e) {
            String why = e.getType() != BundleException.RESOLVE_ERROR ? reason(e)
                    : MissingPackages.of(bundle, context.getBundles()).orElseGet(() -> reason(e));
            throw new DeployException(file, why, e);
        }
    }

    void uninstall(Bundle bundle) throws BundleException {
        bundle.uninstall();
        refresh();
    }

    /** Lets go of packages that nobody should use any more. Bundles that share none, connectors for instance, are not touched. */
    private void refresh() {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.getRemovalPendingBundles().isEmpty()) {
            wiring.refreshBundles(null);
        }
    }

    private static String reason(BundleException e) {
        if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR) {
            return "the same bundle in the same version is installed already: " + e.getMessage();
        }
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? e.getMessage() : e.getMessage() + ": " + cause.getMessage();
    }
}
