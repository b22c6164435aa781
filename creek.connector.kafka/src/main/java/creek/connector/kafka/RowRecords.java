package creek.connector.kafka;

import creek.core.connector.SinkContext;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.format.RowEncoder;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes records of rows: key, value, headers, timestamp. */
final class RowRecords {
    private final String topic;
    private final Integer partition;
    private final boolean upsert;
    private final RowEncoder valueEncoder;
    private final RowEncoder keyEncoder;
    private final Integer headers;
    private final Integer timestamp;
    private final BinaryWriter buffer = new BinaryWriter();

    /** @param upsert whether rows that are taken away become records without a value */
    RowRecords(SinkContext context, boolean upsert) {
        topic = context.options().get(KafkaOptions.TOPIC);
        // 'fixed' is one partition for each of the job's threads, of which there is one; the client's own way is round-robin without keys
        partition = context.options().get(KafkaOptions.PARTITIONER).equals("fixed") ? 0 : null;
        this.upsert = upsert;
        valueEncoder = context.createEncoder(context.valueColumns());
        keyEncoder = context.createKeyEncoder().orElse(null);
        headers = context.metadata().get(RecordMetadataColumn.HEADERS.key());
        timestamp = context.metadata().get(RecordMetadataColumn.TIMESTAMP.key());
    }

    ProducerRecord<byte[], byte[]> of(Row row) {
        boolean gone = upsert && (row.kind() == RowKind.DELETE || row.kind() == RowKind.UPDATE_BEFORE);
        byte[] key = keyEncoder == null ? null : encode(keyEncoder, row);
        byte[] value = gone ? null : encode(valueEncoder, row);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, timestamp(row), key, value);
        if (headers != null && !row.isNullAt(headers)) {
            for (Map.Entry<Object, Object> header : row.getMap(headers).entrySet()) {
                record.headers().add(header.getKey().toString(), (byte[]) header.getValue());
            }
        }
        return record;
    }

    private Long timestamp(Row row) {
        return timestamp == null || row.isNullAt(timestamp) ? null : row.getLong(timestamp);
    }

    private byte[] encode(RowEncoder encoder, Row row) {
        buffer.reset();
        encoder.encode(row, buffer);
        return buffer.toBytes();
    }
}
