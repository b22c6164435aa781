package creek.connector.mqtt.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Paho's network modules with a gate in front of what goes out, and a buffer, as Paho reads byte by byte, behind what comes in, of which nothing is read
 * before the {@linkplain FirstWord first word} went out. The two versions have an interface each, of the same form.
 */
final class NetworkModules {
    private static final int BUFFER_SIZE = 64 << 10;

    private NetworkModules() {
    }

    static org.eclipse.paho.client.mqttv3.internal.NetworkModule gated(org.eclipse.paho.client.mqttv3.internal.NetworkModule module,
            AckGate gate) {
        FirstWord first = new FirstWord();
        return new org.eclipse.paho.client.mqttv3.internal.NetworkModule() {
            @Override
            public void start() throws IOException, org.eclipse.paho.client.mqttv3.MqttException {
                module.start();
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return new BufferedInputStream(first.before(module.getInputStream()), BUFFER_SIZE);
            }

            @Override
            public OutputStream getOutputStream() throws IOException {
                return first.by(gate.wrap(module.getOutputStream()));
            }

            @Override
            public void stop() throws IOException {
                first.say();
                module.stop();
            }

            @Override
            public String getServerURI() {
                return module.getServerURI();
            }
        };
    }

    static org.eclipse.paho.mqttv5.client.internal.NetworkModule gated(org.eclipse.paho.mqttv5.client.internal.NetworkModule module,
            AckGate gate, DuplicateMarks marks) {
        FirstWord first = new FirstWord();
        return new org.eclipse.paho.mqttv5.client.internal.NetworkModule() {
            @Override
            public void start() throws IOException, org.eclipse.paho.mqttv5.common.MqttException {
                module.start();
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return marks.watch(first.before(module.getInputStream()));
            }

            @Override
            public OutputStream getOutputStream() throws IOException {
                return first.by(gate.wrap(module.getOutputStream()));
            }

            @Override
            public void stop() throws IOException {
                first.say();
                module.stop();
            }

            @Override
            public String getServerURI() {
                return module.getServerURI();
            }
        };
    }
}
