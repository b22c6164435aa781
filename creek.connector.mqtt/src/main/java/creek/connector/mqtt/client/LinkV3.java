package creek.connector.mqtt.client;

import java.io.IOException;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.TimerPingSender;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;

/** A connection by MQTT 3.1.1. */
final class LinkV3 extends PahoLink {
    private static final int SUBSCRIPTION_REFUSED = 0x80;
    /** What a broker takes ahead that does not say so; common ones take as many. */
    private static final int RECEIVE_MAXIMUM = 65_535;
    /** The same for quality 2: mosquitto, unless it is configured otherwise, ends the connection with the 21st message whose delivery is under way. */
    private static final int RECEIVE_MAXIMUM_OF_2 = 20;

    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    private final MqttAsyncClient client;
    /** What leads to the broker, once there was something. */
    private volatile NetworkModule line;

    /** @param other what to connect by; null for what the URL says */
    LinkV3(LinkSettings settings, String url, Listener listener, AckGate gate, NetworkModule other) throws LinkException {
        super(settings, url, listener, gate);
        try {
            client = new MqttAsyncClient(url, settings.clientId(), new HandOverV3(listener, this::isClosed), new TimerPingSender(),
                    new PromptThreads()) {
                @Override
                protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options)
                        throws MqttException, MqttSecurityException {
                    NetworkModule[] modules = other != null ? new NetworkModule[] {other}
                            : url.startsWith("ssl:") ? new NetworkModule[] {new TlsLine(url, settings)} : super.createNetworkModules(address, options);
                    for (int i = 0; i < modules.length; i++) {
                        modules[i] = NetworkModules.gated(modules[i], gate);
                    }
                    line = modules[0];
                    return modules;
                }
            };
        } catch (MqttException e) {
            throw failure(e);
        }
        client.setCallback(new Callback());
    }

    @Override
    boolean logIn(boolean first) throws LinkException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        // A session that was begun as a clean one ends with its connection, so that the first one decides.
        options.setCleanSession(settings.cleanStart());
        options.setKeepAliveInterval(keepAliveSeconds());
        options.setConnectionTimeout(timeoutSeconds());
        options.setMaxInflight(RECEIVE_MAXIMUM);
        options.setUserName(settings.user());
        if (settings.password() != null) {
            options.setPassword(settings.password());
        }
        options.setSocketFactory(sockets());
        if (isEncrypted()) {
            options.setHttpsHostnameVerificationEnabled(settings.verifyHostname());
        }
        try {
            IMqttToken token = client.connect(options);
            token.waitForCompletion(settings.timeout().toMillis());
            return token.getSessionPresent();
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public void subscribe(List<String> filters, int qos) throws LinkException {
        int[] qualities = new int[filters.size()];
        java.util.Arrays.fill(qualities, qos);
        try {
            IMqttToken token = client.subscribe(filters.toArray(String[]::new), qualities);
            token.waitForCompletion(settings.timeout().toMillis());
            int[] granted = token.getGrantedQos();
            for (int i = 0; i < granted.length; i++) {
                if (granted[i] >= SUBSCRIPTION_REFUSED) {
                    throw Failures.subscription(filters.get(i), url, "", true);
                }
            }
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public int receiveMaximum(int qos) {
        return qos == 2 ? RECEIVE_MAXIMUM_OF_2 : RECEIVE_MAXIMUM;
    }

    @Override
    public boolean publish(Packet packet, int qos, long waited, Runnable acknowledged) throws LinkException {
        try {
            client.publish(packet.topic, packet.payload, qos, packet.retained, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    acknowledged.run();
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    lost("sending failed: " + Failures.reason(cause));
                }
            });
            return true;
        } catch (MqttException e) {
            if (e.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
                return false;
            }
            throw failure(e);
        }
    }

    private LinkException failure(MqttException e) {
        boolean refused = switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION, MqttException.REASON_CODE_INVALID_CLIENT_ID,
                    MqttException.REASON_CODE_FAILED_AUTHENTICATION, MqttException.REASON_CODE_NOT_AUTHORIZED -> true;
            default -> false;
        };
        return Failures.connection(url, Failures.reason(e), refused, e);
    }

    @Override
    byte[] farewell(boolean forgetSession) {
        return DISCONNECT;
    }

    @Override
    void cutLine() throws IOException {
        line.stop();
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException e) {
            // was not connected
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            // there is nothing left to close
        }
    }

    private final class Callback implements MqttCallback {
        private final Packet packet = new Packet(LinkV3.this::isClosed);

        @Override
        public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
            // Those of quality 2 were taken over when they came.
            if (message.getQos() < 2) {
                HandOverV3.fill(packet, topic, message);
                listener.received(packet);
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            lost(Failures.reason(cause));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // each message has a listener of its own
        }
    }
}
