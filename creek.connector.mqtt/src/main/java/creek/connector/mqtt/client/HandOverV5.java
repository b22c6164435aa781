package creek.connector.mqtt.client;

import java.util.Collections;
import java.util.Enumeration;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;

/**
 * Stands where Paho keeps messages of quality 2 before it tells the broker that it has them. They are taken over here, as the broker sends them no
 * more from then on. Nothing is kept for Paho, as each connection has a new client.
 */
final class HandOverV5 implements MqttClientPersistence {
    /** What Paho's keys of received messages start with. */
    private static final String RECEIVED = "r-";

    private final Link.Listener listener;
    private final DuplicateMarks marks;
    private final Packet packet;

    HandOverV5(Link.Listener listener, DuplicateMarks marks, BooleanSupplier closed) {
        this.listener = listener;
        packet = new Packet(closed);
        this.marks = marks;
    }

    static void fill(Packet packet, String topic, MqttMessage message) {
        packet.topic = topic;
        packet.payload = message.getPayload();
        packet.qos = message.getQos();
        packet.retained = message.isRetained();
        packet.id = message.getQos() == 0 ? 0 : message.getId();
        packet.properties.reset();
        if (message.getProperties() != null) {
            PropertiesV5.write(message.getProperties(), packet.properties);
        }
    }

    @Override
    public void put(String key, MqttPersistable message) throws MqttPersistenceException {
        if (!key.startsWith(RECEIVED)) {
            return;
        }
        MqttPublish publish = (MqttPublish) message;
        fill(packet, publish.getTopicName(), publish.getMessage());
        packet.id = publish.getMessageId();
        packet.duplicate = marks.take(packet.id);
        try {
            listener.received(packet);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MqttPersistenceException(MqttException.REASON_CODE_CLIENT_EXCEPTION);
        }
    }

    @Override
    public void open(String clientId) {
        // there is nothing to open
    }

    @Override
    public void close() {
        // nothing was opened
    }

    @Override
    public MqttPersistable get(String key) {
        return null;
    }

    @Override
    public void remove(String key) {
        // nothing was kept
    }

    @Override
    public Enumeration<String> keys() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void clear() {
        // nothing was kept
    }

    @Override
    public boolean containsKey(String key) {
        return false;
    }
}
