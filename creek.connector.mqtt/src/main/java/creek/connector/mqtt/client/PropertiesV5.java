package creek.connector.mqtt.client;

import creek.connector.mqtt.journal.Properties;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Turns Paho's properties of a message into bytes, and back. */
final class PropertiesV5 {
    private static final long MILLIS = 1000;

    private PropertiesV5() {
    }

    static void write(MqttProperties properties, BinaryWriter output) {
        Properties.writeContentType(properties.getContentType(), output);
        Properties.writeResponseTopic(properties.getResponseTopic(), output);
        Properties.writeCorrelationData(properties.getCorrelationData(), output);
        Properties.writeMessageExpiry(properties.getMessageExpiryInterval(), output);
        for (UserProperty user : properties.getUserProperties()) {
            Properties.writeUser(user.getKey(), user.getValue(), output);
        }
    }

    /** @param waited for how many milliseconds the message has waited already; it expires in a second at the earliest */
    static MqttProperties read(BinaryWriter bytes, long waited) {
        List<UserProperty> user = new ArrayList<>();
        Properties read = new Properties((key, value) -> user.add(new UserProperty(key, value)));
        BinaryReader reader = new BinaryReader();
        reader.reset(bytes.bytes(), 0, bytes.size());
        read.read(reader);
        MqttProperties properties = new MqttProperties();
        properties.setContentType(read.contentType);
        properties.setResponseTopic(read.responseTopic);
        properties.setCorrelationData(read.correlationData);
        if (read.messageExpiry >= 0) {
            properties.setMessageExpiryInterval(Math.max(1, read.messageExpiry - Math.max(0, waited) / MILLIS));
        }
        properties.setUserProperties(user);
        return properties;
    }
}
