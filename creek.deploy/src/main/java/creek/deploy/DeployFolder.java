package creek.deploy;

import creek.deploy.WatchedFile.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceListener;
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
    /** Looking may take up that part of the time at most, as long as files do not wait for it longer than that: a busy machine makes a look long as well. */
    private static final long SHARE = 50;
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(800).toNanos();
    private static final long JOIN_MILLIS = 5_000;
    /** How long a file keeps others waiting; the first script takes the planner a while. */
    private static final Duration JAR_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SCRIPT_PATIENCE = Duration.ofSeconds(30);

    private final BundleContext context;
    private final Deployments deployments;
    private final Path folder;
    private final InstalledFiles installed;
    private final StartLevels levels;
    private final Map<String, WatchedFile> files = new TreeMap<>();
    private final Thread thread;

    /** How often something has changed that may let a file be deployed which could not be before. */
    private final AtomicLong changes = new AtomicLong();
    private final BundleListener bundleListener = event -> changes.incrementAndGet();
    private final ServiceListener serviceListener = event -> changes.incrementAndGet();
    private long changesSeen;
    private String engineSeen;
    private String folderProblem;

    @Activate
    public DeployFolder(BundleContext context, @Reference Deployments deployments) throws IOException, InterruptedException {
        this.context = context;
        this.deployments = deployments;
        String name = context.getProperty("creek.deploy");
        folder = name == null ? null : Files.createDirectories(Path.of(name)).toRealPath();
        Ledger ledger = new Ledger(context.getDataFile("deployed.properties").toPath());
        levels = new StartLevels(context.getBundle(0));
        installed = new InstalledFiles(context, deployments, ledger, levels);
        engineSeen = deployments.engine();
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
        if (!levels.isUp()) {
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

    /** Brings bundles to where the folder is, before they start. */
    private void settle() throws InterruptedException {
        long now = System.nanoTime();
        look(now);
        files.values().stream().filter(WatchedFile::isPending).forEach(file -> installed.adopt(file, files));
        for (WatchedFile file : files.values()) {
            if (!installed.holdBack(file)) {
                settle(file, now);
            }
        }
    }

    private void settle(WatchedFile file, long now) throws InterruptedException {
        if (file.isMissing()) {
            tell(file, installed.uninstall(file));
        } else if (!Deployments.isScript(file.path())) {
            tell(file, installed.deploy(file, file.mayGrow(now)));
        } else if (installed.bundle(file) != null) {
            levels.hold(installed.bundle(file), installed.isChanged(file));
        }
    }

    private void watch() {
        try {
            while (!levels.isUp()) {
                pause(PAUSE_NANOS / 4);
            }
            installed.platformIsUp();
            for (boolean isFirst = true; ; isFirst = false) {
                long began = System.nanoTime();
                boolean hasLooked = look(began);
                long cost = System.nanoTime() - began;
                if (hasLooked) {
                    pass(began);
                }
                if (isFirst) {
                    Thread warmUp = new Thread(null, deployments::warmUp, "creek-deploy warm-up", 0, false);
                    warmUp.setDaemon(true);
                    warmUp.start();
                }
                pause(Math.min(LONGEST_PAUSE_NANOS, Math.max(PAUSE_NANOS, SHARE * cost)));
            }
        } catch (InterruptedException | IllegalStateException | IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the deploy folder is watched no more", e);
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(nanos).toMillis());
    }

    /** Does what is to be done after a look at the folder: what has gone first, then bundles, then scripts, which may need those. */
    private void pass(long now) throws InterruptedException {
        for (WatchedFile file : files.values()) {
            Outcome outcome = FileWork.outcome(file);
            if (outcome != null) {
                end(file, outcome);
            }
        }
        retry();
        files.values().stream().filter(file -> isReady(file, now)).forEach(file -> installed.adopt(file, files));
        for (WatchedFile file : List.copyOf(files.values())) {
            if (isGone(file, now)) {
                begin(file, JAR_PATIENCE, () -> installed.uninstall(file));
            }
        }
        files.values().removeIf(WatchedFile::isForgotten);
        deployAll(now, false);
        deployAll(now, true);
    }

    /** Has files tried again that could not be deployed, and scripts compiled again, where something has changed that may make a difference. */
    private void retry() {
        long before = changes.get();
        if (before != changesSeen) {
            files.values().stream().filter(WatchedFile::hasProblem).forEach(WatchedFile::retry);
            String engine = deployments.engine();
            if (!engine.equals(engineSeen)) {
                files.values().stream().filter(file -> Deployments.isScript(file.path())).forEach(WatchedFile::retry);
            }
            engineSeen = engine;
        }
        changesSeen = before;
    }

    private static boolean isReady(WatchedFile file, long now) {
        return !file.isBusy() && file.isReady(now);
    }

    /** Whether a file is there no more: not even under another name that is not settled yet. */
    private boolean isGone(WatchedFile file, long now) {
        return !file.isBusy() && file.isGone(now)
                && !(file.mayBeRenamed(now) && files.values().stream().anyMatch(other -> other.isPending() && isOfSameKind(file, other)));
    }

    private static boolean isOfSameKind(WatchedFile file, WatchedFile other) {
        return Deployments.isScript(file.path()) == Deployments.isScript(other.path());
    }

    private void deployAll(long now, boolean scripts) throws InterruptedException {
        for (WatchedFile file : files.values()) {
            if (isReady(file, now) && Deployments.isScript(file.path()) == scripts) {
                boolean mayGrow = file.mayGrow(now);
                begin(file, scripts ? SCRIPT_PATIENCE : JAR_PATIENCE, () -> installed.deploy(file, mayGrow));
            }
        }
    }

    private void begin(WatchedFile file, Duration patience, Callable<Outcome> work) throws InterruptedException {
        FileWork.begin(file, patience, work);
        Outcome outcome = FileWork.outcome(file);
        if (outcome != null) {
            end(file, outcome);
        }
    }

    /** Takes down what came of dealing with a file. */
    private void end(WatchedFile file, Outcome outcome) {
        if (file.isBusy() && !file.isAsWorkedOn()) {
            file.work(null); // it has changed since
            return;
        }
        file.work(null);
        if (!outcome.isOver()) {
            return;
        }
        file.done();
        tell(file, outcome);
        Bundle bundle = installed.bundle(file);
        if (bundle != null) {
            levels.hold(bundle, false);
        }
    }

    private static void tell(WatchedFile file, Outcome outcome) {
        if (outcome.isOver() && file.problem(outcome.problem())) {
            LOG.log(System.Logger.Level.WARNING, outcome.problem());
            LOG.log(System.Logger.Level.DEBUG, outcome.problem(), outcome.cause());
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
                LOG.log(System.Logger.Level.WARNING, "the deploy folder can''t be read, so everything stays as it is: {0}", e.toString());
            }
            folderProblem = e.toString();
            return false;
        }
        for (String location : installed.locations()) {
            files.computeIfAbsent(location, gone -> new WatchedFile(Path.of(URI.create(gone))));
        }
        files.values().forEach(file -> file.look(now));
        return true;
    }
}
