package creek.connector.mqtt.journal;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.function.BiConsumer;

/** The properties of an MQTT 5 message that tables can have as columns, as bytes: a tag each, then the value. */
public final class Properties {
    private static final byte CONTENT_TYPE = 1;
    private static final byte RESPONSE_TOPIC = 2;
    private static final byte CORRELATION_DATA = 3;
    private static final byte MESSAGE_EXPIRY = 4;
    private static final byte USER = 5;

    public String contentType;
    public String responseTopic;
    public byte[] correlationData;
    /** Seconds, or -1 for none. */
    public long messageExpiry;
    private final BiConsumer<String, String> user;

    /** @param user takes the user properties, in order */
    public Properties(BiConsumer<String, String> user) {
        this.user = user;
    }

    public static void writeContentType(String value, BinaryWriter output) {
        writeText(CONTENT_TYPE, value, output);
    }

    public static void writeResponseTopic(String value, BinaryWriter output) {
        writeText(RESPONSE_TOPIC, value, output);
    }

    public static void writeCorrelationData(byte[] value, BinaryWriter output) {
        if (value != null) {
            output.writeByte(CORRELATION_DATA);
            output.writeBytes(value, 0, value.length);
        }
    }

    public static void writeMessageExpiry(Long value, BinaryWriter output) {
        if (value != null) {
            output.writeByte(MESSAGE_EXPIRY);
            output.writeLong(value);
        }
    }

    public static void writeUser(String key, String value, BinaryWriter output) {
        output.writeByte(USER);
        output.writeString(key);
        output.writeString(value);
    }

    private static void writeText(byte tag, String value, BinaryWriter output) {
        if (value != null) {
            output.writeByte(tag);
            output.writeString(value);
        }
    }

    /** Takes over what is there. */
    public void read(BinaryReader input) {
        contentType = null;
        responseTopic = null;
        correlationData = null;
        messageExpiry = -1;
        while (input.remaining() > 0) {
            byte tag = input.readByte();
            switch (tag) {
                case CONTENT_TYPE -> contentType = input.readString();
                case RESPONSE_TOPIC -> responseTopic = input.readString();
                case CORRELATION_DATA -> correlationData = input.readBytes();
                case MESSAGE_EXPIRY -> messageExpiry = input.readLong();
                case USER -> user.accept(input.readString(), input.readString());
                default -> throw new IllegalStateException("a property of the unknown kind " + tag + "; a newer version wrote it");
            }
        }
    }
}
