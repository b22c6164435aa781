package creek.connector.mqtt.journal;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.Arrays;

/**
 * Recognises messages that the broker sends again because it has not seen their acknowledgement: they are marked as duplicates, and have packet id
 * and content of the last message with that id, which is one of so many last ones. As acknowledgements go out in order, what the broker sends again
 * is among the messages that it had in flight, of which some brokers have more than they were told they may. Not thread-safe.
 */
public final class Redeliveries {
    /** How many to remember at most, unless more may be in flight: brokers that number on have not come round to the same packet id by then. */
    private static final int MANY = 16_384;
    /** Bytes of an entry in a note. */
    private static final int ENTRY = Short.BYTES + Integer.BYTES;
    private static final int SMALLEST = 256;
    private static final long SHARE = 4;
    /** How many packet ids there are. */
    private static final int IDS = 1 << 16;

    private final int window;
    /** The last messages in a ring that grows up to the window, in the form in which they are {@linkplain #write written}, which is to be quick. */
    private byte[] ring;
    /** Where the next one comes. */
    private int next;
    /** How many bytes there are. */
    private int size;
    /** By packet id the place in the ring, in entries, of the last message with it, if that is still there. Made for the first duplicate; null before. */
    private char[] places;

    /** @param window how many messages to remember */
    public Redeliveries(int window) {
        this.window = window;
        ring = new byte[Math.min(window, SMALLEST) * ENTRY];
    }

    /**
     * How many messages to remember.
     *
     * @param inFlight how many the broker may have in flight
     * @param bytes    of which a note of them may take a quarter
     */
    public static int window(int inFlight, long bytes) {
        return (int) Math.max(inFlight, Math.min(MANY, bytes / SHARE / ENTRY));
    }

    /** Takes note of a message and says whether it is new. */
    boolean isNew(int id, boolean duplicate, int content) {
        if (duplicate && isKnown((char) id, content)) {
            return false;
        }
        add((char) id, content);
        return true;
    }

    private boolean isKnown(char id, int content) {
        if (places == null) {
            findPlaces();
        }
        int place = places[id] * ENTRY;
        return place < size && idAt(place) == id
                && (byteAt(place + 2) | byteAt(place + 3) << 8 | byteAt(place + 4) << 16 | byteAt(place + 5) << 24) == content;
    }

    private void findPlaces() {
        places = new char[IDS];
        int place = next < size ? next : 0;
        for (int left = size; left > 0; left -= ENTRY) {
            places[idAt(place)] = (char) (place / ENTRY);
            place = place + ENTRY == ring.length ? 0 : place + ENTRY;
        }
    }

    private char idAt(int place) {
        return (char) (byteAt(place) | byteAt(place + 1) << 8);
    }

    private int byteAt(int place) {
        return ring[place] & 0xFF;
    }

    private void add(char id, int content) {
        if (size == ring.length && ring.length < window * ENTRY) {
            // before it has ever gone round, so that the oldest is at its start
            next = size;
            ring = Arrays.copyOf(ring, Math.min(window * ENTRY, 2 * size));
        }
        if (places != null) {
            places[id] = (char) (next / ENTRY);
        }
        ring[next] = (byte) id;
        ring[next + 1] = (byte) (id >> 8);
        ring[next + 2] = (byte) content;
        ring[next + 3] = (byte) (content >> 8);
        ring[next + 4] = (byte) (content >> 16);
        ring[next + 5] = (byte) (content >> 24);
        next = next + ENTRY == ring.length ? 0 : next + ENTRY;
        size = Math.min(size + ENTRY, ring.length);
    }

    /** Takes note of what a record says. */
    void note(Record entry) {
        switch (entry.type()) {
            case Record.MESSAGE -> {
                if (entry.qos() > 0) {
                    add((char) entry.packetId(), entry.content());
                }
            }
            case Record.RECENT -> read(entry.body());
            default -> {
                // of no interest here
            }
        }
    }

    /** The broker knows nothing of this client any more. */
    void clear() {
        next = 0;
        size = 0;
        places = null;
    }

    /** How many bytes are written. */
    int size() {
        return size;
    }

    void write(BinaryWriter output) {
        int oldest = next < size ? next - size + ring.length : next - size;
        int first = Math.min(size, ring.length - oldest);
        output.writeRaw(ring, oldest, first);
        output.writeRaw(ring, 0, size - first);
    }

    /** Takes over what {@link #write} wrote. */
    public void read(BinaryReader input) {
        byte[] entries = input.readRest();
        size = Math.min(entries.length / ENTRY, window) * ENTRY;
        int from = entries.length - size;
        ring = Arrays.copyOfRange(entries, from, from + Math.max(size, Math.min(window, SMALLEST) * ENTRY));
        next = size == ring.length ? 0 : size;
        places = null;
    }
}
