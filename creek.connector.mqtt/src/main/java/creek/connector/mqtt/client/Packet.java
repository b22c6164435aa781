package creek.connector.mqtt.client;

import creek.core.data.BinaryWriter;
import java.util.function.BooleanSupplier;

/**
 * A message on its way: a received one, reused by the thread that receives, or one to send.
 *
 * @see creek.connector.mqtt.journal.Record
 */
public final class Packet {
    /** Never written to. */
    private static final BinaryWriter NO_PROPERTIES = new BinaryWriter();

    public String topic;
    public byte[] payload;
    public int qos;
    public boolean retained;
    public boolean duplicate;
    /** 0 where quality of service is 0. */
    public int id;
    /** Properties of MQTT 5 in the form of {@link creek.connector.mqtt.journal.Properties}; empty if there are none. */
    public BinaryWriter properties;
    /** Of a message to send: since when it waits, epoch milliseconds. */
    public long written;
    private final BooleanSupplier leftBehind;

    /** A message to send, without properties. */
    public Packet() {
        this(() -> false, NO_PROPERTIES);
    }

    /** @param leftBehind whether the connection that it comes on has ended */
    public Packet(BooleanSupplier leftBehind) {
        this(leftBehind, new BinaryWriter());
    }

    private Packet(BooleanSupplier leftBehind, BinaryWriter properties) {
        this.leftBehind = leftBehind;
        this.properties = properties;
    }

    /**
     * Whether the connection that it came on has ended. It may not be taken over any more: the broker sends it again on the next one, and where
     * that came first, this one, without the mark of a duplicate, would look like another message.
     */
    public boolean isLeftBehind() {
        return leftBehind.getAsBoolean();
    }
}
