package creek.connector.kafka;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What columns can be METADATA FROM. */
enum RecordMetadataColumn {
    TOPIC("topic", DataType.string().nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            row.setUtf8(column, Utf8.of(record.topic()));
        }
    },
    PARTITION("partition", DataType.integer().nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            row.setLong(column, record.partition());
        }
    },
    HEADERS("headers", DataType.map(DataType.string(), DataType.bytes()).nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            Map<Object, Object> headers = new LinkedHashMap<>();
            for (Header header : record.headers()) {
                headers.put(Utf8.of(header.key()), header.value());
            }
            row.setObject(column, headers);
        }
    },
    LEADER_EPOCH("leader-epoch", DataType.integer()) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            if (record.leaderEpoch().isPresent()) {
                row.setLong(column, record.leaderEpoch().get());
            } else {
                row.setNull(column);
            }
        }
    },
    OFFSET("offset", DataType.bigint().nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            row.setLong(column, record.offset());
        }
    },
    TIMESTAMP("timestamp", DataType.timestampLtz(3).nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            row.setLong(column, record.timestamp());
        }
    },
    TIMESTAMP_TYPE("timestamp-type", DataType.string().nullable(false)) {
        @Override
        void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column) {
            row.setUtf8(column, Utf8.of(record.timestampType().toString()));
        }
    };

    static final Map<String, DataType> TYPES = new TreeMap<>();

    static {
        for (RecordMetadataColumn column : values()) {
            TYPES.put(column.key, column.type);
        }
    }

    private final String key;
    private final DataType type;

    RecordMetadataColumn(String key, DataType type) {
        this.key = key;
        this.type = type;
    }

    String key() {
        return key;
    }

    static RecordMetadataColumn of(String key) {
        return Objects.requireNonNull(Arrays.stream(values()).filter(column -> column.key.equals(key)).findFirst().orElse(null), key);
    }

    /** Sets a column to what the record has. */
    abstract void read(ConsumerRecord<ByteBuffer, ByteBuffer> record, Row row, int column);
}
