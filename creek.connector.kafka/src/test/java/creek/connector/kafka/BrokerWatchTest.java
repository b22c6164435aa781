package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.option.Options;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** A broker that is away for a weekend is told of once. */
class BrokerWatchTest {
    private double answers;

    /** How many answers the client has had. */
    private final Metric metric = new Metric() {
        private final MetricName name = new MetricName("fetch-total", "consumer-fetch-manager-metrics", "", Map.of());

        @Override
        public MetricName metricName() {
            return name;
        }

        @Override
        public Object metricValue() {
            return answers;
        }
    };

    @Test
    void when_brokersAreAwayForLong_then_thatAndTheirReturnAreSaidOnce() {
        MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<MetricName, Metric> metrics() {
                return Map.of(metric.metricName(), metric);
            }
        };
        ReadPlan plan = new ReadPlan(Options.of(Map.of("topic", "t")), StartupMode.EARLIEST_OFFSET, PartitionShare.ALL);
        BrokerWatch watch = new BrokerWatch(plan, Map.of("bootstrap.servers", "kafka:9092"));
        long second = Duration.ofSeconds(1).toNanos();
        try (LogLines log = new LogLines(BrokerWatch.class)) {
            for (int i = 0; i < 100; i++) {
                answers += i % 10 == 0 ? 1 : 0;
                watch.look(consumer, second);
            }
            assertEquals(List.of(), log.lines());
            for (int i = 0; i < 1000; i++) {
                watch.look(consumer, second);
            }
            assertEquals(List.of("no answer from broker kafka:9092 for 30 s: reading of topic t waits for it"), log.lines());
            answers++;
            watch.look(consumer, second);
            watch.look(consumer, second);
            assertEquals(List.of("broker kafka:9092 answers again: reading of topic t goes on"), log.lines().subList(1, 2));
            for (int i = 0; i < 100; i++) {
                watch.look(consumer, second);
            }
            watch.answered();
            assertEquals(4, log.lines().size());
        }
        consumer.close();
    }
}
