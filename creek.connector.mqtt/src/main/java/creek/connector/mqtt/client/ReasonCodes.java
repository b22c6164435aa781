package creek.connector.mqtt.client;

import java.util.Map;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** What brokers of MQTT 5 say by reason codes, and whether they would say it again of the same. */
final class ReasonCodes {
    /** All from here on are failures. */
    static final int FAILURE = 0x80;

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR, "an error that it does not name"),
            Map.entry(MqttReturnCode.RETURN_CODE_MALFORMED_CONTROL_PACKET, "malformed packet"),
            Map.entry(MqttReturnCode.RETURN_CODE_PROTOCOL_ERROR, "protocol error"),
            Map.entry(MqttReturnCode.RETURN_CODE_IMPLEMENTATION_SPECIFIC_ERROR, "not accepted by this broker"),
            Map.entry(MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION, "MQTT 5 is not supported; 'protocol.version' can be '3.1.1'"),
            Map.entry(MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID, "the 'client-id' is not accepted"),
            Map.entry(MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD, "user name or password is wrong"),
            Map.entry(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED, "not authorized"),
            Map.entry(MqttReturnCode.RETURN_CODE_SERVER_UNAVAILABLE, "not available"),
            Map.entry(MqttReturnCode.RETURN_CODE_SERVER_BUSY, "busy"),
            Map.entry(MqttReturnCode.RETURN_CODE_BANNED, "this client is banned"),
            Map.entry(MqttReturnCode.RETURN_CODE_SERVER_SHUTTING_DOWN, "it shuts down"),
            Map.entry(MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION, "bad authentication"),
            Map.entry(MqttReturnCode.RETURN_CODE_KEEP_ALIVE_TIMEOUT, "nothing was heard of this client for one and a half times 'keep-alive'"),
            Map.entry(MqttReturnCode.RETURN_CODE_SESSION_TAKEN_OVER, "another client with the same 'client-id' has connected"),
            Map.entry(MqttReturnCode.RETURN_CODE_TOPIC_FILTER_NOT_VALID, "the topic filter is not accepted"),
            Map.entry(MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID, "the topic is not accepted"),
            Map.entry(MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE, "too large for the broker"),
            Map.entry(MqttReturnCode.RETURN_CODE_MESSAGE_RATE_TOO_HIGH, "too many messages in too short a time"),
            Map.entry(MqttReturnCode.RETURN_CODE_QUOTA_EXCEEDED, "quota exceeded"),
            Map.entry(MqttReturnCode.RETURN_CODE_ADMINISTRITIVE_ACTION, "closed by an administrator"),
            Map.entry(MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID, "the payload is not as the message says"),
            Map.entry(MqttReturnCode.RETURN_CODE_RETAIN_NOT_SUPPORTED, "the broker retains no messages, as 'sink.retain' asks for"),
            Map.entry(MqttReturnCode.RETURN_CODE_QOS_NOT_SUPPORTED, "the broker does not support this 'qos'"),
            Map.entry(MqttReturnCode.RETURN_CODE_USE_ANOTHER_SERVER, "another broker is to be used for a time"),
            Map.entry(MqttReturnCode.RETURN_CODE_SERVER_MOVED, "another broker is to be used from now on"),
            Map.entry(MqttReturnCode.RETURN_CODE_SHARED_SUB_NOT_SUPPORTED, "the broker has no shared subscriptions"),
            Map.entry(MqttReturnCode.RETURN_CODE_CONNECTION_RATE_EXCEEDED, "too many connections in too short a time"),
            Map.entry(MqttReturnCode.RETURN_CODE_MAXIMUM_CONNECT_TIME, "the longest time of a connection is over"),
            Map.entry(MqttReturnCode.RETURN_CODE_WILDCARD_SUB_NOT_SUPPORTED, "the broker has no wildcards"));

    /** What only someone who changes the job, the broker or the device can help. All else may go well at the next try. */
    private static final Set<Integer> FINAL = Set.of(MqttReturnCode.RETURN_CODE_MALFORMED_CONTROL_PACKET, MqttReturnCode.RETURN_CODE_PROTOCOL_ERROR,
            MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION, MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID,
            MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD, MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED, MqttReturnCode.RETURN_CODE_BANNED,
            MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION, MqttReturnCode.RETURN_CODE_TOPIC_FILTER_NOT_VALID,
            MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID, MqttReturnCode.RETURN_CODE_TOPIC_ALIAS_NOT_ACCEPTED,
            MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE, MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID,
            MqttReturnCode.RETURN_CODE_RETAIN_NOT_SUPPORTED, MqttReturnCode.RETURN_CODE_QOS_NOT_SUPPORTED,
            MqttReturnCode.RETURN_CODE_SERVER_MOVED, MqttReturnCode.RETURN_CODE_SHARED_SUB_NOT_SUPPORTED,
            MqttReturnCode.RETURN_CODE_SUB_IDENTIFIERS_NOT_SUPPORTED, MqttReturnCode.RETURN_CODE_WILDCARD_SUB_NOT_SUPPORTED);

    private ReasonCodes() {
    }

    /** In words, with the number. */
    static String text(int code) {
        String text = TEXTS.get(code);
        return text == null ? "reason code " + code : text + " (reason code " + code + ")";
    }

    /** Whether the same try would fail again until someone changes something. */
    static boolean isFinal(int code) {
        return FINAL.contains(code);
    }

    /** Whether a number of Paho's is one that the broker has said; its own are larger, or very small. */
    static boolean isOfBroker(int code) {
        return code >= FAILURE && code <= MqttReturnCode.RETURN_CODE_WILDCARD_SUB_NOT_SUPPORTED;
    }
}
