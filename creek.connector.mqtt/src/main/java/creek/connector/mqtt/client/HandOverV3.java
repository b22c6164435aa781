package creek.connector.mqtt.client;

import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.MqttPersistenceException;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;

/** Takes messages of quality 2 over from Paho's client for MQTT 3.1.1. */
final class HandOverV3 extends HandOver<MqttPersistable> implements MqttClientPersistence {
    HandOverV3(Link.Listener listener, BooleanSupplier closed) {
        super(listener, closed);
    }

    static void fill(Packet packet, String topic, MqttMessage message) {
        packet.topic = topic;
        packet.payload = message.getPayload();
        packet.qos = message.getQos();
        packet.retained = message.isRetained();
        packet.duplicate = message.isDuplicate();
        packet.id = message.getQos() == 0 ? 0 : message.getId();
    }

    @Override
    public void open(String clientId, String serverUri) {
        // there is nothing to open
    }

    @Override
    public void put(String key, MqttPersistable message) throws MqttPersistenceException {
        if (isReceived(key)) {
            MqttPublish publish = (MqttPublish) message;
            fill(packet, publish.getTopicName(), publish.getMessage());
            packet.id = publish.getMessageId();
            if (!handOver()) {
                throw new MqttPersistenceException(MqttException.REASON_CODE_CLIENT_CLOSED);
            }
        }
    }
}
