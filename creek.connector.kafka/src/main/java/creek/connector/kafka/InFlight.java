package creek.connector.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is on its way to the broker, and what went wrong first. Shared with the client's threads. */
final class InFlight {
    private static final long DEFAULT_BUFFER = 32 << 20;

    private final String topic;
    private final Problems problems;
    private final long limit;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    InFlight(String topic, Map<String, Object> properties) {
        this.topic = topic;
        problems = new Problems(properties);
        // the client blocks when its buffer is full; the other half is for what one step of the job makes
        limit = Long.parseLong(String.valueOf(properties.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, DEFAULT_BUFFER))) / 2;
    }

    boolean hasRoom() {
        return bytes.get() < limit;
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void fail(Throwable problem) {
        failure.compareAndSet(null, problems.explain("can't write to topic '" + topic + "'", problem));
    }

    void check() throws IOException {
        IOException problem = failure.get();
        if (problem != null) {
            throw problem;
        }
    }

    void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        int size = (record.key() == null ? 0 : record.key().length) + (record.value() == null ? 0 : record.value().length);
        bytes.addAndGet(size);
        producer.send(record, (written, problem) -> {
            bytes.addAndGet(-size);
            if (problem != null) {
                fail(problem);
            }
        });
    }
}
