package creek.connector.mqtt.client;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Puts what went wrong into words. */
final class Failures {
    private Failures() {
    }

    static LinkException connection(String url, String reason, boolean refused, Throwable cause) {
        return new LinkException("broker " + url + ": " + reason, refused || isCertificate(cause), cause);
    }

    static LinkException subscription(String filter, String url, String reason) {
        return new LinkException("broker " + url + " refuses the subscription of '" + filter + "'" + reason, true, null);
    }

    private static boolean isCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException || cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** What lies at the bottom, in words. */
    static String reason(Throwable failure) {
        if (failure == null) {
            return "the connection was closed";
        }
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "the host '" + cause.getMessage() + "' is not known";
        }
        if (failure.getCause() instanceof SSLException || isCertificate(failure)) {
            return "TLS: " + text(cause);
        }
        if (cause instanceof java.io.EOFException) {
            return "the broker closed the connection";
        }
        return text(cause);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
