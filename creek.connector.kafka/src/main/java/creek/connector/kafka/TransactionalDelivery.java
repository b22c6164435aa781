package creek.connector.kafka;

import creek.core.connector.PendingCommit;
import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.ProducerIdAndEpoch;

/** With transactions: what was written between two checkpoints is one, committed when the second is durable. */
final class TransactionalDelivery implements Delivery {
    static final int COMMIT_VERSION = 1;
    private static final long SPARE_MILLIS = 30_000;
    private static final Duration ABORT = Duration.ofSeconds(2);

    private final Map<String, Object> properties;
    private final TransactionalIds ids;
    private final InFlight inFlight;
    private final ProducerPool pool;
    private final ArrayDeque<ProducerRecord<byte[], byte[]>> held = new ArrayDeque<>();
    private KafkaProducer<byte[], byte[]> current;
    private boolean hasRecords;

    TransactionalDelivery(String topic, Map<String, Object> properties, TransactionalIds ids) {
        this.properties = properties;
        this.ids = ids;
        inFlight = new InFlight(topic, properties);
        pool = new ProducerPool(topic, properties, ids, inFlight);
    }

    @Override
    public void restore(int version, List<BinaryReader> pending) throws Exception {
        if (version != COMMIT_VERSION && !pending.isEmpty()) {
            throw new PositionException("transactions that are to be committed have the form " + version + ", which this version of the connector does "
                    + "not know; it knows " + COMMIT_VERSION);
        }
        new TransactionRecovery(properties).recover(pending, ids.all());
    }

    @Override
    public void open() {
        try {
            pool.prepareSpare();
        } catch (Exception e) {
            inFlight.fail(e);
        }
    }

    @Override
    public boolean isReady() {
        if (current == null && !inFlight.hasFailed()) {
            begin(pool.poll());
        }
        return inFlight.hasFailed() || current != null && inFlight.hasRoom();
    }

    private void begin(KafkaProducer<byte[], byte[]> producer) {
        if (producer == null) {
            return;
        }
        producer.beginTransaction();
        current = producer;
        hasRecords = !held.isEmpty();
        held.forEach(record -> inFlight.send(producer, record));
        held.clear();
        try {
            pool.prepareSpare();
        } catch (Exception e) {
            inFlight.fail(e);
        }
    }

    @Override
    public void check() throws Exception {
        inFlight.check();
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        inFlight.check();
        if (current == null) {
            held.add(record);
        } else {
            hasRecords = true;
            inFlight.send(current, record);
        }
    }

    /** Waits only if rows have come, although none were asked for, before a spare producer was ready. */
    @Override
    public PendingCommit beginCommit() throws Exception {
        if (current == null && !held.isEmpty()) {
            begin(pool.take(SPARE_MILLIS));
        }
        if (!hasRecords) {
            return null;
        }
        PendingTransaction pending = new PendingTransaction(current);
        current = null;
        hasRecords = false;
        begin(pool.poll());
        return pending;
    }

    /** A transaction that is complete but for its commit. */
    private final class PendingTransaction implements PendingCommit {
        private final KafkaProducer<byte[], byte[]> producer;
        private final ProducerIdAndEpoch identity;
        private final String id;
        private boolean committed;

        PendingTransaction(KafkaProducer<byte[], byte[]> producer) throws ReflectiveOperationException {
            this.producer = producer;
            identity = TransactionAccess.identity(producer);
            id = TransactionAccess.transactionalId(producer);
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeString(id);
            output.writeLong(identity.producerId);
            output.writeInt(identity.epoch);
        }

        @Override
        public void prepare() throws Exception {
            producer.flush();
            inFlight.check();
        }

        @Override
        public void commit() throws Exception {
            if (committed) {
                return;
            }
            try {
                producer.commitTransaction();
            } catch (RuntimeException e) {
                throw new Problems(properties).explain("can't commit transaction " + id, e);
            }
            committed = true;
            pool.committed(producer);
        }
    }

    @Override
    public void finish() throws Exception {
        if (current == null && !held.isEmpty()) {
            begin(pool.take(SPARE_MILLIS));
        }
        if (hasRecords) {
            current.flush();
            inFlight.check();
            current.commitTransaction();
            hasRecords = false;
        }
    }

    @Override
    public void close() throws Exception {
        try {
            pool.close(hasRecords ? current : null, ABORT);
        } finally {
            ids.close();
        }
    }
}
