package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundle as it is shipped, in a framework in which it sees nothing but the JDK, the engine and its client: all codecs, and transactions, with a real
 * broker. Packages, native code and classes loaded by name that are missing show here only. While the job reads four tables and writes four, the bundle
 * is updated, newer versions come beside it, and its client is updated; of what is gone the client keeps nothing.
 */
class KafkaInFelixIT {
    private static final List<String> CODECS = List.of("gzip", "snappy", "lz4", "zstd");
    private static final int ROUNDS = Integer.getInteger("creek.kafka.rounds", 2);
    private static final String BUNDLES = ".*(org\\.osgi\\.util\\.(function|promise)|org\\.osgi\\.service\\.component|felix\\.scr"
            + "|creek\\.(udf\\.api|core|kafka\\.client))-[\\d.]+jar";

    @TempDir
    private Path folder;
    private KafkaBroker broker;
    private Framework framework;
    private Bundle connector;
    /** Those of all versions that were used. */
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Map<String, CommittedValues> written = new HashMap<>();

    @BeforeEach
    @Timeout(300)
    void start() throws Exception {
        broker = new KafkaBroker(folder.resolve("broker"), Map.of());
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("felix").toString(),
                "creek.jobs.folder", folder.resolve("jobs").toString()));
        framework.start();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.matches(BUNDLES)) {
                install(Path.of(path));
            }
        }
        connector = install(Path.of(System.getProperty("creek.kafka.jar")));
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    private Bundle install(Path jar) throws Exception {
        return framework.getBundleContext().installBundle(jar.toUri().toString());
    }

    @AfterEach
    @Timeout(300)
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(60_000);
        broker.close();
    }

    private String script() {
        String common = "'connector' = 'kafka', 'format' = 'json', 'properties.bootstrap.servers' = '" + broker.servers() + "'";
        StringBuilder tables = new StringBuilder("SET 'execution.checkpointing.interval' = '200 ms';\nSET 'swap.timeout' = '60 s';\n");
        StringBuilder inserts = new StringBuilder("EXECUTE STATEMENT SET BEGIN\n");
        for (String codec : CODECS) {
            tables.append("CREATE TABLE in_").append(codec).append(" (n BIGINT) WITH (").append(common).append(", 'topic' = 'in-").append(codec)
                    .append("', 'scan.startup.mode' = 'earliest-offset');\nCREATE TABLE out_").append(codec).append(" (n BIGINT) WITH (").append(common)
                    .append(", 'topic' = 'out-").append(codec).append("', 'properties.compression.type' = '").append(codec)
                    .append("', 'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = 'felix');\n");
            inserts.append("INSERT INTO out_").append(codec).append(" SELECT n FROM in_").append(codec).append(";\n");
        }
        return tables.append(inserts).append("END;").toString();
    }

    /** Sends numbers to all topics until that is enough. */
    private final class Load extends Thread {
        private volatile int sent;
        private volatile boolean isEnough;

        Load() {
            super("load");
        }

        @Override
        public void run() {
            Map<String, KafkaProducer<String, String>> producers = new HashMap<>();
            CODECS.forEach(codec -> producers.put(codec, broker.producer(Map.of("compression.type", codec, "linger.ms", 2))));
            try {
                while (!isEnough) {
                    producers.forEach((codec, producer) -> producer.send(new ProducerRecord<>("in-" + codec, null, "{\"n\": " + sent + "}")));
                    sent++;
                    if (sent > 1000) {
                        sleep(1);
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                producers.values().forEach(KafkaProducer::close);
            }
        }
    }

    /** The bundle as one of another version. */
    private Bundle installVersion(String version) throws Exception {
        Path file = folder.resolve(version + ".jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(Path.of(System.getProperty("creek.kafka.jar"))))) {
            in.getManifest().getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), in.getManifest())) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return install(file);
    }

    @Test
    void when_recordsAreCompressedAndVersionsComeAndGo_then_theyAreReadAndWrittenOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(900 + 30L * ROUNDS), () -> {
            try {
                changeVersions();
            } finally {
                written.values().forEach(CommittedValues::close);
            }
        });
    }

    private void changeVersions() throws Exception {
        for (String codec : CODECS) {
            broker.createTopic("in-" + codec, 1);
            broker.createTopic("out-" + codec, 1);
            written.put(codec, new CommittedValues(broker, new TopicPartition("out-" + codec, 0)));
        }
        byte[] bundle;
        try (SqlJob planned = new SqlJob(script(), folder)) {
            bundle = planned.compiled().bundle();
        }
        Bundle job = framework.getBundleContext().installBundle("test:job", new ByteArrayInputStream(bundle));
        Load load = new Load();
        load.start();
        job.start();
        await(1000);
        for (int round = 1; round <= ROUNDS; round++) {
            connector.update();
            await(load.sent);
            noteLoader();
            Bundle newer = installVersion("0.1." + round);
            newer.start();
            await(load.sent);
            // it waits until the job has gone over
            connector.uninstall();
            connector = newer;
            await(load.sent);
            noteLoader();
        }
        updateClient();
        await(load.sent);
        noteLoader();
        awaitOneLoader();
        load.isEnough = true;
        load.join();
        await(load.sent);
        job.stop();
        List<String> expected = IntStream.range(0, load.sent).mapToObj(n -> "{\"n\":" + n + "}").toList();
        for (String codec : CODECS) {
            assertEquals(expected, written.get(codec).get(), codec);
        }
    }

    private void noteLoader() {
        loaders.add(new WeakReference<>(connector.adapt(BundleWiring.class).getClassLoader()));
    }

    /** With the refresh that takes the connector along. */
    private void updateClient() throws Exception {
        Bundle client = Arrays.stream(framework.getBundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName().equals("creek.kafka.client"))
                .findFirst().orElseThrow();
        client.update();
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(client), event -> refreshed.countDown());
        assertTrue(refreshed.await(180, TimeUnit.SECONDS));
    }

    private void awaitOneLoader() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        for (long left = loaders.size(); left > 1; left = loaders.stream().filter(each -> each.get() != null).count()) {
            assertTrue(System.nanoTime() < deadline, left + " of " + loaders.size() + " class loaders are left");
            System.gc();
            Thread.sleep(50);
        }
    }

    private void await(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        for (String codec : CODECS) {
            while (written.get(codec).get().size() < count) {
                assertTrue(System.nanoTime() < deadline, () -> codec + ": " + written.get(codec).get().size() + " of " + count);
                Thread.sleep(50);
            }
        }
    }
}
