package creek.connector.mqtt.client;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * How to connect.
 *
 * @param urls           the brokers to try in turn
 * @param version5       MQTT 5 rather than 3.1.1
 * @param password       null for none
 * @param user           null for none
 * @param sockets        for TLS; null where no URL asks for it
 * @param verifyHostname whether a certificate must be for the URL's host
 * @param attempts       after how many failures in a row to give up; null to go on, unless refused
 */
public record LinkSettings(List<String> urls, boolean version5, String clientId, String user, char[] password, Duration keepAlive,
        Duration timeout, boolean cleanStart, Duration sessionExpiry, int receiveMaximum, SSLSocketFactory sockets, boolean verifyHostname,
        Duration firstDelay, Duration longestDelay, Integer attempts) {
    /** The same under another name. */
    public LinkSettings as(String client) {
        return new LinkSettings(urls, version5, client, user, password, keepAlive, timeout, cleanStart, sessionExpiry, receiveMaximum, sockets,
                verifyHostname, firstDelay, longestDelay, attempts);
    }

    /**
     * The same for a client that only sends: no session outlives its connection. In one that did, the broker would take new messages of quality 2
     * for those with the same packet ids whose delivery the end of the connection broke off, and drop them.
     */
    public LinkSettings sending() {
        return new LinkSettings(urls, version5, clientId, user, password, keepAlive, timeout, true, Duration.ZERO, receiveMaximum, sockets,
                verifyHostname, firstDelay, longestDelay, attempts);
    }

    @Override
    public String toString() {
        return clientId + " at " + urls;
    }
}
