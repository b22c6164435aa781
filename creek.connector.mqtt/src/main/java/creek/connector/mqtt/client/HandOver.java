package creek.connector.mqtt.client;

import java.util.Collections;
import java.util.Enumeration;
import java.util.function.BooleanSupplier;

/**
 * Stands where Paho keeps messages of quality 2 before it tells the broker that it has them. They are taken over here, as the broker sends them no
 * more from then on. Nothing is kept for Paho, as each connection has a new client.
 *
 * @param <P> what Paho keeps; each of its versions has a type of its own
 */
abstract class HandOver<P> {
    /** What Paho's keys of received messages start with. */
    private static final String RECEIVED = "r-";

    final Packet packet;
    private final Link.Listener listener;

    HandOver(Link.Listener listener, BooleanSupplier closed) {
        this.listener = listener;
        packet = new Packet(closed);
    }

    static boolean isReceived(String key) {
        return key.startsWith(RECEIVED);
    }

    /** Hands over the packet; false if that was broken off, so that the message is left to the broker. */
    final boolean handOver() {
        try {
            listener.received(packet);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void close() {
        // nothing was opened
    }

    public P get(String key) {
        return null;
    }

    public void remove(String key) {
        // nothing was kept
    }

    public Enumeration<String> keys() {
        return Collections.emptyEnumeration();
    }

    public void clear() {
        // nothing was kept
    }

    public boolean containsKey(String key) {
        return false;
    }
}
