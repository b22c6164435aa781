package creek.connector.kafka;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Without transactions: records are there as soon as the broker has them; a checkpoint waits for that. */
final class PlainDelivery implements Delivery {
    private final String topic;
    private final Map<String, Object> properties;
    private final boolean atLeastOnce;
    private final InFlight inFlight;
    private final Background background;
    private final ArrayDeque<ProducerRecord<byte[], byte[]>> held = new ArrayDeque<>();
    private volatile Producer<byte[], byte[]> connected;
    /** As the job's thread sees it. */
    private Producer<byte[], byte[]> producer;

    PlainDelivery(String topic, Map<String, Object> properties, boolean atLeastOnce) {
        this.topic = topic;
        this.properties = properties;
        this.atLeastOnce = atLeastOnce;
        inFlight = new InFlight(topic, properties);
        background = new Background("creek-kafka-" + topic);
    }

    @Override
    public void restore(int version, List<BinaryReader> pending) {
        // what was written after the checkpoint stays, and comes again
    }

    @Override
    public void open() {
        background.run(() -> {
            Producer<byte[], byte[]> opened = null;
            try {
                opened = Clients.create(
                        () -> new KafkaProducer<>(ClientProperties.forClient(properties), new ByteArraySerializer(), new ByteArraySerializer()));
                // so that sending the first record does not wait for it
                opened.partitionsFor(topic);
                connected = opened;
            } catch (Exception e) {
                inFlight.fail(e);
                if (opened != null) {
                    opened.close(Duration.ZERO);
                }
            }
        });
    }

    @Override
    public boolean isReady() {
        if (producer == null && connected != null) {
            producer = connected;
            held.forEach(record -> inFlight.send(producer, record));
            held.clear();
        }
        return inFlight.hasFailed() || producer != null && inFlight.hasRoom();
    }

    @Override
    public void check() throws Exception {
        inFlight.check();
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        inFlight.check();
        if (producer == null) {
            held.add(record);
        } else {
            inFlight.send(producer, record);
        }
    }

    @Override
    public PendingCommit beginCommit() {
        return atLeastOnce ? new Flush() : null;
    }

    /** Waits for what was sent; nothing is left to commit. */
    private final class Flush implements PendingCommit {
        @Override
        public void write(BinaryWriter output) {
            // nothing to remember
        }

        @Override
        public void prepare() throws Exception {
            flush();
        }

        @Override
        public void commit() {
            // done already
        }
    }

    private void flush() throws Exception {
        Producer<byte[], byte[]> open = connected;
        if (open != null) {
            open.flush();
        }
        inFlight.check();
    }

    @Override
    public void finish() throws Exception {
        while (!isReady()) {
            Thread.sleep(1);
        }
        flush();
    }

    @Override
    public void close() throws Exception {
        background.close();
        if (connected != null) {
            connected.close(Duration.ZERO);
        }
    }
}
