package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSink;
import creek.connector.testing.TestSource;
import creek.core.connector.Connector;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Schema;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of the bundle, each with a class loader and a client library of its own, take turns in reading and writing while records come: from one topic
 * to another, exactly once. Reader and writer are driven as the engine does.
 */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaSwapTest {
    private static final int SWITCHES = Integer.getInteger("creek.kafka.switches", 8);
    private static final int RATE = Integer.getInteger("creek.kafka.rate", 2_000);

    @TempDir
    private Path folder;
    private final KafkaBroker broker = SharedBroker.broker();
    private String in;
    private String out;

    /** As a bundle: all but the JDK and the engine is its own. */
    private static final class Bundle extends URLClassLoader {
        private static final URL[] CLASS_PATH = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> url(Path.of(entry))).toArray(URL[]::new);

        Bundle() {
            super(CLASS_PATH, KafkaSwapTest.class.getClassLoader());
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (java.net.MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.matches("(creek\\.connector\\.kafka|org\\.apache\\.kafka|org\\.slf4j|net\\.jpountz|org\\.xerial|com\\.github\\.luben)\\..*")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }

    /** What the engine does with one source and one sink. */
    private final class Job {
        private final TestSource source = new TestSource(folder, "properties.bootstrap.servers", broker.servers(), "topic", in,
                "scan.startup.mode", "earliest-offset").withCheckpoints();
        private final TestSink sink = new TestSink(folder, "properties.bootstrap.servers", broker.servers(), "topic", out,
                "sink.delivery-guarantee", "exactly-once", "sink.transactional-id-prefix", "swap", "sink.partitioner", "fixed")
                .withSchema(Schema.empty().with("v", DataType.string())).withCheckpoints();
        private final List<PendingCommit> pending = new ArrayList<>();
        private SourceReader reader;
        private SinkWriter writer;
        private int written;
        private long lastRow;
        private long gap;

        Job(Connector connector) throws Exception {
            writer = connector.createWriter(sink);
            writer.restore(writer.commitVersion(), List.of());
            writer.open();
            reader = source.open(connector);
        }

        void step() throws Exception {
            if (!writer.isReady()) {
                writer.flush();
                Thread.sleep(1);
                return;
            }
            source.read(500);
            if (source.records().isEmpty()) {
                writer.flush();
                Thread.sleep(1);
                return;
            }
            for (String each : source.records()) {
                writer.write(TestSink.row(each));
            }
            written += source.records().size();
            source.records().clear();
            source.events().clear();
            long now = System.nanoTime();
            gap = lastRow == 0 ? 0 : Math.max(gap, now - lastRow);
            lastRow = now;
        }

        private void begin(long checkpoint) throws Exception {
            PendingCommit unit = writer.beginCommit(checkpoint);
            if (unit != null) {
                pending.add(unit);
            }
        }

        void checkpoint(long number) throws Exception {
            begin(number);
            for (PendingCommit each : pending) {
                each.prepare();
            }
            for (PendingCommit each : pending) {
                each.commit();
            }
            pending.clear();
        }

        private byte[] position() throws Exception {
            BinaryWriter position = new BinaryWriter();
            reader.writePosition(position);
            return position.toBytes();
        }

        /** @param prepares whether the other one prepares, as mostly, or takes over cold, as one that was waited for */
        void switchTo(Connector other, boolean prepares) throws Exception {
            int version = reader.positionVersion();
            SourceReader old = reader;
            SourceReader newcomer = other.createReader(source);
            assertTrue(newcomer.acceptsPosition(version));
            if (prepares) {
                byte[] begin = position();
                newcomer.prepare(version, new BinaryReader(begin));
                while (Arrays.equals(begin, position())) {
                    step();
                }
                gap = 0;
            }
            newcomer.restorePosition(version, new BinaryReader(position()));
            assertTrue(old.closesLater());
            reader = source.open(newcomer);
            old.close();

            begin(0);
            List<BinaryReader> units = new ArrayList<>();
            for (PendingCommit each : pending) {
                BinaryWriter unit = new BinaryWriter();
                each.write(unit);
                units.add(new BinaryReader(unit.toBytes()));
            }
            SinkWriter before = writer;
            writer = other.createWriter(sink);
            assertTrue(writer.canTakeOver(before.commitVersion()));
            before.close();
            pending.clear();
            pending.addAll(writer.takeOver(before.commitVersion(), units));
            writer.open();
        }
    }

    @BeforeEach
    void createTopics() throws Exception {
        in = SharedBroker.topic(1);
        out = SharedBroker.topic(1);
    }

    private static Connector load(ClassLoader bundle) throws ReflectiveOperationException {
        Connector connector = (Connector) Class.forName(KafkaConnector.class.getName(), true, bundle).getConstructor().newInstance();
        assertNotSame(KafkaConnector.class, connector.getClass());
        return connector;
    }

    /** Sends numbers at a rate until it is interrupted. */
    private final class Load extends Thread {
        private volatile int sent;

        Load() {
            super("load");
        }

        @Override
        public void run() {
            try (KafkaProducer<String, String> producer = broker.producer(Map.of("linger.ms", 2))) {
                long start = System.nanoTime();
                while (!isInterrupted()) {
                    long due = (System.nanoTime() - start) * RATE / TimeUnit.SECONDS.toNanos(1);
                    while (sent < due) {
                        producer.send(new ProducerRecord<>(in, null, Integer.toString(sent)));
                        sent++;
                    }
                    Thread.sleep(1);
                }
            } catch (InterruptedException e) {
                // enough
            }
        }
    }

    @Test
    void when_versionsTakeTurnsUnderLoad_then_nothingIsLostOrTwiceAndNothingIsLeft() throws Exception {
        List<Long> gaps = new ArrayList<>();
        Load load = new Load();
        List<String> threads;
        Set<ObjectName> beans;
        try (Bundle first = new Bundle(); Bundle second = new Bundle()) {
            Connector[] versions = {load(first), load(second)};
            for (Connector version : versions) {
                version.selfTest();
            }
            Job job = new Job(versions[0]);
            load.start();
            threads = threads();
            beans = beans();
            run(job, 500);
            for (int number = 1; number <= SWITCHES; number++) {
                job.gap = 0;
                job.switchTo(versions[number % 2], number % 4 < 2);
                run(job, RATE / 10);
                gaps.add(TimeUnit.NANOSECONDS.toMillis(job.gap));
                if (number % 2 == 0) {
                    job.checkpoint(number);
                }
                if (number == 2) {
                    // what is made once in each version is there
                    threads = threads();
                    beans = beans();
                }
            }
            // one spare producer more or less may be on its way
            int mostThreads = threads.size() + 2;
            await(() -> threads().size() <= mostThreads, KafkaSwapTest::threads);
            int mostBeans = beans.size() + 1;
            await(() -> beans().size() <= mostBeans, KafkaSwapTest::beans);
            load.interrupt();
            load.join();
            while (job.written < load.sent) {
                job.step();
            }
            job.checkpoint(SWITCHES + 1);
            job.reader.close();
            job.writer.finish();
            job.writer.close();
            await(() -> threads().stream().noneMatch(name -> name.contains("kafka")), KafkaSwapTest::threads);
            await(() -> beans().isEmpty(), KafkaSwapTest::beans);
        }
        List<Integer> values = broker.read(out).stream().map(ConsumerRecord::value).map(Integer::valueOf).toList();
        assertEquals(IntStream.range(0, load.sent).boxed().toList(), values);
        System.out.println("gaps in ms: " + gaps);
    }

    private static void run(Job job, int more) throws Exception {
        for (int end = job.written + more; job.written < end; ) {
            job.step();
        }
    }

    /** Waits for something that is so when all that is being closed has been. */
    private static void await(Callable<Boolean> condition, Callable<?> instead) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "there are still " + instead.call());
            Thread.sleep(20);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList();
    }

    /** One for each client. */
    private static Set<ObjectName> beans() throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("kafka.*:type=app-info,*"), null).stream()
                .filter(name -> name.getKeyProperty("id").startsWith("creek-")).collect(Collectors.toSet());
    }
}
