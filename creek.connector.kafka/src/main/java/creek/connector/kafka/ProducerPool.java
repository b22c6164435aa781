package creek.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producers of one sink, each with a transactional id of its own. One that has committed a transaction rests until the checkpoint after that has
 * been committed: as long as a checkpoint may be restored that names the transaction, its id must not be in another one. Thread-safe.
 */
final class ProducerPool {
    private final List<String> topics;
    private final Map<String, Object> properties;
    private final List<String> ids;
    private final WriteFailure failure;
    private final Background background;
    private final List<KafkaProducer<byte[], byte[]>> all = new ArrayList<>();
    private final ArrayDeque<KafkaProducer<byte[], byte[]>> ready = new ArrayDeque<>();
    private final List<KafkaProducer<byte[], byte[]>> resting = new ArrayList<>();
    private final ArrayDeque<String> free;
    private boolean making;
    private boolean closed;

    ProducerPool(List<String> topics, Map<String, Object> properties, List<String> ids, WriteFailure failure) {
        this.topics = topics;
        this.properties = properties;
        this.ids = ids;
        this.failure = failure;
        free = new ArrayDeque<>(ids);
        background = new Background("creek-kafka-" + String.join("-", topics));
    }

    List<String> ids() {
        return ids;
    }

    /** Transactions of others: a producer with such an id would end them. */
    synchronized void leaveAlone(List<NamedTransaction> others) {
        others.forEach(each -> free.remove(each.id()));
    }

    /** Sees to it that there is one ready before it is needed. */
    synchronized void prepareSpare() throws IOException {
        if (!ready.isEmpty() || making || closed) {
            return;
        }
        if (free.isEmpty()) {
            throw new IOException("the transactions of the last " + (ids.size() - 1) + " checkpoints are still open, since none of these checkpoints "
                    + "was completed");
        }
        making = true;
        String id = free.poll();
        background.run(() -> make(id));
    }

    private void make(String id) {
        KafkaProducer<byte[], byte[]> producer = null;
        try {
            producer = create(properties, id);
            producer.initTransactions();
            topics.forEach(producer::partitionsFor);
            add(producer);
        } catch (Exception e) {
            failure.set(e);
            if (producer != null) {
                Clients.close(producer);
            }
        }
    }

    static KafkaProducer<byte[], byte[]> create(Map<String, Object> properties, String id) throws Exception {
        Map<String, Object> own = new HashMap<>(ClientProperties.forClient(properties));
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return Clients.create(() -> new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private synchronized void add(KafkaProducer<byte[], byte[]> producer) {
        making = false;
        all.add(producer);
        ready.add(producer);
    }

    /** A producer whose transactions are initialised; null if there is none yet. */
    synchronized KafkaProducer<byte[], byte[]> poll() {
        return ready.poll();
    }

    /** A producer has committed what a checkpoint names: those of earlier checkpoints are free. */
    synchronized void committed(KafkaProducer<byte[], byte[]> producer) {
        ready.addAll(resting);
        resting.clear();
        resting.add(producer);
    }

    /** Closes all; transactions that are open stay so. */
    void close() throws InterruptedException {
        List<KafkaProducer<byte[], byte[]>> open;
        synchronized (this) {
            closed = true;
        }
        background.close();
        synchronized (this) {
            open = List.copyOf(all);
        }
        open.forEach(producer -> producer.close(Duration.ZERO));
    }
}
