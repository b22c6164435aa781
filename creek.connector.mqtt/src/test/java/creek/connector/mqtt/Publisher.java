package creek.connector.mqtt;

import creek.connector.mqtt.client.PromptThreads;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** A device: publishes and waits for the broker's acknowledgement of each message. */
final class Publisher implements AutoCloseable {
    private final MqttClient client;

    Publisher(String url) throws MqttException {
        client = new MqttClient(url, "device-" + System.nanoTime(), new MemoryPersistence(), new PromptThreads());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options);
    }

    void publish(String topic, String payload, int qos) throws MqttException {
        publish(topic, payload, qos, false);
    }

    void publish(String topic, String payload, int qos, boolean retain) throws MqttException {
        while (true) {
            try {
                client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain);
                return;
            } catch (MqttException e) {
                // Paho counts a message of quality 2 for a moment longer than it makes one wait for it.
                if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    void publish(String topic, MqttMessage message) throws MqttException {
        client.publish(topic, message);
    }

    @Override
    public void close() throws MqttException {
        try {
            client.disconnectForcibly(0, 100, true);
        } catch (MqttException e) {
            // was not connected any more
        }
        client.close(true);
    }
}
