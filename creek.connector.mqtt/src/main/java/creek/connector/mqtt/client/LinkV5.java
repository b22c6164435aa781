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
final class LinkV5 extends PahoLink {
    /** Retained messages come only when a subscription was not there before. */
    private static final int ONLY_NEW = 1;

    /** Kept, so that its level stays: Paho speaks of each message of quality 2, and of each loss with a stack trace, which {@link Connection} tells. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho.mqttv5");

    static {
        if (PAHO.getLevel() == null) {
            PAHO.setLevel(Level.OFF);
        }
    }

    /** Paho breaks off; it knows none for subscriptions with wildcards, say, that a broker does not have. */
    private static final String UNKNOWN_CODE = "the broker refuses with a reason code that is not one for this, as some do that have no wildcards";

    private final MqttAsyncClient client;
    private final DuplicateMarks marks = new DuplicateMarks();
    private volatile int receiveMaximum = 65_535;
    /** What leads to the broker, once there was something. */
    private volatile NetworkModule line;

    /** @param other what to connect by; null for what the URL says */
    LinkV5(LinkSettings settings, String url, Listener listener, AckGate gate, NetworkModule other) throws LinkException {
        super(settings, url, listener, gate);
        try {
            client = new MqttAsyncClient(url, settings.clientId(), new HandOverV5(listener, marks, this::isClosed), new TimerPingSender(null),
                    new PromptThreads()) {
                @Override
                protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options)
                        throws MqttException, MqttSecurityException {
                    NetworkModule[] modules = other != null ? new NetworkModule[] {other}
                            : url.startsWith("ssl:") ? new NetworkModule[] {new TlsLine(url, settings)} : super.createNetworkModules(address, options);
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
    boolean logIn(boolean first) throws LinkException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(settings.cleanStart() && (first || settings.sessionExpiry().isZero()));
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setTopicAliasMaximum(0);
        options.setKeepAliveInterval(keepAliveSeconds());
        options.setConnectionTimeout(timeoutSeconds());
        options.setUserName(settings.user());
        options.setPassword(settings.password() == null ? null : Secrets.utf8(settings.password()));
        options.setAutomaticReconnect(false);
        options.setUseSubscriptionIdentifiers(false);
        options.setSocketFactory(sockets());
        if (isEncrypted()) {
            options.setHttpsHostnameVerificationEnabled(settings.verifyHostname());
        }
        try {
            IMqttToken token = client.connect(options);
            token.waitForCompletion(settings.timeout().toMillis());
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
                if (codes[i] >= ReasonCodes.FAILURE) {
                    throw Failures.subscription(filters.get(i), url, ": " + ReasonCodes.text(codes[i]), ReasonCodes.isFinal(codes[i]));
                }
            }
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public int receiveMaximum(int qos) {
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
                    if (codes == null || codes.length == 0 || codes[0] < ReasonCodes.FAILURE) {
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

    /** Tells of the end of the connection, which is for good if the broker would say the same again. */
    private void lost(int code, String what, String details) {
        String reason = what + ": " + ReasonCodes.text(code) + (details == null ? "" : ", " + details);
        if (!ReasonCodes.isFinal(code)) {
            lost(reason);
        } else if (!isClosed()) {
            listener.refused(reason);
        }
    }

    /** Paho ends with a failure when a PUBREC says that a message is refused, and tells it to all that are under way. */
    private void failed(String what, Throwable failure) {
        int code = failure instanceof MqttException refusal ? refusal.getReasonCode() : 0;
        if (code == MqttClientException.REASON_CODE_SERVER_DISCONNECTED) {
            // The callback is told the broker's reason next.
            return;
        }
        if (ReasonCodes.isOfBroker(code)) {
            lost(code, "the broker does not take a message", null);
        } else if (code == MqttClientException.REASON_CODE_OUTGOING_PACKET_TOO_LARGE) {
            lost(MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE, "a message can't be sent", null);
        } else if (code == MqttException.REASON_CODE_INVALID_RETURN_CODE && !isClosed()) {
            listener.refused(UNKNOWN_CODE);
        } else {
            lost(what + Failures.reason(failure));
        }
    }

    private LinkException failure(MqttException e) {
        // Without a word of the broker Paho has numbers of its own for the same.
        int code = switch (e.getReasonCode()) {
            case MqttClientException.REASON_CODE_FAILED_AUTHENTICATION -> MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD;
            case MqttClientException.REASON_CODE_NOT_AUTHORIZED -> MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED;
            case MqttClientException.REASON_CODE_INVALID_CLIENT_ID -> MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID;
            case MqttClientException.REASON_CODE_INVALID_PROTOCOL_VERSION -> MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION;
            default -> e.getReasonCode();
        };
        if (code == MqttException.REASON_CODE_INVALID_RETURN_CODE) {
            return Failures.connection(url, UNKNOWN_CODE, true, e);
        }
        String reason = !ReasonCodes.isOfBroker(code) ? Failures.reason(e)
                : ReasonCodes.text(code) + (code == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED ? "; user name or password may be wrong" : "");
        return Failures.connection(url, reason, ReasonCodes.isFinal(code), e);
    }

    /** DISCONNECT, for no particular reason, with how long to keep the session. */
    @Override
    byte[] farewell(boolean forgetSession) {
        long expiry = forgetSession ? 0 : settings.sessionExpiry().toSeconds();
        return new byte[] {(byte) 0xE0, 7, 0, 5, 0x11, (byte) (expiry >> 24), (byte) (expiry >> 16), (byte) (expiry >> 8), (byte) expiry};
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
        private final Packet packet = new Packet(LinkV5.this::isClosed);

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
            lost(Failures.reason(exception));
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
