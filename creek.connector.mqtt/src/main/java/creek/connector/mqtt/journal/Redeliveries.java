package creek.connector.mqtt.journal;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

/**
 * Recognises messages that the broker sends again because it has not seen their acknowledgement: they are marked as duplicates and have packet id
 * and content of one of the last ones. As acknowledgements go out in order, and the broker has no more than so many messages in flight, what it
 * sends again is among these. Not thread-safe.
 */
public final class Redeliveries {
    /** Entries, oldest first from {@link #next} on: packet ids (0 is none), CRC32Cs and lengths of contents. */
    private final int[] ids;
    private final int[] contents;
    private final int[] lengths;
    private int next;
    /** By packet id: 1 + place of the last entry with it. */
    private final char[] places = new char[1 << 16];

    /** @param window how many messages to remember, at most 65,000 */
    public Redeliveries(int window) {
        ids = new int[window];
        contents = new int[window];
        lengths = new int[window];
    }

    /** Takes note of a message and says whether it is new. */
    boolean isNew(int id, boolean duplicate, int content, int length) {
        int place = places[id] - 1;
        if (duplicate && place >= 0 && contents[place] == content && lengths[place] == length) {
            return false;
        }
        add(id, content, length);
        return true;
    }

    private void add(int id, int content, int length) {
        forget(places[id] - 1);
        forget(next);
        ids[next] = id;
        contents[next] = content;
        lengths[next] = length;
        places[id] = (char) (next + 1);
        next = (next + 1) % ids.length;
    }

    private void forget(int place) {
        if (place >= 0 && ids[place] != 0) {
            places[ids[place]] = 0;
            ids[place] = 0;
        }
    }

    /** Takes note of what a record says. */
    void note(Record entry) {
        switch (entry.type()) {
            case Record.MESSAGE -> {
                if (entry.qos() > 0) {
                    add(entry.packetId(), entry.content(), entry.payloadLength());
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
        for (int place = 0; place < ids.length; place++) {
            forget(place);
        }
    }

    void write(BinaryWriter output) {
        for (int i = 0; i < ids.length; i++) {
            int place = (next + i) % ids.length;
            if (ids[place] != 0) {
                output.writeInt(ids[place]);
                output.writeInt(contents[place]);
                output.writeInt(lengths[place]);
            }
        }
    }

    void read(BinaryReader input) {
        clear();
        while (input.remaining() > 0) {
            add(input.readInt() & 0xFFFF, input.readInt(), input.readInt());
        }
    }
}
