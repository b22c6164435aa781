package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of the connector's bundle, and of its client's, come beside the platform's, are updated and go, while a job reads by way of the journal and writes
 * files and to a topic: each message is in the files once and comes to the topic in order, and old versions leave nothing behind.
 */
class SwapTest {
    private static final int ROUNDS = Integer.getInteger("creek.mqtt.switches", 2);
    /** The platform's own, of version 0.1.0. */
    private static final Path BUNDLE = Path.of("../run/target/creek/bundles/creek.connector.mqtt.jar");
    private static final Path CLIENT = Path.of("../run/target/creek/bundles/creek.mqtt.client.jar");
    /** What a package of the client is exported with, and the least one that is imported. */
    private static final Pattern CLIENT_VERSION = Pattern.compile("(org\\.eclipse\\.paho[\\w.]*;version=\"\\[?\\d+\\.\\d+\\.\\d+)");
    private static final Pattern EVENT = Pattern.compile(".*connector 'mqtt' of (.*?): (.*? to .*? (\\d+\\.\\d+\\.\\d+).*|.*)");

    @TempDir
    Path folder;
    private static Broker broker;
    private final BlockingQueue<String> copies = new LinkedBlockingQueue<>();
    private int lastCopy = -1;
    /** Lines of events that were looked at. */
    private int seenEvents;
    private Path deploy;
    private final AtomicInteger sent = new AtomicInteger();
    private CreekProcess platform;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    private String script() {
        String table = "WITH ('connector' = 'mqtt', 'url' = '" + broker.url() + "', 'topic' = 'swap/%s', 'format' = 'raw'%s);\n";
        return "SET 'execution.checkpointing.interval' = '200 ms';\n"
                + "SET 'swap.probation.time' = '200 ms';\n"
                + "SET 'swap.timeout' = '60 s';\n"
                + "CREATE TABLE numbers (n STRING) " + table.formatted("in", ", 'source.delivery-guarantee' = 'at-least-once'")
                + "CREATE TABLE copies (n STRING) " + table.formatted("out", "")
                + "CREATE TABLE files (n STRING) WITH ('connector' = 'filesystem', 'path' = '" + folder.resolve("out") + "', 'format' = 'raw');\n"
                + "EXECUTE STATEMENT SET BEGIN INSERT INTO copies SELECT n FROM numbers; INSERT INTO files SELECT n FROM numbers; END;\n";
    }

