package creek.connector.mqtt.client;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at what comes from the broker for messages that are marked as sent before: Paho's client for MQTT 5 does not pass the mark on. It also
 * gathers what Paho reads byte by byte. The stream is read by Paho's receiver; marks are asked for on its other threads.
 */
final class DuplicateMarks {
    private static final int BUFFER_SIZE = 16 << 10;
    private static final int PUBLISH = 0x30;
    private static final int DUPLICATE = 0x08;
    private static final int QUALITY = 0x06;

    /** Packet ids of marked messages that were not asked for yet. */
    private final Set<Integer> marked = ConcurrentHashMap.newKeySet();

    /** Whether the message just handed over, of that packet id, is marked. */
    boolean take(int id) {
        return !marked.isEmpty() && marked.remove(id);
    }

    /** The stream of a new connection. */
    InputStream watch(InputStream in) {
        marked.clear();
        return new Stream(new BufferedInputStream(in, BUFFER_SIZE));
    }

    private final class Stream extends FilterInputStream {
        /** Bytes of the packet that are still to come, once its length is known; -1 at its first byte, -2 within its length. */
        private int left = -1;
        private int length;
        private int shift;
        /** Whether the packet is a marked message whose id was not seen yet. */
        private boolean watched;
        /** Bytes of the body seen, and its first two, the length of the topic, then those of the id. */
        private int seen;
        private int topic;
        private int id;

        Stream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                step(next);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = super.read(bytes, offset, count);
            int at = 0;
            while (at < read) {
                if (left > 0 && !watched) {
                    int skipped = Math.min(left, read - at);
                    at += skipped;
                    left -= skipped;
                    left = left == 0 ? -1 : left;
                } else {
                    step(bytes[offset + at++] & 0xFF);
                }
            }
            return read;
        }

        private void step(int next) {
            if (left == -1) {
                watched = (next & 0xF0) == PUBLISH && (next & DUPLICATE) != 0 && (next & QUALITY) != 0;
                left = -2;
                length = 0;
                shift = 0;
                seen = 0;
            } else if (left == -2) {
                length |= (next & 0x7F) << shift;
                shift += 7;
                if (next < 0x80) {
                    left = length == 0 ? -1 : length;
                }
            } else {
                if (watched) {
                    look(next);
                }
                left = left == 1 ? -1 : left - 1;
            }
        }

        private void look(int next) {
            if (seen < 2) {
                topic = (seen == 0 ? 0 : topic) << 8 | next;
            } else if (seen == topic + 2) {
                id = next;
            } else if (seen == topic + 3) {
                marked.add(id << 8 | next);
                watched = false;
            }
            seen++;
        }
    }
}
