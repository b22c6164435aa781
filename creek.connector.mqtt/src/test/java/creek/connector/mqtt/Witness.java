package creek.connector.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A bare Paho subscriber beside a source, with a session that stays: what it is sent is what the broker has not lost. */
final class Witness implements MqttCallback, AutoCloseable {
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final MqttClient client;

    Witness(String url, String topic, int qos) throws MqttException {
        client = new MqttClient(url, "witness-" + System.nanoTime(), new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3600L);
        options.setAutomaticReconnect(true);
        options.setAutomaticReconnectDelay(1, 1);
        client.connect(options);
        client.subscribe(topic, qos);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        seen.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // it connects again
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // it connects again
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // it sends nothing
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // its session has the subscription
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // none is asked for
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