    @Test
    void versionsComeAndGoUnderLoad() throws Exception {
        underLoad(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (String version : List.of("0.1." + (2 * round + 1), "0.1." + (2 * round + 2))) {
                    deploy(version(BUNDLE, version, ""), "mqtt.jar");
                    awaitVersion(version);
                }
                Files.delete(deploy.resolve("mqtt.jar"));
                awaitVersion("0.1.0");
            }
        });
    }

    /** The platform's connector keeps its own. When the other client is updated, the deploy folder has that one's connector started again with it. */
    @Test
    void anotherClientComesWithItsConnector_andIsUpdated() throws Exception {
        underLoad(() -> {
            deploy(version(CLIENT, "0.1.1", ".other"), "client.jar");
            deploy(version(BUNDLE, "0.1.1", ".other"), "mqtt.jar");
            awaitVersion("0.1.1");
            deploy(version(CLIENT, "0.1.2", ".other"), "client.jar");
            awaitVersion("0.1.1");
            Files.delete(deploy.resolve("mqtt.jar"));
            awaitVersion("0.1.0");
            Files.delete(deploy.resolve("client.jar"));
        });
    }

    /** What is done to a platform on which the job runs. */
    private interface Change {
        void make() throws Exception;
    }

    private void underLoad(Change change) throws Exception {
        Path data = folder.resolve("data");
        deploy = Files.createDirectories(data.resolve("deploy"));
        CreekProcess.run(folder.resolve("compiled.txt"), "compile", Files.writeString(folder.resolve("numbers.sql"), script()).toString(), "-o",
                deploy.resolve("numbers.jar").toString());
        AtomicBoolean stop = new AtomicBoolean();
        Thread device = new Thread(() -> publish(sent, stop), "device");
        try (CreekProcess started = CreekProcess.start(folder.resolve("platform.txt"), "start", "--data", data.toString());
                AutoCloseable subscription = PlatformTest.subscribe((topic, message) -> copies.add(PlatformTest.text(message)), "swap/out");
                Publisher publisher = new Publisher(broker.url())) {
            platform = started;
            for (int tries = 0; copies.poll(200, TimeUnit.MILLISECONDS) == null; tries++) {
                assertTrue(tries < 900 && platform.isAlive(), this::said);
                publisher.publish("swap/in", "hello", 1);
            }
            device.start();
            awaitCopy(100);
            List<Long> before = remains();
            change.make();
            List<Long> after = before;
            for (int tries = 0; tries == 0 || tries < 200 && !after.equals(before); tries++) {
                after = remains();
            }
            assertEquals(before, after, "class loaders of bundles, connections' threads");
            stop.set(true);
            device.join();
            awaitCopy(sent.get() - 1);
            assertEquals(0, platform.stop(), platform.said());
        } finally {
            stop.set(true);
        }
        assertEquals(IntStream.range(0, sent.get()).boxed().toList(), written());
    }

    private static void publish(AtomicInteger sent, AtomicBoolean stop) {
        try (Publisher publisher = new Publisher(broker.url())) {
            while (!stop.get()) {
                publisher.publish("swap/in", "" + sent.get(), 1);
                sent.incrementAndGet();
            }
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deploy(Path bundle, String name) throws IOException {
        Files.move(bundle, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * A bundle of the platform as one of another version.
     *
     * @param client the qualifier of the client's version, with a dot, which its packages are exported with or asked for; nothing to leave it as it is
     */
    private Path version(Path bundle, String version, String client) throws IOException {
        Path file = folder.resolve("version.jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(bundle))) {
            Attributes headers = in.getManifest().getMainAttributes();
            headers.putValue("Bundle-Version", version);
            for (String header : List.of("Import-Package", "Export-Package")) {
                if (headers.getValue(header) != null) {
                    headers.putValue(header, CLIENT_VERSION.matcher(headers.getValue(header)).replaceAll("$1" + client));
                }
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), in.getManifest())) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return file;
    }

    /** Waits until both tables have gone over to a version, once more, and what was sent since has come. */
    private void awaitVersion(String version) throws Exception {
        Map<String, String> last = new HashMap<>();
        for (int tries = 0; last.size() < 2 || !last.values().stream().allMatch(version::equals); tries++) {
            assertTrue(tries < 1200 && platform.isAlive(), () -> version + ": " + last + "\n" + said());
            Thread.sleep(100);
            Path file = deploy.resolveSibling("creek.events");
            List<String> events = Files.exists(file) ? Files.readAllLines(file) : List.of();
            for (String line : events.subList(seenEvents, events.size())) {
                Matcher event = EVENT.matcher(line);
                if (event.matches()) {
                    last.put(event.group(1), "" + event.group(3));
                }
            }
            seenEvents = events.size();
        }
        awaitCopy(sent.get());
    }

    /** Waits for a number's copy; each must come after the one before, where a sink may have sent some again. */
    private void awaitCopy(int number) throws Exception {
        while (lastCopy < number) {
            String text = copies.poll(180, TimeUnit.SECONDS);
            assertTrue(text != null, () -> "after " + lastCopy + " none came\n" + said());
            int copy = text.equals("hello") ? -1 : Integer.parseInt(text);
            assertTrue(copy <= lastCopy + 1, () -> lastCopy + " was followed by " + copy);
            lastCopy = Math.max(lastCopy, copy);
        }
    }

    private String said() {
        try {
            return platform.said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** How many class loaders of bundles there are, and how many threads of the connector. */
    private List<Long> remains() throws Exception {
        long loaders = platform.ask("GC.class_histogram").filter(line -> line.endsWith("BundleWiringImpl$BundleClassLoader"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1])).sum();
        return List.of(loaders, platform.ask("Thread.print").filter(line -> line.startsWith("\"creek mqtt ")).count());
    }

    /** What is in files that are final, in order. */
    private List<Integer> written() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith(".")).toList()) {
                all.append(Files.readString(file));
            }
            return Arrays.stream(all.toString().split("\n")).filter(line -> !line.equals("hello")).map(Integer::valueOf).sorted().toList();
        }
    }
}
