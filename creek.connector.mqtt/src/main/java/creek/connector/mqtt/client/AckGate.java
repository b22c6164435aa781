package creek.connector.mqtt.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Holds back acknowledgements until the messages before them are safe. It stands between Paho, which acknowledges as soon as it has handed a
 * message over (of quality 2 even before), and the broker, and looks at each packet that goes out: PUBACK and PUBREC wait, in their order, until
 * as many messages are {@linkplain #release safe} as had been taken over when they came by; all else passes, so that pings go on. Waiting
 * acknowledgements leave together, in one write. It also says the last word, since Paho takes half a second for that.
 *
 * <p>Paho's sender and the thread that makes messages safe call it.
 */
public final class AckGate {
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;

    private final LongSupplier taken;
    /** As many messages are safe. */
    private long safe;

    private OutputStream out;
    private byte[] held = new byte[256];
    private int heldBytes;
    private long[] needed = new long[64];
    private int[] ends = new int[64];
    private int heldPackets;

    /** @param taken how many messages have been taken over by now */
    public AckGate(LongSupplier taken) {
        this.taken = taken;
    }

    /** Makes the gate that of a new connection. */
    OutputStream wrap(OutputStream target) {
        synchronized (this) {
            out = target;
            heldBytes = 0;
            heldPackets = 0;
        }
        return new Stream(target);
    }

    /** Lets pass what waited for that many messages to be safe. A connection that is broken is for others to notice. */
    public synchronized void release(long nowSafe) {
        safe = nowSafe;
        int packets = 0;
        while (packets < heldPackets && needed[packets] <= safe) {
            packets++;
        }
        if (packets == 0 || out == null) {
            return;
        }
        int bytes = ends[packets - 1];
        try {
            out.write(held, 0, bytes);
            out.flush();
        } catch (IOException e) {
            heldPackets = 0;
            heldBytes = 0;
            return;
        }
        System.arraycopy(held, bytes, held, 0, heldBytes - bytes);
        heldBytes -= bytes;
        heldPackets -= packets;
        for (int i = 0; i < heldPackets; i++) {
            needed[i] = needed[i + packets];
            ends[i] = ends[i + packets] - bytes;
        }
    }

    /** Sends a last packet between two of Paho's, of which none comes any more. */
    synchronized void leave(byte[] packet) throws IOException {
        OutputStream target = out;
        out = null;
        if (target != null) {
            target.write(packet);
            target.flush();
        }
    }

    private synchronized void pass(OutputStream target, byte[] bytes, int from, int length) throws IOException {
        if (target != out) {
            throw new IOException("there is another connection by now");
        }
        int type = (bytes[from] & 0xF0) >> 4;
        long count = type == PUBACK || type == PUBREC ? taken.getAsLong() : 0;
        if (count <= safe) {
            out.write(bytes, from, length);
        } else {
            hold(bytes, from, length, count);
        }
    }

    private void hold(byte[] bytes, int from, int length, long count) {
        if (heldPackets == needed.length) {
            needed = Arrays.copyOf(needed, 2 * heldPackets);
            ends = Arrays.copyOf(ends, 2 * heldPackets);
        }
        if (heldBytes + length > held.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, heldBytes + length));
        }
        System.arraycopy(bytes, from, held, heldBytes, length);
        heldBytes += length;
        needed[heldPackets] = count;
        ends[heldPackets++] = heldBytes;
    }

    /** Cuts what is written into packets. Used by Paho's sender only. */
    private final class Stream extends OutputStream {
        private final OutputStream target;
        /** The packet at hand, until it is whole. */
        private byte[] packet = new byte[64];
        private int size;

        Stream(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (size + length > packet.length) {
                packet = Arrays.copyOf(packet, Math.max(2 * packet.length, size + length));
            }
            System.arraycopy(bytes, offset, packet, size, length);
            size += length;
            int from = 0;
            for (int whole = length(from); whole > 0; whole = length(from)) {
                pass(target, packet, from, whole);
                from += whole;
            }
            System.arraycopy(packet, from, packet, 0, size - from);
            size -= from;
        }

        /** The length of the packet that begins there, or 0 if it is not whole yet. */
        private int length(int from) {
            int remaining = 0;
            int at = from + 1;
            for (int shift = 0; at < size && shift <= 21; shift += 7) {
                byte next = packet[at++];
                remaining |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return at - from + remaining <= size - from ? at - from + remaining : 0;
                }
            }
            return 0;
        }

        @Override
        public void flush() throws IOException {
            synchronized (AckGate.this) {
                target.flush();
            }
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
