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
 * Versions of the connector's bundle come beside the platform's, are updated and go, while a job reads by way of the journal and writes files and to a
 * topic: each message is in the files once and comes to the topic in order, and old versions leave nothing behind.
 */
class SwapTest {
    private static final int ROUNDS = Integer.getInteger("creek.mqtt.switches", 2);
    /** The platform's own, of version 0.1.0. */
    private static final Path BUNDLE = Path.of("../run/target/creek/bundles/creek.connector.mqtt.jar");
    private static final Pattern EVENT = Pattern.compile(".*connector 'mqtt' of (.*?): (.*? to .*? (\\d+\\.\\d+\\.\\d+).*|.*)");

    @TempDir
    Path folder;
    private static Broker broker;
    private final BlockingQueue<String> copies = new LinkedBlockingQueue<>();
    private int lastCopy = -1;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    private String script() {
        String table = "WITH ('connector' = 'mqtt', 'url' = '" + broker.url() + "', 'topic' = 'swap/%s', 'format' = 'raw'%s);\n";
        return "SET 'execution.checkpointing.interval' = '200 ms';\n"
                + "SET 'swap.probation.time' = '200 ms';\n"
                + "CREATE TABLE numbers (n STRING) " + table.formatted("in", ", 'source.delivery-guarantee' = 'at-least-once'")
                + "CREATE TABLE copies (n STRING) " + table.formatted("out", "")
                + "CREATE TABLE files (n STRING) WITH ('connector' = 'filesystem', 'path' = '" + folder.resolve("out") + "', 'format' = 'raw');\n"
                + "EXECUTE STATEMENT SET BEGIN INSERT INTO copies SELECT n FROM numbers; INSERT INTO files SELECT n FROM numbers; END;\n";
    }

    @Test
    void versionsComeAndGoUnderLoad() throws Exception {
        Path data = folder.resolve("data");
        Path deploy = Files.createDirectories(data.resolve("deploy"));
        CreekProcess.run(folder.resolve("compiled.txt"), "compile", Files.writeString(folder.resolve("numbers.sql"), script()).toString(), "-o",
                deploy.resolve("numbers.jar").toString());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        Thread device = new Thread(() -> publish(sent, stop), "device");
        try (CreekProcess platform = CreekProcess.start(folder.resolve("platform.txt"), "start", "--data", data.toString());
                AutoCloseable subscription = PlatformTest.subscribe((topic, message) -> copies.add(PlatformTest.text(message)), "swap/out");
                Publisher publisher = new Publisher(broker.url())) {
            for (int tries = 0; copies.poll(200, TimeUnit.MILLISECONDS) == null; tries++) {
                assertTrue(tries < 300 && platform.isAlive(), () -> said(platform));
                publisher.publish("swap/in", "hello", 1);
            }
            device.start();
            awaitCopy(100, platform);
            List<Long> before = remains(platform);
            for (int round = 0; round < ROUNDS; round++) {
                for (String version : List.of("0.1." + (2 * round + 1), "0.1." + (2 * round + 2))) {
                    Files.move(version(version), deploy.resolve("mqtt.jar"), StandardCopyOption.ATOMIC_MOVE);
                    awaitVersion(data, version, sent, platform);
                }
                Files.delete(deploy.resolve("mqtt.jar"));
                awaitVersion(data, "0.1.0", sent, platform);
            }
            List<Long> after = before;
            for (int tries = 0; tries == 0 || tries < 20 && !after.equals(before); tries++) {
                after = remains(platform);
            }
            assertEquals(before, after, "class loaders of bundles, connections' threads");
            stop.set(true);
            device.join();
            awaitCopy(sent.get() - 1, platform);
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

    /** The platform's bundle as one of another version. */
    private Path version(String version) throws IOException {
        Path file = folder.resolve("version.jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(BUNDLE))) {
            in.getManifest().getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), in.getManifest())) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return file;
    }

    /** Waits until both tables have gone over to a version and what was sent since has come. */
    private void awaitVersion(Path data, String version, AtomicInteger sent, CreekProcess platform) throws Exception {
        Map<String, String> last = new HashMap<>();
        for (int tries = 0; last.size() < 2 || !last.values().stream().allMatch(version::equals); tries++) {
            assertTrue(tries < 300 && platform.isAlive(), () -> version + ": " + last + "\n" + said(platform));
            Thread.sleep(100);
            Path events = data.resolve("creek.events");
            for (String line : Files.exists(events) ? Files.readAllLines(events) : List.<String>of()) {
                Matcher event = EVENT.matcher(line);
                if (event.matches()) {
                    last.put(event.group(1), "" + event.group(3));
                }
            }
        }
        awaitCopy(sent.get(), platform);
    }

    /** Waits for a number's copy; each must come after the one before, where a sink may have sent some again. */
    private void awaitCopy(int number, CreekProcess platform) throws Exception {
        while (lastCopy < number) {
            String text = copies.poll(60, TimeUnit.SECONDS);
            assertTrue(text != null, () -> "after " + lastCopy + " none came\n" + said(platform));
            int copy = text.equals("hello") ? -1 : Integer.parseInt(text);
            assertTrue(copy <= lastCopy + 1, () -> lastCopy + " was followed by " + copy);
            lastCopy = Math.max(lastCopy, copy);
        }
    }

    private static String said(CreekProcess platform) {
        try {
            return platform.said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** How many class loaders of bundles there are, and how many threads of the connector. */
    private static List<Long> remains(CreekProcess platform) throws Exception {
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
