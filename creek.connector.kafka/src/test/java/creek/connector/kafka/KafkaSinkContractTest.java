package creek.connector.kafka;

import creek.connector.testing.SinkContract;
import creek.core.connector.Connector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table in a topic is written as every table is. */
@ExtendWith(SharedBroker.class)
class KafkaSinkContractTest {
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    @Timeout(300)
    private abstract static class Sink extends SinkContract {
        private String topic;

        @BeforeEach
        void createTopic() throws Exception {
            topic = SharedBroker.topic(2);
        }

        @AfterEach
        void goOn() throws Exception {
            broker.resume();
        }

        @Override
        protected Connector connector() {
            return new KafkaConnector();
        }

        @Override
        protected Map<String, String> options() {
            return new TreeMap<>(Map.of("properties.bootstrap.servers", broker.servers(), "topic", topic));
        }

        @Override
        protected List<String> arrived() {
            return broker.values(topic);
        }

        @Override
        protected boolean stall() throws Exception {
            broker.pause();
            return true;
        }
    }

    @Nested
    class AtLeastOnce extends Sink {
        @Override
        protected boolean isExactlyOnce() {
            return false;
        }
    }

    @Nested
    class ExactlyOnce extends Sink {
        @Override
        protected Map<String, String> options() {
            Map<String, String> options = super.options();
            options.put("sink.delivery-guarantee", "exactly-once");
            options.put("sink.transactional-id-prefix", options.get("topic"));
            return options;
        }

        @Override
        protected boolean needsCheckpoints() {
            return true;
        }

        /** Its next transaction may just be beginning; {@link KafkaCrashTest} kills processes. */
        @Override
        protected boolean isQuietWhenLeft() {
            return false;
        }
    }
}
