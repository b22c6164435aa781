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

    private final int window;
    /** The last messages in a ring that grows up to the window: packet ids and {@linkplain Record#content contents}. */
    private char[] ids;
    private int[] contents;
    private int next;
    private int count;

    /** @param window how many messages to remember */
    public Redeliveries(int window) {
        this.window = window;
        ids = new char[Math.min(window, SMALLEST)];
        contents = new int[ids.length];
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
        for (int i = 1; i <= count; i++) {
            int place = next - i < 0 ? next - i + ids.length : next - i;
            if (ids[place] == id) {
                return contents[place] == content;
            }
        }
        return false;
    }

    private void add(char id, int content) {
        if (count == ids.length && count < window) {
            grow();
        }
        ids[next] = id;
        contents[next] = content;
        next = next + 1 == ids.length ? 0 : next + 1;
        count = Math.min(count + 1, ids.length);
    }

    /** Before the ring has ever gone round, so that the oldest is at its start. */
    private void grow() {
        next = count;
        ids = Arrays.copyOf(ids, Math.min(window, 2 * count));
        contents = Arrays.copyOf(contents, ids.length);
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
        count = 0;
    }

    void write(BinaryWriter output) {
        for (int i = count; i > 0; i--) {
            int place = next - i < 0 ? next - i + ids.length : next - i;
            output.writeByte(ids[place]);
            output.writeByte(ids[place] >> Byte.SIZE);
            output.writeInt(contents[place]);
        }
    }

    /** Takes over what {@link #write} wrote. */
    public void read(BinaryReader input) {
        clear();
        while (input.remaining() > 0) {
            int id = input.readByte() & 0xFF | (input.readByte() & 0xFF) << Byte.SIZE;
            add((char) id, input.readInt());
        }
    }
}
