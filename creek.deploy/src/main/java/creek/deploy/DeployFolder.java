package creek.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps what is installed as the deploy folder has it, which the framework property {@code creek.deploy} names: bundles and SQL scripts are installed,
 * updated and uninstalled as their files come, change and go. Only a change of a file counts: what somebody does to its bundle otherwise stays.
 *
 * <p>What changed while the platform was down is settled when this component is activated, before bundles of a later start level start, scripts aside, whose jobs
 * are held back until there are the connectors that it takes to compile them. After that a thread looks at the folder a few times a second. File
 * systems can tell of changes themselves, but not all of them do, and not reliably.
 */
@Component(service = DeployFolder.class, immediate = true)
public final class DeployFolder {
    private static final System.Logger LOG = System.getLogger(DeployFolder.class.getName());
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    /** Looking may take up that part of the time at most. */
    private static final long SHARE = 50;
    private static final long JOIN_MILLIS = 5_000;

    private final BundleContext context;
    private final Deployments deployments;
    private final Path folder;
    private final Ledger ledger;
    private final Map<String, WatchedFile> files = new TreeMap<>();
    private final Thread thread;

    /** How often something has changed that may let a file be deployed which could not be before. */
    private final AtomicLong changes = new AtomicLong();
    private final BundleListener bundleListener = event -> changes.incrementAndGet();
    private final ServiceListener serviceListener = event -> changes.incrementAndGet();
    private long changesSeen;
    private String folderProblem;

    @Activate
    public DeployFolder(BundleContext context, @Reference Deployments deployments) throws IOException {
        this.context = context;
        this.deployments = deployments;
        String name = context.getProperty("creek.deploy");
        folder = name == null ? null : Files.createDirectories(Path.of(name)).toRealPath();
        ledger = new Ledger(context.getDataFile("deployed.properties").toPath());
        thread = new Thread(this::watch, "creek-deploy");
        if (folder == null) {
            return;
        }
        try {
            ledger.read();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "everything in the deploy folder is installed anew: {0}", e.getMessage());
        }
        context.addBundleListener(bundleListener);
        context.addServiceListener(serviceListener);
        if (!hasStarted()) {
            settle();
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        context.removeBundleListener(bundleListener);
        context.removeServiceListener(serviceListener);
        thread.interrupt();
        thread.join(JOIN_MILLIS);
    }

    /** Whether what is installed from the folder runs as soon as it is started. */
    private boolean hasStarted() {
        FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
        return context.getBundle(0).getState() == Bundle.ACTIVE && level.getStartLevel() >= level.getInitialBundleStartLevel();
    }

    /** Brings bundles to where the folder is, before they start. */
    private void settle() {
        long now = System.nanoTime();
        look(now);
        for (WatchedFile file : files.values()) {
            if (!Files.exists(file.path())) {
                uninstall(file);
            } else if (!Deployments.isScript(file.path())) {
                deploy(file, now);
            } else if (bundle(file) != null) {
                hold(bundle(file), isChanged(file));
            }
        }
    }

    private boolean isChanged(WatchedFile file) {
        try (StagedFile staged = deployments.stage(file.path())) {
            return !ledger.has(Deployments.location(file.path()), staged.digest());
        } catch (DeployException e) {
            return false; // it is told of later
        }
    }

    /** Has a bundle start later than others, or no longer. A crash leaves it so, and the next start of the platform decides again. */
    private void hold(Bundle bundle, boolean isHeld) {
        int usual = context.getBundle(0).adapt(FrameworkStartLevel.class).getInitialBundleStartLevel();
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (isHeld != level.getStartLevel() > usual) {
            level.setStartLevel(isHeld ? usual + 1 : usual);
        }
    }

    private void watch() {
        try {
            while (!hasStarted()) {
                pause(PAUSE_NANOS / 4);
            }
            for (boolean isFirst = true; ; isFirst = false) {
                long began = System.nanoTime();
                boolean hasLooked = look(began);
                long cost = System.nanoTime() - began;
                if (hasLooked) {
                    pass(began);
                }
                if (isFirst) {
                    deployments.warmUp();
                }
                pause(Math.max(PAUSE_NANOS, SHARE * cost));
            }
        } catch (InterruptedException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the deploy folder is watched no more", e);
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(nanos).toMillis());
    }

