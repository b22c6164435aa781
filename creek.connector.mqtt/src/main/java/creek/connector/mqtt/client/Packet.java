package creek.connector.mqtt.client;

import creek.core.data.BinaryWriter;

/**
 * A received message on its way. Reused by the thread that receives.
 *
 * @see creek.connector.mqtt.journal.Record
 */
public final class Packet {
    public String topic;
    public byte[] payload;
    public int qos;
    public boolean retained;
    public boolean duplicate;
    /** 0 where quality of service is 0. */
    public int id;
    /** Properties of MQTT 5 in the form of {@link creek.connector.mqtt.journal.Properties}; empty if there are none. */
    public final BinaryWriter properties = new BinaryWriter();
}
