package creek.connector.kafka;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Holds records back for a while, so that only the last one of each key is sent. */
final class UpsertBuffer {
    private final Map<ByteBuffer, ProducerRecord<byte[], byte[]>> records = new LinkedHashMap<>();
    private final int maxRows;
    private final Duration interval;
    private final Clock clock;
    private long flushedAt;

    UpsertBuffer(int maxRows, Duration interval, Clock clock) {
        this.maxRows = maxRows;
        this.interval = interval;
        this.clock = clock;
        flushedAt = clock.millis();
    }

    /** Keeps a record in place of the one of the same key. */
    void add(ProducerRecord<byte[], byte[]> record) {
        records.put(ByteBuffer.wrap(record.key()), record);
    }

    boolean isDue() {
        return records.size() >= maxRows || clock.millis() - flushedAt >= interval.toMillis();
    }

    /** Gives all that is held back to the delivery. */
    void flush(Delivery delivery) throws Exception {
        flushedAt = clock.millis();
        for (ProducerRecord<byte[], byte[]> record : records.values()) {
            delivery.send(record);
        }
        records.clear();
    }
}
