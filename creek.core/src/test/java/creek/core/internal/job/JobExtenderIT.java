package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.connector.PairFormat;
import creek.core.format.Format;
import creek.core.job.JobManager;
import creek.core.job.JobState;
import creek.core.job.JobStatus;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import creek.job.copy.CopyJob;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/** Jobs as bundles inside a real framework. */
@Timeout(300)
class JobExtenderIT {
    private final MemoryConnector memory = new MemoryConnector(true);
    private TestFramework framework;
    private JobManager jobs;

    @BeforeEach
    void start(@TempDir Path cache) throws Exception {
        framework = new TestFramework(cache);
        jobs = service(JobManager.class);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
        await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().startsWith("creek-job-")));
    }

    @Test
    void when_connectorIsMissing_then_jobWaitsAndStartsWhenItArrives() throws Exception {
        memory.source("in").records("a,1", "b,2").end();
        register(Connector.class, new MemoryConnector(true), Connector.NAME, "other", 0);
        framework.installJob("copy", CopyJob.class).start();
        await(() -> state() == JobState.WAITING);
        assertEquals("table 'in': connector 'memory' is not there; known connectors are other; "
                + "table 'out': connector 'memory' is not there; known connectors are other", jobs.job("copy").orElseThrow().reason().orElseThrow());

        register(Connector.class, memory, Connector.NAME, "memory", 0);
        await(() -> reason().startsWith("table 'in': format 'pair' is not there; known formats are "));

        register(Format.class, new PairFormat(), Format.NAME, "pair", 0);
        JobStatus end = jobs.await("copy", Duration.ofSeconds(60)).orElseThrow();
        assertEquals(JobState.FINISHED, end.state());
        assertEquals(2, end.recordsIn());
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
    }

    @Test
    void when_bundleStops_then_jobEndsInOrderAndIsRememberedUntilUninstalled() throws Exception {
        registerAll();
        memory.source("in").records("a,1");
        Bundle bundle = framework.installJob("copy", CopyJob.class);
        bundle.start();
        await(() -> memory.sink("out").rows.size() == 1);
        assertEquals(JobState.RUNNING, state());

        bundle.stop();
        assertEquals(JobState.STOPPED, state());
        assertEquals(List.of("finish", "close"), memory.sink("out").calls.subList(memory.sink("out").calls.size() - 2, memory.sink("out").calls.size()));
        assertEquals(1, jobs.job("copy").orElseThrow().recordsOut());

        bundle.uninstall();
        assertTrue(jobs.jobs().isEmpty());
    }

    @Test
    void when_waitingJobIsStopped_then_itStops() throws Exception {
        Bundle bundle = framework.installJob("copy", CopyJob.class);
        bundle.start();
        await(() -> state() == JobState.WAITING);
        assertTrue(jobs.stop("copy"));
        assertEquals(JobState.STOPPED, jobs.await("copy", Duration.ofSeconds(60)).orElseThrow().state());
        assertFalse(jobs.stop("nobody"));
    }

    @Test
    void when_pausedAndResumed_then_stateSaysSo() throws Exception {
        registerAll();
        framework.installJob("copy", CopyJob.class).start();
        await(() -> state() == JobState.RUNNING);
        jobs.pause("copy");
        await(() -> state() == JobState.PARKED);
        jobs.resume("copy");
        await(() -> state() == JobState.RUNNING);
    }

    @Test
    void when_jobFails_then_reasonIsToldAndItsBundleCanStartItAnew() throws Exception {
        registerAll();
        memory.source("in").records("a,x");
        Bundle bundle = framework.installJob("copy", CopyJob.class);
        bundle.start();
        JobStatus failed = jobs.await("copy", Duration.ofSeconds(60)).orElseThrow();
        assertEquals(JobState.FAILED, failed.state());
        assertEquals("table 'in', record 1: not a number at byte 2", failed.reason().orElseThrow());

        memory.source("in").records("a,1").end();
        bundle.stop();
        bundle.start();
        assertEquals(JobState.FINISHED, jobs.await("copy", Duration.ofSeconds(60)).orElseThrow().state());
    }

    @Test
    void when_jobNameIsTaken_then_secondJobFails() throws Exception {
        registerAll();
        framework.installJob("copy", CopyJob.class).start();
        await(() -> state() == JobState.RUNNING);
        Bundle second = framework.context().installBundle("test:again", framework.jobContent("copy", "creek.job.again", CopyJob.class));
        second.start();
        await(() -> jobs.jobs().stream().anyMatch(job -> job.state() == JobState.FAILED));
        second.uninstall();
        assertEquals(JobState.RUNNING, state());
    }

    @Test
    void when_jobBundleIsGone_then_nothingOfItIsHeld() throws Exception {
        registerAll();
        Bundle bundle = framework.installJob("copy", CopyJob.class);
        bundle.start();
        await(() -> state() == JobState.RUNNING);
        WeakReference<ClassLoader> loader = new WeakReference<>(bundle.loadClass(CopyJob.class.getName()).getClassLoader());
        bundle.stop();
        bundle.uninstall();
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue(refreshed.await(60, TimeUnit.SECONDS));
        await(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @Test
    void when_severalServicesHaveOneName_then_highestRankingIsGiven() throws Exception {
        ConnectorRegistry registry = service(ConnectorRegistry.class);
        MemoryConnector low = new MemoryConnector(true);
        MemoryConnector high = new MemoryConnector(true);
        ServiceRegistration<Connector> best = register(Connector.class, high, Connector.NAME, "memory", 5);
        register(Connector.class, low, Connector.NAME, "memory", 1);
        assertEquals(high, registry.connector("memory").orElseThrow());
        best.unregister();
        assertEquals(low, registry.connector("memory").orElseThrow());
        assertTrue(registry.connectorNames().contains("memory"));
    }

    @Test
    void when_aRunningJobsConnectorGoesAndComesBack_then_theJobWaitsMeanwhile() throws Exception {
        ServiceRegistration<Connector> connector = register(Connector.class, memory, Connector.NAME, "memory", 0);
        register(Format.class, new PairFormat(), Format.NAME, "pair", 0);
        memory.source("in").records("a,1");
        framework.installJob("copy", CopyJob.class).start();
        await(() -> memory.sink("out").rows.size() == 1);

        connector.unregister();
        assertEquals(JobState.WAITING, state());
        assertEquals("source 'in': connector 'memory' is not there; sink 'out': connector 'memory' is not there", reason());
        assertEquals(List.of("open", "close"), memory.source("in").calls);

        register(Connector.class, memory, Connector.NAME, "memory", 0);
        await(() -> state() == JobState.RUNNING);
        memory.source("in").records("b,2").end();
        assertEquals(JobState.FINISHED, jobs.await("copy", Duration.ofSeconds(60)).orElseThrow().state());
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
        assertEquals(List.of(Outcome.WAITING, Outcome.WAITING, Outcome.SWITCHED, Outcome.SWITCHED), jobs.swaps().stream().map(SwapEvent::outcome).toList());
    }

    @Test
    void when_theJobsBundleIsUpdated_then_theNewVersionGoesOn() throws Exception {
        registerAll();
        Bundle bundle = framework.installJob("copy", CopyJob.class);
        bundle.start();
        memory.source("in").records("a,1");
        await(() -> memory.sink("out").rows.size() == 1);
        bundle.update(framework.jobContent("copy", "creek.job.copy", CopyJob.class));
        await(() -> state() == JobState.RUNNING);
        memory.source("in").records("b,2").end();
        assertEquals(JobState.FINISHED, jobs.await("copy", Duration.ofSeconds(60)).orElseThrow().state());
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
    }

    @Test
    void when_theEngineStopsAndStarts_then_itsJobsGoOn() throws Exception {
        registerAll();
        framework.installJob("copy", CopyJob.class).start();
        memory.source("in").records("a,1");
        await(() -> memory.sink("out").rows.size() == 1);
        framework.engine().update();
        jobs = service(JobManager.class);
        await(() -> state() == JobState.RUNNING);
        memory.source("in").records("b,2").end();
        assertEquals(JobState.FINISHED, jobs.await("copy", Duration.ofSeconds(60)).orElseThrow().state());
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
    }

    @Test
    void when_thePlatformStops_then_jobsEndBeforeWhatTheyUse() throws Exception {
        registerAll();
        framework.installJob("copy", CopyJob.class).start();
        await(() -> state() == JobState.RUNNING);
        JobManager manager = jobs;
        framework.close();
        assertEquals(JobState.STOPPED, state());
        assertEquals(List.of("finish", "close"), memory.sink("out").calls.subList(memory.sink("out").calls.size() - 2, memory.sink("out").calls.size()));
        assertTrue(manager.swaps().isEmpty(), () -> manager.swaps().toString());
    }

    private void registerAll() {
        register(Connector.class, memory, Connector.NAME, "memory", 0);
        register(Format.class, new PairFormat(), Format.NAME, "pair", 0);
    }

    private <S> ServiceRegistration<S> register(Class<S> type, S service, String property, String name, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(property, name, Constants.SERVICE_RANKING, ranking));
        return framework.context().registerService(type, service, properties);
    }

    private <S> S service(Class<S> type) throws InterruptedException {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(framework.context(), type, null);
        tracker.open(true);
        return tracker.waitForService(60_000);
    }

    private JobState state() {
        return jobs.job("copy").orElseThrow().state();
    }

    private String reason() {
        return jobs.job("copy").orElseThrow().reason().orElse("");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > deadline, "did not come to pass");
            Thread.sleep(1);
        }
    }
}
