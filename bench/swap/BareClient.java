import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a switch of versions costs at the broker alone: a client of MQTT 5 that does nothing but read numbers leaves and comes back to its session, on the
 * same machine. The longest time between two numbers that are new is the reference for what a job sees.
 */
public final class BareClient {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 0x82;
    private static final int SUBACK = 9;
    private static final byte[] DISCONNECT = {(byte) 0xE0, 7, 0, 5, 0x11, 0, 0, 2, 0x58};
    private static final int SESSION_SECONDS = 600;
    private static final int RECEIVE_MAXIMUM = 1024;
    private static final long MEASURED_MILLIS = 300;

    private final int port;
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private byte[] body;
    private long highest = -1;
    private long last;
    private long longest;

    private BareClient(int port) {
        this.port = port;
    }

    /** @param args the broker's port, the topic, how many times */
    public static void main(String[] args) throws IOException {
        BareClient client = new BareClient(Integer.parseInt(args[0]));
        client.connect(true);
        client.subscribe(args[1]);
        client.read(10 * MEASURED_MILLIS);
        long[] calm = new long[Integer.parseInt(args[2])];
        long[] switches = new long[calm.length];
        for (int i = 0; i < calm.length; i++) {
            calm[i] = client.read(MEASURED_MILLIS);
            client.out.write(DISCONNECT);
            client.out.flush();
            client.socket.close();
            client.connect(false);
            switches[i] = client.read(MEASURED_MILLIS);
        }
        print("a bare client, nothing happens", calm);
        print("a bare client leaves and comes back", switches);
        client.socket.close();
    }

    private static void print(String what, long[] gaps) {
        Arrays.sort(gaps);
        System.out.printf(Locale.ROOT, "%-52s %7.2f %7.2f %7.2f%n", what, gaps[gaps.length / 2] / 1e6,
                gaps[(int) Math.ceil(0.99 * gaps.length) - 1] / 1e6, gaps[gaps.length - 1] / 1e6);
    }

    private void connect(boolean clean) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new BufferedOutputStream(socket.getOutputStream());
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(packet);
        data.writeUTF("MQTT");
        data.write(5);
        data.write(clean ? 2 : 0);
        data.writeShort(60);
        // how long the session lives, how many messages may be on their way
        data.write(8);
        data.write(0x11);
        data.writeInt(SESSION_SECONDS);
        data.write(0x21);
        data.writeShort(RECEIVE_MAXIMUM);
        data.writeUTF("bare");
        send(CONNECT, packet.toByteArray());
        expect(CONNACK);
    }

    private void subscribe(String topic) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(packet);
        data.writeShort(1);
        data.write(0);
        data.writeUTF(topic);
        data.write(1);
        send(SUBSCRIBE, packet.toByteArray());
        expect(SUBACK);
    }

    private void send(int type, byte[] packet) throws IOException {
        out.write(type);
        out.write(packet.length);
        out.write(packet);
        out.flush();
    }

    private void expect(int type) throws IOException {
        int found = next() >> 4;
        if (found != type) {
            throw new IOException("the broker sends a packet of type " + found + ", not " + type);
        }
    }

    private int next() throws IOException {
        int type = in.readUnsignedByte();
        int length = 0;
        for (int shift = 0, part = 0x80; part >= 0x80; shift += 7) {
            part = in.readUnsignedByte();
            length |= (part & 0x7F) << shift;
        }
        body = new byte[length];
        in.readFully(body);
        return type;
    }

    /** Reads for a while, and at least one new number; the longest time between two new ones, the last one before included. */
    private long read(long millis) throws IOException {
        longest = 0;
        long end = System.nanoTime() + millis * 1_000_000;
        do {
            if (next() >> 4 == PUBLISH) {
                take();
            }
            if (in.available() == 0) {
                out.flush();
            }
        } while (last < end);
        return longest;
    }

    private void take() throws IOException {
        int id = 2 + ((body[0] & 0xFF) << 8 | body[1] & 0xFF);
        int properties = body[id + 2];
        long number = Long.parseLong(new String(body, id + 3 + properties, body.length - id - 3 - properties, StandardCharsets.US_ASCII).strip());
        out.write(new byte[] {0x40, 2, body[id], body[id + 1]});
        if (number > highest) {
            long now = System.nanoTime();
            longest = highest < 0 ? 0 : Math.max(longest, now - last);
            highest = number;
            last = now;
        }
    }
}
