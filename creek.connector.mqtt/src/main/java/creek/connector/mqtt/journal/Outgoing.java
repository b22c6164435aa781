package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.Packet;

/** A message of an {@link Outbox} and where it stands. */
final class Outgoing {
    /** About what a message costs beside its bytes. */
    private static final int OVERHEAD = 100;

    final Packet packet;
    final long number;
    boolean acknowledged;
    /** Up to where the spool is not needed any more once this message and those before it have arrived; 0 where that says nothing. */
    long spoolEnd;

    Outgoing(Packet packet, long number) {
        this.packet = packet;
        this.number = number;
    }

    int size() {
        return OVERHEAD + 2 * packet.topic.length() + packet.payload.length + packet.properties.size();
    }
}
