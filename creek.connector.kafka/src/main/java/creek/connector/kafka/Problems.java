package creek.connector.kafka;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Turns the client's exceptions into sentences, without secrets. */
final class Problems {
    private final Map<String, Object> properties;

    Problems(Map<String, Object> properties) {
        this.properties = properties;
    }

    /** @param what what could not be done: {@code can't read from topic t} */
    IOException explain(String what, Throwable problem) {
        return new IOException(what + ": " + withoutSecrets(reason(problem)), problem);
    }

    private String reason(Throwable problem) {
        String brokers = "broker " + properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SaslAuthenticationException) {
                return brokers + " refuses user or password (" + cause.getMessage() + "); see 'properties.sasl.jaas.config' and 'properties.sasl.mechanism'";
            }
            if (cause instanceof SslAuthenticationException) {
                return brokers + " has a TLS certificate that is not trusted, or wants one that is missing (" + deepest(cause)
                        + "); see 'properties.ssl.truststore.location' and 'properties.ssl.keystore.location'";
            }
            if (cause instanceof TransactionalIdAuthorizationException) {
                return "the user may not use transactions of that 'sink.transactional-id-prefix'";
            }
            if (cause instanceof AuthorizationException) {
                return "the user is not allowed to: " + cause.getMessage();
            }
            if (cause instanceof UnknownTopicOrPartitionException) {
                return "the topic does not exist";
            }
            if (cause instanceof TimeoutException) {
                return "no answer from " + brokers + " (" + cause.getMessage() + "); is it there, does 'properties.security.protocol' go with that port, and is "
                        + "there such a topic?";
            }
        }
        return deepest(problem);
    }

    private static String deepest(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String withoutSecrets(String text) {
        String masked = text;
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            String value = String.valueOf(property.getValue());
            if (TopicConnector.isSecret(property.getKey()) && !value.isBlank()) {
                masked = masked.replace(value, "***");
            }
        }
        return masked;
    }
}
