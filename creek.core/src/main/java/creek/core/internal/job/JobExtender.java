package creek.core.internal.job;

import creek.core.connector.Provider;
import creek.core.internal.registry.LiveConnectorRegistry;
import creek.core.internal.swap.Refusals;
import creek.core.internal.swap.SwapLog;
import creek.core.internal.swap.Swapper;
import creek.core.internal.task.FileNames;
import creek.core.internal.task.TaskEnvironment;
import creek.core.job.JobDefinition;
import creek.core.job.JobManager;
import creek.core.job.JobPart;
import creek.core.job.JobStatus;
import creek.core.job.SwapEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Runs each active bundle that has a {@code Creek-Job} header as a job. What became of a job can be asked for as long as its bundle is
 * installed.
 */
@Component(service = JobManager.class, immediate = true)
public final class JobExtender implements JobManager {
    /** Framework property: what relative paths of jobs are relative to. */
    static final String WORKING_DIRECTORY = "creek.working.directory";

    /** Framework property: the folder in which each job has one of its own for its state. */
    static final String JOBS_FOLDER = "creek.jobs.folder";

    /** Framework property: whether a job with checkpoints that had come to its end begins again when its bundle starts. */
    static final String AGAIN = "creek.jobs.again";

    private static final Logger LOG = System.getLogger("creek.core.job");
    private static final Duration STOP_TIME = Duration.ofSeconds(10);
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(5);
    private static final Duration INTERRUPT_TIME = Duration.ofSeconds(2);

    private final LiveConnectorRegistry registry;
    private final JobWatchdog watchdog;
    private final Swapper swapper = new Swapper(this::all);
    private final LiveConnectorRegistry.Listener listener = new LiveConnectorRegistry.Listener() {
        @Override
        public void arrived() {
            swapper.arrived();
        }

        @Override
        public void departing(Object service, Provider provider) {
            swapper.departing(service, provider);
        }
    };
    private final SwapRecords records;
    private final BundleContext context;
    private final BundleListener forgetter = this::forget;
    private final SynchronousBundleListener ender = this::endBeforePlatform;
    private final BundleTracker<ManagedJob> tracker;
    /** By bundle id, in order of their start. Guarded by itself. */
    private final Map<Long, ManagedJob> jobs = new LinkedHashMap<>();

