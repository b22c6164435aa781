package creek.core.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.MemoryConnector;
import creek.core.connector.PairFormat;
import creek.core.format.Format;
import creek.core.job.JobManager;
import creek.core.job.JobState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.util.tracker.ServiceTracker;

/** A function that a bundle registers by Declarative Services, in a job that runs in a real framework while the bundle is replaced. */
@Timeout(300)
class FunctionBundleIT {
    private static final String JOB = """
            package creek.job.scale;
            import creek.core.data.*;
            import creek.core.function.*;
            import creek.core.job.*;
            import creek.core.operator.*;
            public final class ScaleJob implements JobDefinition {
                private static final Schema PAIR = Schema.empty().with("k", DataType.string()).with("ts", DataType.bigint());
                public void define(Topology topology) {
                    topology.set("swap.timeout", "10 min");
                    topology.set("swap.probation.time", "PROBATION");
                    topology.function("SCALE", "acme.Scale");
                    topology.source("in", new TableSource("in", PAIR).option("connector", "memory").option("name", "in").option("format", "pair")
                            .read("k").read("ts"))
                            .then("calc", new CalcOperator(new Calc1(), 2))
                            .sink("out", new TableSink("out", PAIR).option("connector", "memory").option("name", "out"));
                }
                public interface CallScale { long call(long a0) throws Exception; }
                public static final class CallScaleAdapter extends FunctionAdapter<CallScale> implements CallScale {
                    private final acme.Scale function;
                    public CallScaleAdapter(creek.udf.api.UserDefinedFunction given) { function = (acme.Scale) given; }
                    public long call(long a0) throws Exception {
                        try { return function.eval(a0); } catch (Throwable e) {
                            CallScale instead = instead(e);
                            if (instead != null) { return instead.call(a0); }
                            throw FunctionException.of("SCALE", e, new Object[] {a0});
                        }
                    }
                }
                public static final class Calc1 implements Calc {
                    private CallScale scale;
                    public void open(OperatorContext context) throws Exception {
                        context.function("SCALE", "acme.Scale", CallScale.class, call -> scale = call);
                    }
                    public boolean project(Row in, Row out) throws Exception {
                        out.setFrom(0, in, 0);
                        out.setLong(1, scale.call(in.getLong(1)));
                        return true;
                    }
                }
            }
            """;
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="acme.Scale"><implementation class="acme.Scale"/>
            <service><provide interface="creek.udf.api.UserDefinedFunction"/></service><property name="creek.function" value="SCALE"/></scr:component>""";

    @TempDir
    Path directory;
    private final MemoryConnector memory = new MemoryConnector(true);
    private TestFramework framework;
    private JobManager jobs;
    private int folders;

    @BeforeEach
    void start(@TempDir Path cache) throws Exception {
        framework = new TestFramework(cache);
        ServiceTracker<JobManager, JobManager> tracker = new ServiceTracker<>(framework.context(), JobManager.class, null);
        tracker.open(true);
        jobs = tracker.waitForService(60_000);
        framework.context().registerService(Connector.class, memory, new Hashtable<>(Map.of(Connector.NAME, "memory")));
        framework.context().registerService(Format.class, new PairFormat(), new Hashtable<>(Map.of(Format.NAME, "pair")));
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Path compile(Path seen, String name, String source) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("classes" + ++folders));
        Path file = Files.createDirectories(directory.resolve("source" + folders)).resolve(name + ".java");
        Files.writeString(file, source);
        String classPath = System.getProperty("java.class.path") + (seen == null ? "" : File.pathSeparator + seen);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", folder.toString(), "-cp", classPath, file.toString()));
        return folder;
    }

    private static InputStream bundle(Path classes, Map<String, String> headers, String component) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
            }
            if (component != null) {
                jar.putNextEntry(new ZipEntry("OSGI-INF/scale.xml"));
                jar.write(component.getBytes(StandardCharsets.UTF_8));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private InputStream function(String version, String eval) throws Exception {
        Path classes = compile(null, "Scale", "package acme; public class Scale extends creek.udf.api.ScalarFunction { int calls; public long eval(long n) { "
                + eval + " } }");
        return bundle(classes, Map.of("Bundle-SymbolicName", "acme.functions", "Bundle-Version", version, "Import-Package", "creek.udf.api",
                "Service-Component", "OSGI-INF/scale.xml"), COMPONENT);
    }

    @Test
    void functionOfABundle_isReplacedWhileTheJobRuns() throws Exception {
        // the bad one has not been good for long enough whatever time passes between its rows
        installJob("1 h");
        await(() -> state() == JobState.WAITING);
        assertTrue(jobs.job("scale").orElseThrow().reason().orElseThrow().startsWith("function SCALE: "), jobs.why("scale").toString());

        Bundle function = framework.context().installBundle("test:functions", function("1.0.0", "return 2 * n;"));
        function.start();
        await(() -> state() == JobState.RUNNING);
        assertRow("a,1", "a,2");

        // beside it, the newer serves
        Bundle newer = framework.context().installBundle("test:functions2", function("1.1.0", "return 3 * n;"));
        newer.start();
        awaitSwaps(1);
        assertRow("b,1", "b,3");

        // one that fails at its second row: the row is computed by the old one, which serves again
        Bundle bad = framework.context().installBundle("test:functions3",
                function("1.2.0", "if (++calls > 1) { throw new IllegalStateException(\"bad\"); } return 4 * n;"));
        bad.start();
        awaitSwaps(2);
        assertRow("c,1", "c,4");
        assertRow("d,1", "d,3");
        assertRow("e,1", "e,3");
        assertEquals(JobState.RUNNING, state());
        bad.uninstall();

        // gone: the job waits; back: it goes on
        newer.uninstall();
        await(() -> state() == JobState.RUNNING);
        assertRow("f,1", "f,2");
        function.stop();
        await(() -> state() == JobState.WAITING);
        memory.source("in").records("g,1");
        function.update(function("2.0.0", "return 5 * n;"));
        function.start();
        await(() -> memory.sink("out").rows.contains("g,5"));
        assertEquals(List.of("a,2", "b,3", "c,4", "d,3", "e,3", "f,2", "g,5"), memory.sink("out").rows);

        // the platform would stop the function before the job, which does not wait for it
        int swaps = jobs.swaps().size();
        framework.close();
        assertEquals(swaps, jobs.swaps().size(), () -> jobs.swaps().toString());
    }

    @Test
    void bundlesTakeEachOthersPlaceOnRequest_whateverTheirVersions() throws Exception {
        Bundle newer = framework.context().installBundle("test:functions2", function("1.1.0", "return 3 * n;"));
        newer.start();
        installJob("1 s");
        await(() -> state() == JobState.RUNNING);
        assertRow("a,1", "a,3");

        // an older one, which is not even started
        Bundle older = framework.context().installBundle("test:functions", function("1.0.0", "return 2 * n;"));
        assertEquals(1, jobs.swap(newer.getBundleId(), older.getBundleId()).get(60, TimeUnit.SECONDS).size());
        assertEquals(Bundle.RESOLVED, newer.getState());
        assertRow("b,1", "b,2");

        // one that does not fit stays out, and the other one stays
        Bundle unfit = framework.context().installBundle("test:functions3", function("0.9.0", "return n; } public void open(creek.udf.api.FunctionContext c) { "
                + "throw new IllegalStateException(\"unfit\");"));
        ExecutionException refused = assertThrows(ExecutionException.class,
                () -> jobs.swap(older.getBundleId(), unfit.getBundleId()).get(60, TimeUnit.SECONDS));
        assertTrue(refused.getMessage().contains("did not take the place of bundle") && refused.getMessage().contains("unfit"), refused::getMessage);
        assertEquals(Bundle.ACTIVE, older.getState());
        assertRow("c,1", "c,2");
        assertThrows(ExecutionException.class, () -> jobs.swap(older.getBundleId(), older.getBundleId()).get(60, TimeUnit.SECONDS));
        assertThrows(ExecutionException.class, () -> jobs.swap(older.getBundleId(), 9999).get(60, TimeUnit.SECONDS));
        assertRow("d,1", "d,2");
        assertEquals(JobState.RUNNING, state());
    }

    private void installJob(String probation) throws Exception {
        Path first = compile(null, "Scale", "package acme; public class Scale extends creek.udf.api.ScalarFunction { public long eval(long n) { return n; } }");
        Path job = compile(first, "ScaleJob", JOB.replace("PROBATION", probation));
        framework.context().installBundle("test:scale", bundle(job, Map.of("Bundle-SymbolicName", "creek.job.scale", "Import-Package",
                "creek.core.data,creek.core.function,creek.core.job,creek.core.operator,creek.udf.api", "Creek-Job", "scale",
                "Creek-Job-Definition", "creek.job.scale.ScaleJob"), null)).start();
    }

    private void assertRow(String in, String out) throws InterruptedException {
        int rows = memory.sink("out").rows.size();
        memory.source("in").records(in);
        await(() -> memory.sink("out").rows.size() > rows);
        assertEquals(out, memory.sink("out").rows.get(rows));
    }

    private void awaitSwaps(int count) throws InterruptedException {
        await(() -> jobs.swaps().size() >= count);
    }

    private JobState state() {
        return jobs.job("scale").map(job -> job.state()).orElse(null);
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > deadline, () -> "did not come to pass: " + jobs.why("scale") + jobs.swaps() + memory.sink("out").rows);
            Thread.sleep(1);
        }
    }
}
