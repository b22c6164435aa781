package creek.connector.kafka;

import creek.connector.testing.SourceContract;
import creek.core.connector.Connector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table in topics is read as every table is. */
@Timeout(120)
class KafkaSourceContractTest extends SourceContract {
    @TempDir
    private static Path brokerFolder;
    private static KafkaBroker broker;
    private static int topics;

    private String topic;
    private int sent;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(brokerFolder, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        topic = "topic-" + topics++;
        broker.createTopic(topic, 2);
    }

    @Override
    protected Connector connector() {
        return new KafkaConnector();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("properties.bootstrap.servers", broker.servers(), "topic", topic, "scan.startup.mode", "earliest-offset");
    }

    @Override
    protected List<String> provide() {
        List<String> records = IntStream.range(sent, sent + 100).mapToObj(number -> "record " + number).toList();
        sent += 100;
        broker.send(topic, 0, records.subList(0, 30).toArray(String[]::new));
        broker.send(topic, 1, records.subList(30, 100).toArray(String[]::new));
        return records;
    }

    @Override
    protected boolean isInOrder() {
        return false;
    }
}
