package creek.connector.kafka;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Without transactions: records are there as soon as the broker has them; a checkpoint waits for that. */
final class PlainDelivery implements Delivery {
    private static final long PREPARE_MILLIS = 1_000;

    private final List<String> topics;
    private final Map<String, Object> properties;
    private final boolean atLeastOnce;
    private final WriteFailure failure;
    private final Outbox outbox;
    private final Background background;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private boolean opening;
    private volatile Producer<byte[], byte[]> connected;
    /** Whether all rows are in units that were begun, perhaps for another writer to commit. */
    private boolean handedOver;

    PlainDelivery(List<String> topics, Map<String, Object> properties, boolean atLeastOnce) {
        this.topics = topics;
        this.properties = properties;
        this.atLeastOnce = atLeastOnce;
        failure = new WriteFailure(topics, properties);
        outbox = new Outbox(properties, failure);
        background = new Background("creek-kafka-" + String.join("-", topics));
    }

    @Override
    public void restore(List<BinaryReader> pending) {
        // what was written after the checkpoint stays, and comes again
    }

    /** The other writer has waited for the broker when it was closed. */
    @Override
    public List<PendingCommit> takeOver(List<BinaryReader> pending) {
        return Collections.nCopies(pending.size(), new Flush());
    }

    @Override
    public void prepare() throws Exception {
        open();
        attempted.await(PREPARE_MILLIS, TimeUnit.MILLISECONDS);
        failure.check();
    }

    @Override
    public void open() {
        if (!opening) {
            opening = true;
            background.run(this::connect);
        }
    }

    private void connect() {
        Producer<byte[], byte[]> opened = null;
        try {
            opened = Clients.create(
                    () -> new KafkaProducer<>(ClientProperties.forClient(properties), new ByteArraySerializer(), new ByteArraySerializer()));
            // so that sending the first record does not wait for it
            topics.forEach(opened::partitionsFor);
            connected = opened;
        } catch (Exception e) {
            failure.set(e);
            if (opened != null) {
                Clients.close(opened);
            }
        } finally {
            attempted.countDown();
        }
    }

    @Override
    public boolean isReady() {
        pass();
        return failure.isSet() || outbox.isOpen() && outbox.hasRoom();
    }

    private void pass() {
        if (outbox.isOpen()) {
            outbox.pass();
        } else if (connected != null) {
            outbox.open(connected);
        }
    }

    @Override
    public void check() throws Exception {
        failure.check();
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        failure.check();
        handedOver = false;
        outbox.add(record);
    }

    @Override
    public PendingCommit beginCommit() {
        handedOver = true;
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

    private void flush() throws IOException {
        failure.check();
        if (outbox.isOpen()) {
            outbox.flush();
        } else if (!outbox.isEmpty()) {
            throw new IOException("there is no connection to the broker yet");
        }
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
        try {
            if (handedOver && !outbox.isEmpty() && !failure.isSet()) {
                outbox.flush(FLUSH_AT_CLOSE_MILLIS);
            }
        } finally {
            background.close();
            if (connected != null) {
                connected.close(Duration.ZERO);
            }
        }
    }
}
