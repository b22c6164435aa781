package creek.connector.kafka;

import static creek.connector.kafka.KafkaOptions.FLUSH_INTERVAL;
import static creek.connector.kafka.KafkaOptions.FLUSH_MAX_ROWS;
import static creek.connector.kafka.KafkaOptions.ON_LOST_TRANSACTION;
import static creek.connector.kafka.KafkaOptions.TRANSACTIONAL_ID_PREFIX;

import creek.connector.kafka.KafkaOptions.DeliveryGuarantee;
import creek.connector.kafka.KafkaOptions.OnLostTransaction;
import creek.core.connector.PendingCommit;
import creek.core.connector.PositionException;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.Row;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a topic. */
final class KafkaWriter implements SinkWriter {
    private final RowRecords records;
    private final Delivery delivery;
    /** Null where rows are not held back. */
    private final UpsertBuffer buffer;

    KafkaWriter(SinkContext context, boolean upsert) {
        Options options = context.options();
        records = new RowRecords(context, upsert);
        buffer = upsert && options.get(FLUSH_MAX_ROWS) > 0
                ? new UpsertBuffer(options.get(FLUSH_MAX_ROWS), options.get(FLUSH_INTERVAL), context.clock()) : null;
        DeliveryGuarantee guarantee = TopicConnector.delivery(options);
        Map<String, Object> properties = ClientProperties.ofProducer(context);
        List<String> topics = KafkaOptions.topics(options);
        delivery = guarantee == DeliveryGuarantee.EXACTLY_ONCE
                ? new TransactionalDelivery(topics, properties, TransactionalIds.of(options.get(TRANSACTIONAL_ID_PREFIX), context.table(),
                        context.dataFolder().getFileName().toString()), options.get(ON_LOST_TRANSACTION) == OnLostTransaction.CONTINUE)
                : new PlainDelivery(topics, properties, guarantee == DeliveryGuarantee.AT_LEAST_ONCE);
    }

    @Override
    public void restore(int version, List<BinaryReader> pending) throws Exception {
        if (!pending.isEmpty()) {
            requireKnown(version);
        }
        delivery.restore(pending);
    }

    private static void requireKnown(int version) throws PositionException {
        if (version != NamedTransaction.VERSION) {
            throw new PositionException("transactions that are to be committed have the form " + version + ", which this version of the connector does "
                    + "not know; it knows " + NamedTransaction.VERSION);
        }
    }

    @Override
    public boolean canTakeOver(int version) {
        return version == NamedTransaction.VERSION;
    }

    @Override
    public void prepare() throws Exception {
        delivery.prepare();
    }

    @Override
    public List<PendingCommit> takeOver(int version, List<BinaryReader> pending) throws Exception {
        requireKnown(version);
        return delivery.takeOver(pending);
    }

    @Override
    public void open() {
        delivery.open();
    }

    @Override
    public boolean isReady() {
        return delivery.isReady();
    }

    @Override
    public void write(Row row) throws Exception {
        ProducerRecord<byte[], byte[]> record = records.of(row);
        if (buffer == null) {
            delivery.send(record);
            return;
        }
        buffer.add(record);
        if (buffer.isDue()) {
            buffer.flush(delivery);
        }
    }

    @Override
    public void flush() throws Exception {
        delivery.check();
        if (buffer != null && buffer.isDue()) {
            buffer.flush(delivery);
        }
    }

    @Override
    public int commitVersion() {
        return NamedTransaction.VERSION;
    }

    @Override
    public PendingCommit beginCommit(long checkpoint) throws Exception {
        delivery.check();
        if (buffer != null) {
            buffer.flush(delivery);
        }
        return delivery.beginCommit();
    }

    @Override
    public void finish() throws Exception {
        if (buffer != null) {
            buffer.flush(delivery);
        }
        delivery.finish();
    }

    @Override
    public void close() throws Exception {
        delivery.close();
    }
}
