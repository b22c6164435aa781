package creek.connector.mqtt;

import creek.connector.mqtt.client.Packet;
import creek.connector.mqtt.journal.Properties;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The properties of MQTT 5 that a table's rows give to their messages, by columns {@code METADATA FROM} their names. */
final class WrittenProperties {
    static final Set<String> KEYS = Set.of("content-type", "response-topic", "correlation-data", "message-expiry", "user-properties");

    /** What the protocol has room for, in bytes. */
    private static final int LONGEST = 65_535;
    private static final long LATEST = 0xFFFF_FFFFL;

    private final int contentType;
    private final int responseTopic;
    private final int correlationData;
    private final int messageExpiry;
    private final int userProperties;

    /** @param columns places in rows, by key */
    WrittenProperties(Map<String, Integer> columns) {
        contentType = columns.getOrDefault("content-type", -1);
        responseTopic = columns.getOrDefault("response-topic", -1);
        correlationData = columns.getOrDefault("correlation-data", -1);
        messageExpiry = columns.getOrDefault("message-expiry", -1);
        userProperties = columns.getOrDefault("user-properties", -1);
    }

    /**
     * Gives a message what its row has; NULL is nothing.
     *
     * @throws IOException if a value is more than a message can have
     */
    void add(Row row, Packet packet) throws IOException {
        BinaryWriter output = new BinaryWriter();
        if (has(row, contentType)) {
            Properties.writeContentType(text(row.getUtf8(contentType), "content-type"), output);
        }
        if (has(row, responseTopic)) {
            Properties.writeResponseTopic(TopicTemplate.check(row.getUtf8(responseTopic).toString()), output);
        }
        if (has(row, correlationData)) {
            byte[] data = row.getBytes(correlationData);
            if (data.length > LONGEST) {
                throw new IOException("correlation-data has " + data.length + " bytes; a message has room for " + LONGEST);
            }
            Properties.writeCorrelationData(data, output);
        }
        if (has(row, messageExpiry)) {
            long seconds = row.getLong(messageExpiry);
            if (seconds < 1 || seconds > LATEST) {
                throw new IOException("message-expiry is " + seconds + "; it must be from 1 to " + LATEST + " seconds");
            }
            Properties.writeMessageExpiry(seconds, output);
        }
        if (has(row, userProperties)) {
            for (Map.Entry<?, ?> property : row.getMap(userProperties).entrySet()) {
                if (property.getValue() != null) {
                    Properties.writeUser(text(property.getKey(), "user-properties"), text(property.getValue(), "user-properties"), output);
                }
            }
        }
        packet.properties = output;
    }

    private static boolean has(Row row, int column) {
        return column >= 0 && !row.isNullAt(column);
    }

    private static String text(Object value, String key) throws IOException {
        String text = value.toString();
        if (text.length() > LONGEST / 3 && text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IOException("a text of " + key + " is longer than the " + LONGEST + " bytes that a message has room for");
        }
        return text;
    }
}
