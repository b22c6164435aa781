package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * The bundle as it is shipped, in a framework in which it sees nothing but the JDK and the engine: all codecs, and transactions, with a real broker. Packages,
 * native code and classes loaded by name that are missing show here only. The bundle is updated while the job runs.
 */
@Timeout(240)
class KafkaInFelixIT {
    private static final List<String> CODECS = List.of("gzip", "snappy", "lz4", "zstd");
    private static final int UPDATES = 3;
    private static final String BUNDLES =
            ".*(org\\.osgi\\.util\\.(function|promise)|org\\.osgi\\.service\\.component|felix\\.scr|creek\\.udf\\.api|creek\\.core)-[\\d.]+jar";

    @TempDir
    private Path folder;
    private KafkaBroker broker;
    private Framework framework;
    private Bundle connector;

    @BeforeEach
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
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(20_000);
        broker.close();
    }

    private String script() {
        String common = "'connector' = 'kafka', 'format' = 'json', 'properties.bootstrap.servers' = '" + broker.servers() + "'";
        StringBuilder tables = new StringBuilder("SET 'execution.checkpointing.interval' = '200 ms';\n");
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

    private void produce(String codec, int from, int to) {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of("compression.type", codec))) {
            for (int n = from; n < to; n++) {
                producer.send(new ProducerRecord<>("in-" + codec, null, "{\"n\": " + n + "}"));
            }
        }
    }

    @Test
    void when_recordsAreCompressedAndTheBundleIsUpdated_then_theyAreReadAndWrittenOnce() throws Exception {
        for (String codec : CODECS) {
            broker.createTopic("in-" + codec, 1);
            broker.createTopic("out-" + codec, 1);
            produce(codec, 0, 1000);
        }
        byte[] bundle;
        try (SqlJob planned = new SqlJob(script(), folder)) {
            bundle = planned.compiled().bundle();
        }
        Bundle job = framework.getBundleContext().installBundle("test:job", new ByteArrayInputStream(bundle));
        job.start();
        await(1000);
        int sent = 1000;
        for (int update = 0; update < UPDATES; update++) {
            for (String codec : CODECS) {
                produce(codec, sent, sent + 100);
            }
            sent += 100;
            connector.update();
        }
        await(sent);
        job.stop();
        List<String> expected = IntStream.range(0, sent).mapToObj(n -> "{\"n\":" + n + "}").toList();
        for (String codec : CODECS) {
            assertEquals(expected, broker.values("out-" + codec), codec);
        }
    }

    private void await(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        for (String codec : CODECS) {
            while (broker.values("out-" + codec).size() < count) {
                assertTrue(System.nanoTime() < deadline, () -> codec + ": " + broker.values("out-" + codec).size() + " of " + count);
                Thread.sleep(50);
            }
        }
    }
}
