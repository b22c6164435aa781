package creek.connector.mqtt;

import creek.connector.mqtt.journal.Properties;
import creek.connector.mqtt.journal.Record;
import creek.core.data.BinaryReader;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata columns of the message at hand. */
final class MessageColumns {
    static final Map<String, DataType> TYPES = Map.of(
            "topic", DataType.string().notNull(),
            "qos", DataType.integer().notNull(),
            "retained", DataType.bool().notNull(),
            "duplicate", DataType.bool().notNull(),
            "receive-time", DataType.timestampLtz(3).notNull(),
            "content-type", DataType.string(),
            "response-topic", DataType.string(),
            "correlation-data", DataType.bytes(),
            "message-expiry", DataType.bigint(),
            "user-properties", DataType.map(DataType.string().notNull(), DataType.string()));

    private final String[] keys;
    private final boolean wantsProperties;
    private final BinaryReader reading = new BinaryReader();
    private Map<Object, Object> user = new LinkedHashMap<>();
    private final Properties properties = new Properties((key, value) -> user.put(Utf8.of(key), Utf8.of(value)));
    /** The record whose properties were read last: where it ends in which bytes. */
    private byte[] readBytes;
    private int readEnd;

    MessageColumns(List<String> keys) {
        this.keys = keys.toArray(String[]::new);
        wantsProperties = keys.stream().anyMatch(key -> switch (key) {
            case "content-type", "response-topic", "correlation-data", "message-expiry", "user-properties" -> true;
            default -> false;
        });
    }

    void read(int key, Record message, Row row, int column) {
        if (wantsProperties && (readBytes != message.bytes() || readEnd != message.end())) {
            readProperties(message);
        }
        switch (keys[key]) {
            case "topic" -> row.setUtf8(column, message.bytes(), message.topicStart(), message.topicEnd() - message.topicStart());
            case "qos" -> row.setLong(column, message.qos());
            case "retained" -> row.setBoolean(column, message.isRetained());
            case "duplicate" -> row.setBoolean(column, message.isDuplicate());
            case "receive-time" -> row.setLong(column, message.time());
            case "content-type" -> setText(row, column, properties.contentType);
            case "response-topic" -> setText(row, column, properties.responseTopic);
            case "correlation-data" -> setObject(row, column, properties.correlationData);
            case "user-properties" -> row.setObject(column, user);
            default -> {
                if (properties.messageExpiry < 0) {
                    row.setNull(column);
                } else {
                    row.setLong(column, properties.messageExpiry);
                }
            }
        }
    }

    private void readProperties(Record message) {
        user = new LinkedHashMap<>();
        reading.reset(message.bytes(), message.propertiesStart(), message.propertiesEnd() - message.propertiesStart());
        properties.read(reading);
        readBytes = message.bytes();
        readEnd = message.end();
    }

    private static void setText(Row row, int column, String value) {
        if (value == null) {
            row.setNull(column);
        } else {
            row.setUtf8(column, Utf8.of(value));
        }
    }

    private static void setObject(Row row, int column, Object value) {
        if (value == null) {
            row.setNull(column);
        } else {
            row.setObject(column, value);
        }
    }
}
