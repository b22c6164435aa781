package creek.connector.kafka;

import creek.core.connector.SinkContext;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.format.RowEncoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes records of rows: key, value, headers, timestamp. */
final class RowRecords {
    private final List<String> topics;
    /** Which of them a row goes to; null where there is one. */
    private final Integer topic;
    private final Integer partition;
    private final boolean upsert;
    private final RowEncoder valueEncoder;
    private final RowEncoder keyEncoder;
    private final Integer headers;
    private final Integer timestamp;
    private final BinaryWriter buffer = new BinaryWriter();

    /** @param upsert whether rows that are taken away become records without a value */
    RowRecords(SinkContext context, boolean upsert) {
        topics = KafkaOptions.topics(context.options());
        topic = context.metadata().get(RecordMetadataColumn.TOPIC.key());
        // 'fixed' is one partition for each of the job's threads, of which there is one; the client's own way is round-robin without keys
        partition = context.options().get(KafkaOptions.PARTITIONER).equals("fixed") ? 0 : null;
        this.upsert = upsert;
        valueEncoder = context.createEncoder(context.valueColumns());
        keyEncoder = context.createKeyEncoder().orElse(null);
        headers = context.metadata().get(RecordMetadataColumn.HEADERS.key());
        timestamp = context.metadata().get(RecordMetadataColumn.TIMESTAMP.key());
    }

    ProducerRecord<byte[], byte[]> of(Row row) throws IOException {
        boolean gone = upsert && (row.kind() == RowKind.DELETE || row.kind() == RowKind.UPDATE_BEFORE);
        byte[] key = keyEncoder == null ? null : encode(keyEncoder, row);
        byte[] value = gone ? null : encode(valueEncoder, row);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic(row), partition, timestamp(row), key, value);
        if (headers != null && !row.isNullAt(headers)) {
            for (Map.Entry<Object, Object> header : row.getMap(headers).entrySet()) {
                record.headers().add(header.getKey().toString(), (byte[]) header.getValue());
            }
        }
        return record;
    }

    private String topic(Row row) throws IOException {
        if (topic == null) {
            return topics.get(0);
        }
        String wanted = row.isNullAt(topic) ? null : row.getUtf8(topic).toString();
        if (!topics.contains(wanted)) {
            throw new IOException("a row's topic must be one of " + topics + " but is " + wanted);
        }
        return wanted;
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
