package creek.connector.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker of MQTT 5 that gives the reason codes that it is told to, one after the other, and then success. */
final class RefusingBroker implements AutoCloseable {
    /** What it answers with the codes. */
    enum At { CONNECT, SUBSCRIBE, PUBLISH, FAREWELL }

    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int SUBSCRIBE = 8;

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final At at;
    private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    /** How many messages it was sent. */
    final AtomicInteger messages = new AtomicInteger();

    RefusingBroker(At at, int... codes) throws IOException {
        this.at = at;
        for (int code : codes) {
            this.codes.add(code);
        }
        Thread thread = new Thread(this::run, "refusing broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                serve(new DataInputStream(client.getInputStream()), client.getOutputStream());
            } catch (IOException e) {
                // the client has gone, or this one
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int type = in.readUnsignedByte();
            int length = 0;
            for (int shift = 0, next = 0x80; next >= 0x80; shift += 7) {
                next = in.readUnsignedByte();
                length |= (next & 0x7F) << shift;
            }
            byte[] body = new byte[length];
            in.readFully(body);
            switch (type >> 4) {
                case CONNECT -> {
                    int code = code(At.CONNECT);
                    say(out, 0x20, 3, 0, code, 0);
                    if (code != 0) {
                        return;
                    }
                }
                case SUBSCRIBE -> say(out, 0x90, 4, body[0], body[1], 0, code(At.SUBSCRIBE));
                case PUBLISH -> {
                    messages.incrementAndGet();
                    int farewell = code(At.FAREWELL);
                    if (farewell != 0) {
                        say(out, 0xE0, 2, farewell, 0);
                        return;
                    }
                    int id = 2 + (body[0] << 8) + body[1];
                    say(out, 0x40, 3, body[id], body[id + 1], code(At.PUBLISH));
                }
                default -> {
                    // needs no answer
                }
            }
        }
    }

    private int code(At now) {
        Integer code = now == at ? codes.poll() : null;
        return code == null ? 0 : code;
    }

    private static void say(OutputStream out, int... packet) throws IOException {
        byte[] bytes = new byte[packet.length];
        for (int i = 0; i < packet.length; i++) {
            bytes[i] = (byte) packet[i];
        }
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
