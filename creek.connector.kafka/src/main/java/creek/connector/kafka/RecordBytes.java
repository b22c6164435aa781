package creek.connector.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A key or value as decoders want it: an array that can be read eight bytes beyond the end. Mostly that is the array that came from the broker; what
 * stands at its end, or alone as in compressed batches, is copied into one buffer that is used again.
 */
final class RecordBytes {
    private static final int BEYOND = Long.BYTES;

    /** Null where there is nothing. */
    byte[] bytes;
    int from;
    int to;
    private byte[] copy = new byte[256];

    void set(ByteBuffer buffer) {
        if (buffer == null) {
            bytes = null;
            return;
        }
        int length = buffer.remaining();
        if (buffer.hasArray() && buffer.array().length - buffer.arrayOffset() - buffer.limit() >= BEYOND) {
            bytes = buffer.array();
            from = buffer.arrayOffset() + buffer.position();
        } else {
            if (copy.length < length + BEYOND) {
                copy = Arrays.copyOf(copy, Math.max(length + BEYOND, 2 * copy.length));
            }
            buffer.get(buffer.position(), copy, 0, length);
            bytes = copy;
            from = 0;
        }
        to = from + length;
    }
}
