package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of the connector take over from each other while messages come and go, and leave nothing behind. */
class TakeOverTest {
    private static final int SWITCHES = Integer.getInteger("creek.mqtt.switches", 8);
    private static final int BETWEEN = 50;

    @TempDir
    Path folder;
    private static Broker broker;
    private static int tests;
    private final String topic = "takeover/" + tests++;
    private final Versions versions = new Versions();
    private final long[] gaps = new long[SWITCHES];
    private final Logger log = Logger.getLogger("creek.connector.mqtt");
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("lost the connection")) {
                losses.add(record.getMessage() + Arrays.toString(record.getParameters()));
            }
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    @BeforeEach
    void listen() {
        log.addHandler(listener);
    }

    /** Whoever hands over has not lost its connection. */
    @AfterEach
    void nothingWasLost() {
        log.removeHandler(listener);
        assertEquals(List.of(), losses);
    }

    private Map<String, String> options(String... more) {
        Map<String, String> options = new TreeMap<>(Map.of("url", broker.url(), "topic", topic, "reconnect.delay", "50 ms",
                "reconnect.max-delay", "200 ms"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private TestSource source(Map<String, String> options) throws Exception {
        return new TestSource(versions.next(), options, List.of(), folder, true);
    }

    /** Returns when the session is known to be there, and forgets what came. */
    private void await(TestSource source) throws Exception {
        try (Publisher publisher = new Publisher(broker.url())) {
            source.greet(publisher, topic);
        }
        source.records.clear();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    @ParameterizedTest
    @CsvSource({"5,1,at-least-once", "5,2,at-least-once", "3.1.1,1,at-least-once", "5,1,at-most-once", "5,2,at-most-once"})
    void sourcesHandOverUnderLoad(String version, int qos, String delivery) throws Exception {
        Map<String, String> options = options("protocol.version", version, "qos", "" + qos, "source.delivery-guarantee", delivery);
        TestSource source = source(options).open();
        await(source);
        assertNotSame(MqttConnector.class.getClassLoader(), source.reader.getClass().getClassLoader());
        long threads = threads();
        long files = openFiles();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        Thread device = device(stop, sent, qos);
        try {
            for (int i = 0; i < SWITCHES; i++) {
                // Until something has come that was sent since it was opened, so that it is connected.
                source.readUntil(sent.get() + BETWEEN);
                source = handOver(source, options, i);
            }
            stop.set(true);
            device.join();
            source.readUntil(sent.get());
            source.readRest(Duration.ofMillis(300));
            eachOnce(sent.get(), source.records);
            nothingIsLeft(threads, files);
        } finally {
            stop.set(true);
            source.close();
        }
        sayGaps("source " + version + ", quality " + qos + ", " + delivery);
    }

    private static void eachOnce(int count, List<String> records) {
        Set<String> lost = new LinkedHashSet<>(numbers(0, count));
        Set<String> seen = new HashSet<>();
        List<String> twice = records.stream().filter(text -> !seen.add(text)).toList();
        lost.removeAll(seen);
        assertTrue(lost.isEmpty() && twice.isEmpty(), () -> "of " + count + " " + lost.size() + " are lost, such as " + lost.stream().limit(5).toList()
                + ", and " + twice.size() + " came again, such as " + twice.stream().limit(5).toList());
    }

    /** As the engine does it: a newcomer is tried with a position first, then the old one is closed and the newcomer goes on where it was. */
    private TestSource handOver(TestSource old, Map<String, String> options, int number) throws Exception {
        TestSource probe = source(options);
        assertTrue(probe.reader.acceptsPosition(old.reader.positionVersion()));
        probe.restore(old.position());
        probe.close();
        TestSource next = source(options);
        if (number % 2 == 0) {
            // else as one that arrives when the other has gone
            next.reader.prepare(old.reader.positionVersion(), new BinaryReader(old.position()));
        }
        old.readOnce(1);
        long start = System.nanoTime();
        byte[] position = old.position();
        old.close();
        next.restore(position).open();
        gaps[number] = System.nanoTime() - start;
        next.records.addAll(old.records);
        return next;
    }

    private Thread device(AtomicBoolean stop, AtomicInteger sent, int qos) {
        Thread device = new Thread(() -> {
            try (Publisher publisher = new Publisher(broker.url())) {
                while (!stop.get()) {
                    publisher.publish(topic, "m" + sent.get(), qos);
                    sent.incrementAndGet();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, "device");
        device.start();
        return device;
    }

    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void sinksHandOverUnderLoad(String version) throws Exception {
        Map<String, String> options = options("protocol.version", version);
        try (TestSource reader = new TestSource(options, List.of(), folder.resolve("reader"), false).open()) {
            await(reader);
            TestSink sink = new TestSink(versions.next(), options, folder, false, List.of()).open();
            sink.write("hello");
            reader.readUntil(1);
            reader.records.clear();
            long threads = threads();
            long files = openFiles();
            int number = 0;
            for (int i = 0; i < SWITCHES; i++) {
                for (int count = 0; count < BETWEEN; count++) {
                    sink.write("m" + number++);
                }
                reader.readUntil(number);
                for (int count = 0; count < BETWEEN; count++) {
                    sink.write("m" + number++);
                }
                sink = handOver(sink, options, i);
            }
            sink.writer.finish();
            reader.readRest(Duration.ofMillis(300));
            assertTrue(numbers(0, number).equals(reader.records.stream().distinct().toList()));
            nothingIsLeft(threads, files);
            sink.close();
        }
        sayGaps("sink " + version);
    }

    private TestSink handOver(TestSink old, Map<String, String> options, int number) throws Exception {
        TestSink next = new TestSink(versions.next(), options, folder, false, List.of());
        assertTrue(next.writer.canTakeOver(old.writer.commitVersion()));
        if (number % 2 == 0) {
            next.writer.prepare();
        }
        long start = System.nanoTime();
        PendingCommit unit = old.writer.beginCommit(number);
        BinaryWriter written = new BinaryWriter();
        unit.write(written);
        old.close();
        List<PendingCommit> own = next.writer.takeOver(old.writer.commitVersion(), List.of(new BinaryReader(written.toBytes())));
        next.open();
        gaps[number] = System.nanoTime() - start;
        for (PendingCommit each : own) {
            each.prepare();
            each.commit();
        }
        return next;
    }

    @Test
    void whatASinkCouldNotSendIsHandedOver() throws Exception {
        try (Proxy proxy = new Proxy(broker.port); TestSource reader = new TestSource(options(), List.of(), folder.resolve("reader"), false).open()) {
            await(reader);
            proxy.refuse(true);
            Map<String, String> options = options("url", proxy.url(), "sink.buffer-size", "4 kb");
            TestSink sink = new TestSink(versions.next(), options, folder, false, List.of()).open();
            for (String number : numbers(0, 500)) {
                sink.write(number);
            }
            sink = handOver(sink, options, 0);
            sink = handOver(sink, options, 1);
            for (String number : numbers(500, 510)) {
                sink.write(number);
            }
            proxy.refuse(false);
            sink.writer.finish();
            sink.close();
            reader.readUntil(510);
            assertEquals(numbers(0, 510), reader.records);
        }
    }

    private void nothingIsLeft(long threads, long files) throws InterruptedException {
        assertTrue(Versions.comes(() -> threads() <= threads), () -> threads + " threads have become " + Thread.getAllStackTraces().keySet());
        assertTrue(Versions.comes(() -> openFiles() <= files), () -> files + " open files have become " + openFiles());
        assertTrue(Versions.comes(() -> versions.alive() <= 1), () -> versions.alive() + " copies are alive");
    }

    /** Those of connectors. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().matches("(?i).*mqtt.*|.*creek-.*")).count();
    }

    /** Files and connections; none where the system does not tell. */
    private static long openFiles() {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(own)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sayGaps(String what) {
        Arrays.sort(gaps);
        System.getLogger("creek.connector.mqtt.test").log(System.Logger.Level.INFO, "{0}: {1} switches, median {2} ms, p99 {3} ms", what, SWITCHES,
                gaps[SWITCHES / 2] / 1e6, gaps[SWITCHES * 99 / 100] / 1e6);
    }
}
