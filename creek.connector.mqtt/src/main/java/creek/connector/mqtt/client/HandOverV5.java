package creek.connector.mqtt.client;

import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttPersistable;
import org.eclipse.paho.mqttv5.common.MqttPersistenceException;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;

/** Takes messages of quality 2 over from Paho's client for MQTT 5. */
final class HandOverV5 extends HandOver<MqttPersistable> implements MqttClientPersistence {
    private final DuplicateMarks marks;

    HandOverV5(Link.Listener listener, DuplicateMarks marks, BooleanSupplier closed) {
        super(listener, closed);
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
    public void open(String clientId) {
        // there is nothing to open
    }

    @Override
    public void put(String key, MqttPersistable message) throws MqttPersistenceException {
        if (isReceived(key)) {
            MqttPublish publish = (MqttPublish) message;
            fill(packet, publish.getTopicName(), publish.getMessage());
            packet.id = publish.getMessageId();
            packet.duplicate = marks.take(packet.id);
            if (!handOver()) {
                throw new MqttPersistenceException(MqttException.REASON_CODE_CLIENT_EXCEPTION);
            }
        }
    }
}
