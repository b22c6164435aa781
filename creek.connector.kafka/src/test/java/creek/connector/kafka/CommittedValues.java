package creek.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The values that are committed in one partition, read on from where it was asked last: for tests that ask again and again. Not thread-safe. */
final class CommittedValues implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final TopicPartition partition;
    private final List<String> values = new ArrayList<>();

    CommittedValues(KafkaBroker broker, TopicPartition partition) {
        this.partition = partition;
        consumer = broker.consumer();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** All up to now. */
    List<String> get() {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
        }
        return values;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
