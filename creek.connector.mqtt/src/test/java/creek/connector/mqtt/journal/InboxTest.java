package creek.connector.mqtt.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.connector.mqtt.client.Packet;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is taken over of the messages that come on several connections. */
class InboxTest {
    private final Inbox inbox = new Inbox(50, Clock.systemUTC(), new Redeliveries(10), () -> { });

    private static Packet packet(int id, boolean duplicate, BooleanSupplier leftBehind) {
        Packet packet = new Packet(leftBehind);
        packet.topic = "t";
        packet.payload = new byte[100];
        packet.payload[0] = (byte) id;
        packet.qos = 2;
        packet.id = id;
        packet.duplicate = duplicate;
        return packet;
    }

    @Test
    void whatWasSentAgainIsTakenOverOnce() throws InterruptedException {
        inbox.receive(packet(1, false, () -> false));
        inbox.take(new Batch());
        inbox.receive(packet(1, true, () -> false));
        assertEquals(1, inbox.taken());
        assertEquals(1, inbox.repeated());
    }

    @Test
    @Timeout(300)
    void whatWaitsWhileItsConnectionEndsIsLeftToTheNextOne() throws InterruptedException {
        inbox.receive(packet(1, false, () -> false));
        AtomicBoolean ended = new AtomicBoolean();
        Thread old = new Thread(() -> assertThrows(InterruptedException.class, () -> inbox.receive(packet(2, false, ended::get))));
        old.start();
        while (old.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        ended.set(true);
        inbox.take(new Batch());
        old.join();
        assertEquals(1, inbox.taken());
        inbox.receive(packet(2, true, () -> false));
        assertEquals(2, inbox.taken());
    }
}
