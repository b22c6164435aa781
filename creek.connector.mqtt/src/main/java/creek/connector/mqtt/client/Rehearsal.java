package creek.connector.mqtt.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Goes through all that a client does, with a broker that is played as well, so that its classes are loaded and compiled, as far as that goes, before they
 * are needed in a hurry. Nothing leaves the process. Waits half a second at most.
 */
public final class Rehearsal implements Link.Listener {
    /** What is done with messages that are received. */
    public interface Receiver {
        void receive(Packet packet) throws InterruptedException;
    }

    private static final String NOWHERE = "tcp://rehearsal:1883";
    private static final int MESSAGES = 1000;
    private static final long LONGEST_MILLIS = 500;

    private final Receiver receiver;
    private final CountDownLatch open = new CountDownLatch(MESSAGES);

    private Rehearsal(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Receives messages. */
    public static void reading(LinkSettings settings, int qos, Receiver receiver) throws LinkException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(receiver);
        rehearsal.run(settings, qos, link -> link.subscribe(java.util.List.of("t"), qos));
    }

    /** Sends a message again and again. */
    public static void writing(LinkSettings settings, int qos, Packet packet) throws LinkException, InterruptedException {
        Rehearsal rehearsal = new Rehearsal(received -> {
        });
        rehearsal.run(settings, qos, link -> {
            for (int i = 0; i < MESSAGES; i++) {
                link.publish(packet, qos, 0, rehearsal.open::countDown);
            }
        });
    }

    private interface Part {
        void play(Link link) throws LinkException;
    }

    private void run(LinkSettings settings, int qos, Part part) throws LinkException, InterruptedException {
        RehearsalLine line = new RehearsalLine(settings.version5(), MESSAGES, qos);
        AckGate gate = new AckGate(() -> 0);
        Link link = settings.version5() ? new LinkV5(settings, NOWHERE, this, gate, line) : new LinkV3(settings, NOWHERE, this, gate, line);
        try {
            link.connect(true);
            part.play(link);
            open.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            link.leave(true);
            Thread end = new Thread(link::close, "creek mqtt rehearsal");
            end.setDaemon(true);
            end.start();
        }
    }

    @Override
    public void received(Packet packet) throws InterruptedException {
        receiver.receive(packet);
        open.countDown();
    }

    @Override
    public void lost(String reason) {
        // the real broker may do better
    }

    @Override
    public void refused(String reason) {
        // this one does not
    }
}
