package creek.connector.mqtt.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** A line without a network, at whose other end a broker's part is played: it agrees to all, and sends messages to whoever subscribes. Any thread. */
final class RehearsalLine implements org.eclipse.paho.client.mqttv3.internal.NetworkModule, org.eclipse.paho.mqttv5.client.internal.NetworkModule {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int SUBSCRIBE = 8;
    private static final int DISCONNECT = 14;
    /** How many messages are sent ahead of acknowledgements. */
    private static final int AHEAD = 10;
    private static final byte[] TOPIC = {0, 1, 't'};
    private static final byte[] PAYLOAD = "{\"rehearsal\": 1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final boolean version5;
    private final int messages;
    private final int qos;

    // Guarded by this.
    /** What was said and not read yet. */
    private byte[] said = new byte[1024];
    private int from;
    private int to;
    private int sent;
    private boolean ended;

    /** @param messages how many to send */
    RehearsalLine(boolean version5, int messages, int qos) {
        this.version5 = version5;
        this.messages = messages;
        this.qos = qos;
    }

    @Override
    public void start() {
        // there is nobody to connect with
    }

    @Override
    public InputStream getInputStream() {
        return new In();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Out();
    }

    @Override
    public synchronized void stop() {
        ended = true;
        notifyAll();
    }

    @Override
    public String getServerURI() {
        return "tcp://rehearsal";
    }

    private synchronized void say(int... packet) {
        if (to + packet.length > said.length) {
            said = Arrays.copyOfRange(said, from, from + Math.max(2 * said.length, to - from + packet.length));
            to -= from;
            from = 0;
        }
        for (int each : packet) {
            said[to++] = (byte) each;
        }
        notifyAll();
    }

    private synchronized int read(byte[] bytes, int offset, int length) {
        while (from == to && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
        int count = Math.min(length, to - from);
        System.arraycopy(said, from, bytes, offset, count);
        from += count;
        return count == 0 ? -1 : count;
    }

    /** Answers a packet of the client. */
    private void answer(byte[] bytes, int start, int body, int end) {
        int high = end - body >= 2 ? bytes[body] : 0;
        int low = end - body >= 2 ? bytes[body + 1] : 0;
        switch ((bytes[start] & 0xF0) >> 4) {
            case CONNECT -> answer(0x20, 0, 0);
            case SUBSCRIBE -> {
                if (version5) {
                    say(0x90, 4, high, low, 0, qos);
                } else {
                    say(0x90, 3, high, low, qos);
                }
                send(qos == 0 ? messages : AHEAD);
            }
            case PUBLISH -> {
                int id = body + 2 + (high & 0xFF) * 256 + (low & 0xFF);
                int quality = (bytes[start] & 6) >> 1;
                if (quality > 0) {
                    say(quality == 1 ? 0x40 : 0x50, 2, bytes[id], bytes[id + 1]);
                }
            }
            case PUBREL -> say(0x70, 2, high, low);
            case PUBREC -> say(0x62, 2, high, low);
            case PUBACK, PUBCOMP -> send(1);
            case DISCONNECT -> stop();
            default -> {
                // a ping would come much later
            }
        }
    }

    private void answer(int type, int... body) {
        if (version5) {
            say(type, body.length + 1, body[0], body[1], 0);
        } else {
            say(type, body.length, body[0], body[1]);
        }
    }

    private synchronized void send(int count) {
        for (int i = 0; i < count && sent < messages; i++) {
            int id = ++sent & 0xFFF;
            int idBytes = qos == 0 ? 0 : 2;
            int propertyBytes = version5 ? 1 : 0;
            int[] packet = new int[2 + TOPIC.length + idBytes + propertyBytes + PAYLOAD.length];
            packet[0] = 0x30 | qos << 1;
            packet[1] = packet.length - 2;
            for (int at = 0; at < TOPIC.length; at++) {
                packet[2 + at] = TOPIC[at];
            }
            if (idBytes > 0) {
                packet[2 + TOPIC.length] = id >> 8;
                packet[3 + TOPIC.length] = id;
            }
            for (int at = 0; at < PAYLOAD.length; at++) {
                packet[packet.length - PAYLOAD.length + at] = PAYLOAD[at];
            }
            say(packet);
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() {
            byte[] single = new byte[1];
            return RehearsalLine.this.read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return RehearsalLine.this.read(bytes, offset, length);
        }
    }

    /** What is written comes by way of an {@link AckGate}, and so in whole packets. */
    private final class Out extends OutputStream {
        @Override
        public void write(int single) {
            throw new IllegalStateException("a packet is longer");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int start = offset; start < offset + length;) {
                int at = start + 1;
                int rest = 0;
                for (int shift = 0; at == start + 1 || bytes[at - 1] < 0; shift += 7) {
                    rest |= (bytes[at++] & 0x7F) << shift;
                }
                answer(bytes, start, at, at + rest);
                start = at + rest;
            }
        }
    }
}
