package creek.connector.mqtt.client;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Puts what went wrong into words. */
final class Failures {
    /** What brokers say of a client's certificate, as Java puts it. */
    private static final Pattern CERTIFICATE_ALERT = Pattern.compile(
            "(?:\\(\\w+\\) )?Received fatal alert: ((?:bad|unsupported)_certificate|certificate_\\w+|unknown_ca|access_denied).*");

    private Failures() {
    }

    static LinkException connection(String url, String reason, boolean refused, Throwable cause) {
        return new LinkException("broker " + url + ": " + reason, refused || isCertificate(cause), cause);
    }

    /** @param refused whether the broker would refuse it again */
    static LinkException subscription(String filter, String url, String reason, boolean refused) {
        return new LinkException("broker " + url + " refuses the subscription of '" + filter + "'" + reason, refused, null);
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
            return "TLS: " + alert(text(cause));
        }
        if (cause instanceof java.io.EOFException) {
            return "the broker closed the connection";
        }
        return text(cause);
    }

    private static String alert(String text) {
        Matcher alert = CERTIFICATE_ALERT.matcher(text);
        return alert.matches() ? "the broker does not accept this client's certificate, or wants one (" + alert.group(1)
                + "); 'ssl.certificate-file' and 'ssl.key-file', or 'ssl.keystore.location', name it" : text;
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