    @Activate
    public JobExtender(BundleContext context, @Reference LiveConnectorRegistry registry) {
        this.context = context;
        this.registry = registry;
        records = new SwapRecords(context, swapper);
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, new Bundles());
        registry.addListener(listener);
        context.addBundleListener(forgetter);
        context.addBundleListener(ender);
        tracker.open();
        watchdog = new JobWatchdog(this::all, WATCH_PERIOD);
    }

    /** Ends all jobs in order: all are told first, so that they end side by side. */
    @Deactivate
    void close() {
        watchdog.close();
        all().forEach(ManagedJob::stop);
        tracker.close();
        context.removeBundleListener(forgetter);
        context.removeBundleListener(ender);
        registry.removeListener(listener);
        swapper.close();
    }

    @Override
    public List<JobStatus> jobs() {
        return all().stream().map(ManagedJob::status).sorted(Comparator.comparing(JobStatus::name)).toList();
    }

    @Override
    public Optional<JobStatus> job(String name) {
        return find(name).map(ManagedJob::status);
    }

    @Override
    public Optional<JobStatus> await(String name, Duration atMost) throws InterruptedException {
        Optional<ManagedJob> job = find(name);
        if (job.isPresent()) {
            job.get().await(atMost);
        }
        return job.map(ManagedJob::status);
    }

    @Override
    public boolean stop(String name) {
        return tell(name, ManagedJob::stop);
    }

    @Override
    public boolean cancel(String name) {
        return tell(name, ManagedJob::cancel);
    }

    @Override
    public boolean pause(String name) {
        return tell(name, ManagedJob::pause);
    }

    @Override
    public boolean resume(String name) {
        return tell(name, ManagedJob::resume);
    }

    @Override
    public CompletableFuture<Long> checkpoint(String name) {
        return find(name).map(ManagedJob::checkpoint).orElseGet(() -> noJob(name));
    }

    @Override
    public CompletableFuture<Path> savepoint(String name, Path folder) {
        return find(name).map(job -> job.savepoint(folder)).orElseGet(() -> noJob(name));
    }

    @Override
    public List<JobPart> parts(String name) {
        return find(name).map(ManagedJob::parts).orElse(List.of());
    }

    @Override
    public List<String> why(String name) {
        return find(name).map(job -> {
            List<String> all = new ArrayList<>(job.why());
            all.addAll(new UnmadeServices(context, registry).lines(job.parts()));
            records.log().events().stream().filter(event -> event.job().equals(name)).forEach(event -> all.add(event.time() + " " + SwapLog.text(event)));
            return all;
        }).orElse(List.of());
    }

    @Override
    public String whereabouts(String name) {
        return find(name).map(ManagedJob::whereabouts).orElse("");
    }

    @Override
    public Map<String, Long> functionFigures(String name) {
        return find(name).map(ManagedJob::functionFigures).orElse(Map.of());
    }

    @Override
    public List<SwapEvent> swaps() {
        return records.log().events();
    }

    @Override
    public CompletableFuture<List<SwapEvent>> swap(long oldBundle, long newBundle) {
        return swapper.run(() -> new BundleExchange(context, registry, swapper, records.log(), this::all).make(oldBundle, newBundle));
    }

    private static <T> CompletableFuture<T> noJob(String name) {
        return CompletableFuture.failedFuture(new NoSuchElementException("there is no job " + name));
    }

    private boolean tell(String name, Consumer<ManagedJob> wish) {
        Optional<ManagedJob> job = find(name);
        job.ifPresent(wish);
        return job.isPresent();
    }

    /** The job of that name that was started last. */
    private Optional<ManagedJob> find(String name) {
        return all().stream().filter(job -> job.name().equals(name)).reduce((earlier, later) -> later);
    }

    /** Asked for at each job: a command runs the scripts of several folders in one platform. */
    private Path workingDirectory() {
        String directory = context.getProperty(WORKING_DIRECTORY);
        return Path.of(directory == null ? "" : directory).toAbsolutePath();
    }

    private Path jobsFolder() {
        String folder = context.getProperty(JOBS_FOLDER);
        return folder == null ? workingDirectory().resolve(".creek/jobs") : Path.of(folder).toAbsolutePath();
    }

    private List<ManagedJob> all() {
        synchronized (jobs) {
            return new ArrayList<>(jobs.values());
        }
    }

    /** When the platform stops, jobs end first, all side by side, and do not wait for what goes before them. */
    private void endBeforePlatform(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            records.platformStops();
            all().forEach(ManagedJob::stop);
            all().forEach(JobExtender::awaitEnd);
        }
    }

    private void forget(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            synchronized (jobs) {
                jobs.remove(event.getBundle().getBundleId());
            }
        }
    }

    private final class Bundles implements BundleTrackerCustomizer<ManagedJob> {
        @Override
        public ManagedJob addingBundle(Bundle bundle, BundleEvent event) {
            String name = bundle.getHeaders("").get(JobDefinition.JOB_HEADER);
            if (name == null) {
                return null;
            }
            boolean taken = find(name).filter(other -> !other.isEnded()).isPresent();
            Refusals refusals = records.refusals(name);
            ManagedJob job = new ManagedJob(name, Long.toString(bundle.getLastModified()), Boolean.parseBoolean(context.getProperty(AGAIN)), () -> {
                if (taken) {
                    throw new IllegalStateException("a job with the name " + name + " is running already");
                }
                return JobBundles.definition(bundle);
            }, new TaskEnvironment(name, registry.from(refusals::accept), workingDirectory(), jobsFolder().resolve(FileNames.of(name)),
                    Clock.systemUTC()), refusals, records);
            synchronized (jobs) {
                jobs.remove(bundle.getBundleId());
                jobs.put(bundle.getBundleId(), job);
            }
            job.start();
            return job;
        }

        @Override
        public void modifiedBundle(Bundle bundle, BundleEvent event, ManagedJob job) {
            // an active bundle stays what it is until it stops
        }

        @Override
        public void removedBundle(Bundle bundle, BundleEvent event, ManagedJob job) {
            job.stop();
            awaitEnd(job);
        }
    }

    /** Waits until a job that was told to stop has ended, but not for ever. */
    private static void awaitEnd(ManagedJob job) {
        try {
            if (!job.await(STOP_TIME)) {
                job.interrupt();
                if (!job.await(INTERRUPT_TIME)) {
                    LOG.log(Level.WARNING, "job {0} does not stop: something in it blocks", job.name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
