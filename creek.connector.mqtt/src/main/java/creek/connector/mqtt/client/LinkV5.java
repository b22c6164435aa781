package creek.connector.mqtt.client;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.TimerPingSender;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSecurityException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** A connection by MQTT 5. */
final class LinkV5 implements Link {
    /** Retained messages come only when a subscription was not there before. */
    private static final int ONLY_NEW = 1;

    /** Kept, so that its level stays: Paho speaks of each message of quality 2, and of each loss with a stack trace, which {@link Connection} tells. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5");

    static {
        if (PAHO.getLevel() == null) {
            PAHO.setLevel(Level.OFF);
        }
    }

    private final LinkSettings settings;
    private final Listener listener;
    private final String url;
    private final MqttAsyncClient client;
    private final DuplicateMarks marks = new DuplicateMarks();
    private volatile int receiveMaximum = 65_535;
    private final AckGate gate;
    /** What leads to the broker, once there was something. */
    private volatile NetworkModule line;
    private volatile boolean isConnected;
    private volatile boolean closed;

    LinkV5(LinkSettings settings, String url, Listener listener, AckGate gate) throws LinkException {
        this.settings = settings;
        this.listener = listener;
        this.url = url;
        this.gate = gate;
        try {
            client = new MqttAsyncClient(url, settings.clientId(), new HandOverV5(listener, marks, () -> closed), new TimerPingSender(null),
                    new PromptThreads()) {
                @Override
                protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options)
                        throws MqttException, MqttSecurityException {
                    NetworkModule[] modules = super.createNetworkModules(address, options);
                    for (int i = 0; i < modules.length; i++) {
                        modules[i] = NetworkModules.gated(modules[i], gate, marks);
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
    public boolean connect(boolean first) throws LinkException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(settings.cleanStart() && (first || settings.sessionExpiry().isZero()));
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setTopicAliasMaximum(0);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
        options.setUserName(settings.user());
        options.setPassword(settings.password() == null ? null : Secrets.utf8(settings.password()));
        options.setAutomaticReconnect(false);
        options.setUseSubscriptionIdentifiers(false);
        if (url.startsWith("ssl:") || url.startsWith("wss:")) {
            options.setSocketFactory(new PromptTlsSockets(settings.sockets()));
            options.setHttpsHostnameVerificationEnabled(settings.verifyHostname());
        } else {
            options.setSocketFactory(new PromptSockets());
        }
        try {
            IMqttToken token = client.connect(options);
            token.waitForCompletion(settings.timeout().toMillis());
            isConnected = true;
            MqttProperties answer = token.getResponseProperties();
            if (answer != null && answer.getReceiveMaximum() != null) {
                receiveMaximum = answer.getReceiveMaximum();
            }
            return token.getSessionPresent();
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public void subscribe(List<String> filters, int qos) throws LinkException {
        MqttSubscription[] subscriptions = filters.stream().map(filter -> {
            MqttSubscription subscription = new MqttSubscription(filter, qos);
            subscription.setRetainAsPublished(true);
            subscription.setRetainHandling(ONLY_NEW);
            return subscription;
        }).toArray(MqttSubscription[]::new);
        try {
            IMqttToken token = client.subscribe(subscriptions, null, null, new MqttProperties());
            token.waitForCompletion(settings.timeout().toMillis());
            int[] codes = token.getReasonCodes();
            for (int i = 0; codes != null && i < codes.length; i++) {
                if (codes[i] >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
                    throw Failures.subscription(filters.get(i), url, ", reason code " + codes[i]);
                }
            }
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public int receiveMaximum() {
        return receiveMaximum;
    }

    @Override
    public boolean publish(Packet packet, int qos, long waited, Runnable acknowledged) throws LinkException {
        MqttProperties properties = packet.properties.size() == 0 ? null : PropertiesV5.read(packet.properties, waited);
        try {
            client.publish(packet.topic, new MqttMessage(packet.payload, qos, packet.retained, properties), null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    int[] codes = token.getReasonCodes();
                    if (codes == null || codes.length == 0 || codes[0] < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
                        acknowledged.run();
                    } else {
                        lost(codes[0], "the broker does not take a message of topic '" + packet.topic + "'", null);
                    }
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    failed("sending failed: ", cause);
                }
            });
            return true;
        } catch (MqttException e) {
            if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                return false;
            }
            throw failure(e);
        }
    }

    /** Tells of the end of the connection, which is for good if the client may not do what it did, or made a message that the broker can't take. */
    private void lost(int code, String what, String details) {
        if (closed) {
            return;
        }
        String reason = what + (code == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED ? ": not authorized" : ", reason code " + code)
                + (details == null ? "" : ", " + details);
        switch (code) {
            case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED, MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID,
                    MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE, MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID -> listener.refused(reason);
            default -> listener.lost(reason);
        }
    }

    /** Paho ends with a failure when a PUBREC says that a message is refused, and tells it to all that are under way. */
    private void failed(String what, Throwable failure) {
        if (failure instanceof MqttException refusal && refusal.getReasonCode() == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED) {
            lost(refusal.getReasonCode(), "the broker does not take a message", null);
        } else if (!closed) {
            listener.lost(what + Failures.reason(failure));
        }
    }

    private LinkException failure(MqttException e) {
        String refusal = switch (e.getReasonCode()) {
            case MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD, MqttClientException.REASON_CODE_FAILED_AUTHENTICATION ->
                "user name or password is wrong";
            case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED, MqttClientException.REASON_CODE_NOT_AUTHORIZED ->
                "not authorized; user name or password may be wrong";
            case MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID, MqttClientException.REASON_CODE_INVALID_CLIENT_ID ->
                "the client-id '" + settings.clientId() + "' is not accepted";
            case MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION, MqttClientException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
                "MQTT 5 is not supported; 'protocol.version' can be '3.1.1'";
            case MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION -> "bad authentication";
            case MqttReturnCode.RETURN_CODE_BANNED -> "this client is banned";
            default -> null;
        };
        return Failures.connection(url, refusal != null ? refusal : Failures.reason(e), refusal != null, e);
    }

    @Override
    public void leave(boolean forgetSession) {
        closed = true;
        try {
            gate.leave(farewell(forgetSession ? 0 : settings.sessionExpiry().toSeconds()));
        } catch (IOException e) {
            // was lost
        }
        cut();
    }

    @Override
    public void cut() {
        closed = true;
        try {
            // Paho hangs if the line is cut while it connects.
            if (isConnected) {
                line.stop();
            }
        } catch (IOException e) {
            // was lost
        }
    }

    /** DISCONNECT, for no particular reason, with how long to keep the session. */
    private static byte[] farewell(long expiry) {
        return new byte[] {(byte) 0xE0, 7, 0, 5, 0x11, (byte) (expiry >> 24), (byte) (expiry >> 16), (byte) (expiry >> 8), (byte) expiry};
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
        private final Packet packet = new Packet(() -> closed);

        @Override
        public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
            // Those of quality 2 were taken over before.
            if (message.getQos() < 2) {
                HandOverV5.fill(packet, topic, message);
                packet.duplicate = marks.take(packet.id);
                listener.received(packet);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException failure = response.getException();
            if (failure == null) {
                lost(response.getReturnCode(), "the broker says farewell", response.getReasonString());
            } else {
                failed("", failure);
            }
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            if (!closed) {
                listener.lost(Failures.reason(exception));
            }
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // each message has a listener of its own
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // whoever connects waits for it
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // no such authentication is asked for
        }
    }
}
