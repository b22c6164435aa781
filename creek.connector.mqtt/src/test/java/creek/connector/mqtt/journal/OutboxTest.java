package creek.connector.mqtt.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.mqtt.client.Link;
import creek.connector.mqtt.client.Packet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disk while the broker is away, and when it may go. */
class OutboxTest {
    private static final int MEMORY = 2_000;
    private static final int MAX_SIZE = 400 << 10;

    @TempDir
    Path parent;
    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("spool"));
    }

    private static Outbox outbox(Path folder, int inFlight) throws IOException {
        Outbox outbox = new Outbox("t", 1, inFlight, MEMORY, false, new Spool(folder, MAX_SIZE), Clock.systemUTC());
        outbox.open();
        return outbox;
    }

    private static Packet packet(int number) {
        Packet packet = new Packet();
        packet.topic = "t";
        packet.payload = (number + " " + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
        return packet;
    }

    /** As a kill leaves it. */
    private Path copy() throws IOException {
        Path copy = Files.createDirectory(parent.resolve("copy"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    @Test
    void whatWasSavedStaysOnDiskUntilTheBrokerHasIt() throws Exception {
        Outbox outbox = outbox(folder, 1000);
        for (int i = 0; i < 300; i++) {
            outbox.add(packet(i));
        }
        outbox.save();
        Taker broker = new Taker();
        outbox.connected(broker);
        assertEquals(300, broker.sent.size());
        Taker after = new Taker();
        Outbox next = outbox(copy(), 1000);
        next.connected(after);
        next.check();
        next.close();
        assertEquals(IntStream.range(0, 300).boxed().toList(), after.sent);
        broker.acknowledge(200);
        assertFalse(outbox.await(300, 1, false));
        broker.acknowledge(100);
        assertTrue(outbox.await(300, 1, false));
        outbox.close();
        try (Stream<Path> files = Files.list(folder)) {
            long size = files.mapToLong(file -> file.toFile().length()).sum();
            assertTrue(size < 10_000, size + " bytes are left");
        }
    }

    @Test
    void checkpointsWriteWhatIsInMemoryOnlyIfThatHasChanged() throws IOException {
        Outbox outbox = outbox(folder, 10);
        for (int i = 0; i < 20; i++) {
            outbox.add(packet(i));
        }
        outbox.save();
        Object first = Files.readAttributes(folder.resolve("memory"), "unix:ino").get("ino");
        outbox.add(packet(20));
        outbox.save();
        assertEquals(first, Files.readAttributes(folder.resolve("memory"), "unix:ino").get("ino"));
        Taker broker = new Taker();
        outbox.connected(broker);
        broker.acknowledge(1);
        outbox.save();
        outbox.disconnected();
        assertNotEquals(first, Files.readAttributes(folder.resolve("memory"), "unix:ino").get("ino"));
        outbox.close();
        Taker after = new Taker();
        Outbox next = outbox(folder, 100);
        next.connected(after);
        next.check();
        assertEquals(IntStream.range(1, 21).boxed().toList(), after.sent);
        next.close();
    }

    /** Takes what it is sent and acknowledges when it is told to. */
    private static final class Taker implements Link {
        private final List<Integer> sent = new ArrayList<>();
        private final List<Runnable> unacknowledged = new ArrayList<>();

        void acknowledge(int count) {
            for (int i = 0; i < count; i++) {
                unacknowledged.remove(0).run();
            }
        }

        @Override
        public boolean publish(Packet packet, int qos, long waited, Runnable acknowledged) {
            String text = new String(packet.payload, StandardCharsets.UTF_8);
            sent.add(Integer.valueOf(text.substring(0, text.indexOf(' '))));
            unacknowledged.add(acknowledged);
            return true;
        }

        @Override
        public int receiveMaximum(int qos) {
            return 65_535;
        }

        @Override
        public boolean connect(boolean first) {
            return false;
        }

        @Override
        public void subscribe(List<String> filters, int qos) {
            // nothing is subscribed
        }

        @Override
        public void leave(boolean forgetSession) {
            // nobody is there
        }

        @Override
        public void cut() {
            // nothing leads anywhere
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
