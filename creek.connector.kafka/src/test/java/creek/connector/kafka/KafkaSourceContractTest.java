package creek.connector.kafka;

import creek.connector.testing.SourceContract;
import creek.core.connector.Connector;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table in topics is read as every table is. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaSourceContractTest extends SourceContract {
    private static KafkaBroker broker;

    private String topic;
    private int sent;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    @BeforeEach
    void createTopic() throws Exception {
        topic = SharedBroker.topic(2);
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