    /** Does what is to be done after a look at the folder: what has gone first, then bundles, then scripts, which may need those. */
    private void pass(long now) {
        long before = changes.get();
        if (before != changesSeen) {
            files.values().stream().filter(WatchedFile::hasProblem).forEach(WatchedFile::retry);
        }
        changesSeen = before;
        files.values().stream().filter(file -> file.isGone(now)).forEach(this::uninstall);
        files.values().removeIf(file -> file.isGone(now));
        deployAll(now, false);
        deployAll(now, true);
    }

    private void deployAll(long now, boolean scripts) {
        for (WatchedFile file : files.values()) {
            if (file.isReady(now) && Deployments.isScript(file.path()) == scripts && deploy(file, now)) {
                file.done();
                Bundle bundle = bundle(file);
                if (bundle != null) {
                    hold(bundle, false);
                }
            }
        }
    }

    /** Looks at what there is, what there was, and what is installed; whether the folder could be read. */
    private boolean look(long now) {
        try (Stream<Path> listing = Files.list(folder)) {
            listing.filter(Deployments::isDeployable).filter(path -> !path.getFileName().toString().startsWith("."))
                    .forEach(path -> files.computeIfAbsent(Deployments.location(path), location -> new WatchedFile(path)));
            folderProblem = null;
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(folderProblem)) {
                LOG.log(System.Logger.Level.WARNING, "the deploy folder can''t be read, so everything stays as it is: {0}", e);
            }
            folderProblem = e.toString();
            return false;
        }
        for (String location : ledger.locations()) {
            files.computeIfAbsent(location, gone -> new WatchedFile(Path.of(URI.create(gone))));
        }
        files.values().forEach(file -> file.look(now));
        return true;
    }

    /** Whether all that can be done for the file as it is now has been done. */
    private boolean deploy(WatchedFile file, long now) {
        if (file.isEmpty() && file.mayGrow(now)) {
            return false;
        }
        try (StagedFile staged = deployments.stage(file.path())) {
            String location = Deployments.location(file.path());
            Bundle bundle = bundle(file);
            boolean isChanged = !ledger.has(location, staged.digest());
            if (isChanged) {
                bundle = deployments.install(staged);
                ledger.put(location, staged.digest());
                LOG.log(System.Logger.Level.INFO, "{0} is bundle {1}", file.path(), bundle.getBundleId());
            }
            if (isChanged || isToRun(bundle)) {
                deployments.start(file.path(), bundle);
            }
            file.problem(null);
        } catch (DeployException e) {
            if (e.isMaybeNotWhole() && file.mayGrow(now)) {
                return false;
            }
            report(file, "can't deploy " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            report(file, "can't deploy " + file.path() + ": " + e, e);
        }
        return true;
    }

    /** Whether a bundle was to be started and could not be. */
    private static boolean isToRun(Bundle bundle) {
        return bundle != null && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private void uninstall(WatchedFile file) {
        try {
            Bundle bundle = bundle(file);
            if (bundle != null && ledger.locations().contains(bundle.getLocation())) {
                deployments.uninstall(bundle);
                LOG.log(System.Logger.Level.INFO, "{0} has gone, and its bundle {1} with it", file.path(), bundle.getBundleId());
            }
            ledger.remove(Deployments.location(file.path()));
        } catch (BundleException | IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "can't uninstall what came from " + file.path(), e);
        }
    }

    private Bundle bundle(WatchedFile file) {
        return context.getBundle(Deployments.location(file.path()));
    }

    private static void report(WatchedFile file, String message, Exception e) {
        if (file.problem(message) && !Thread.currentThread().isInterrupted()) {
            LOG.log(System.Logger.Level.WARNING, message);
            LOG.log(System.Logger.Level.DEBUG, message, e);
        }
    }
}
