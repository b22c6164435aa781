package creek.deploy;

import creek.core.job.JobDefinition;
import creek.deploy.WatchedFile.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** What is installed from the files of the deploy folder, and what is done with one of them. Files that are not the same can be dealt with at the same time. */
final class InstalledFiles {
    private static final System.Logger LOG = System.getLogger(InstalledFiles.class.getName());

    private final BundleContext context;
    private final Deployments deployments;
    private final Ledger ledger;
    private final StartLevels levels;
    /** The files whose bundles did not come to the end of their start, or of an update, in the platform's last run: they start when it is up. */
    private final Set<String> heldBack = ConcurrentHashMap.newKeySet();

    InstalledFiles(BundleContext context, Deployments deployments, Ledger ledger, StartLevels levels) {
        this.levels = levels;
        this.context = context;
        this.deployments = deployments;
        this.ledger = ledger;
    }

    /** Of the files from which something is installed, whether they are there or not. */
    Set<String> locations() {
        return ledger.files();
    }

    /** The bundle of a file; null if there is none. */
    Bundle bundle(WatchedFile file) {
        return context.getBundle(ledger.bundle(Deployments.location(file.path())));
    }

    /** Has what hung in the platform's last run not hold up this one's start; whether it did. */
    boolean holdBack(WatchedFile file) {
        String location = Deployments.location(file.path());
        if (!ledger.isBegun(location)) {
            return false;
        }
        heldBack.add(location);
        Bundle bundle = bundle(file);
        try {
            if (bundle != null) {
                bundle.stop();
            }
            LOG.log(System.Logger.Level.WARNING, "{0} was not done with when the platform was ended: it is tried again when the platform is up", file.path());
        } catch (BundleException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is started with the platform, though it hung before: {1}", file.path(), e.getMessage());
        }
        return true;
    }

    /** The platform is up: what was started with it has started. */
    void platformIsUp() throws IOException {
        for (String location : ledger.files()) {
            if (ledger.isBegun(location) && !heldBack.contains(location)) {
                ledger.end(location);
            }
        }
    }

    /** Installs or updates what is in a file, and starts it. */
    Outcome deploy(WatchedFile file, boolean mayGrow) throws InterruptedException {
        if (mayGrow && file.isEmpty()) {
            return Outcome.LATER;
        }
        String location = Deployments.location(file.path());
        String bundleLocation = ledger.bundle(location);
        try (StagedFile staged = deployments.stage(file.path())) {
            deployments.begin(file.path(), bundleLocation);
            try {
                Bundle bundle = context.getBundle(bundleLocation);
                String content = content(staged);
                boolean isChanged = !ledger.has(location, content);
                if (isChanged || StartLevels.isToRun(bundle) || heldBack.contains(location)) {
                    start(file.path(), isChanged ? staged : null, content);
                }
            } finally {
                deployments.end(bundleLocation);
            }
            return Outcome.GOOD;
        } catch (DeployException e) {
            return mayGrow && e.isMaybeNotWhole() ? Outcome.LATER : Outcome.bad("can't deploy " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            return Outcome.bad("can't deploy " + file.path() + ": " + e, e);
        }
    }

    /** @param changed what is to be installed before; null for nothing */
    private void start(Path file, StagedFile changed, String content) throws DeployException, IOException {
        String location = Deployments.location(file);
        String bundleLocation = ledger.bundle(location);
        ledger.begin(location);
        try {
            Bundle bundle = context.getBundle(bundleLocation);
            if (changed != null) {
                bundle = deployments.install(changed, bundleLocation);
                ledger.put(location, content);
                LOG.log(System.Logger.Level.INFO, "{0} is bundle {1}", file, bundle.getBundleId());
            }
            deployments.start(file, bundle);
        } finally {
            // before the platform is up this was only a wish
            if (levels.isUp()) {
                ledger.end(location);
                heldBack.remove(location);
            }
        }
    }

    Outcome uninstall(WatchedFile file) {
        try {
            Bundle bundle = bundle(file);
            if (bundle != null && ledger.files().contains(Deployments.location(file.path()))) {
                deployments.uninstall(bundle);
                LOG.log(System.Logger.Level.INFO, "{0} has gone, and its bundle {1} with it", file.path(), bundle.getBundleId());
            }
            ledger.remove(Deployments.location(file.path()));
            return Outcome.GOOD;
        } catch (BundleException | IOException | RuntimeException e) {
            return Outcome.bad("can't uninstall what came from " + file.path() + ": " + e, e);
        }
    }

    /** Whether what is in a file is something else than what is installed from it. */
    boolean isChanged(WatchedFile file) {
        try (StagedFile staged = deployments.stage(file.path())) {
            return !ledger.has(Deployments.location(file.path()), content(staged));
        } catch (DeployException e) {
            return false; // it is told of later
        }
    }

    /** What the bundle of a file is made of. */
    private String content(StagedFile file) {
        return Deployments.isScript(file.original()) ? file.digest() + "@" + deployments.engine() : file.digest();
    }

    /**
     * A file that is another one under a new name keeps its bundle.
     *
     * @param files all that are known, by location
     */
    void adopt(WatchedFile file, Map<String, WatchedFile> files) {
        String location = Deployments.location(file.path());
        if (ledger.files().contains(location) || files.values().stream().noneMatch(WatchedFile::isMissing)) {
            return;
        }
        try (StagedFile staged = deployments.stage(file.path())) {
            for (String former : ledger.filesWith(content(staged))) {
                WatchedFile other = files.get(former);
                if (other != null && other.isMissing() && !other.isBusy() && hasItsOwnName(other)) {
                    LOG.log(System.Logger.Level.INFO, "{0} is {1} now", other.path(), file.path());
                    ledger.move(former, location);
                    return;
                }
            }
        } catch (DeployException | IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "it is told of when the file is deployed", e);
        }
    }

    /** Whether what is installed from a file would be the same under another name; a job has its script's, unless the script gives it one. */
    private boolean hasItsOwnName(WatchedFile file) {
        Bundle bundle = bundle(file);
        return bundle != null && !(Deployments.jobName(file.path()).equals(bundle.getHeaders("").get(JobDefinition.JOB_HEADER)));
    }
}
