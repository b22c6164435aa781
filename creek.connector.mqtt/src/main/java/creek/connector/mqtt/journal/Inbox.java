package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.Packet;
import creek.core.data.BinaryWriter;
import java.time.Clock;
import java.util.zip.CRC32C;

/**
 * Gathers what the client's threads receive for one thread that takes it batch by batch. While one batch is read the other fills; a full one has
 * the client's threads wait, so that the broker's messages stay where they are.
 */
public final class Inbox {
    private final int limit;
    private final Clock clock;
    private final Runnable wakeUp;
    private final Redeliveries redeliveries;
    private final CRC32C crc = new CRC32C();

    private Batch filling = new Batch();
    /** Messages taken over so far. */
    private long taken;
    /** Messages that were left out; any thread reads it. */
    private volatile long repeated;
    /** Whether the taker knows that there is something. */
    private boolean signalled;
    private boolean open = true;
    private boolean held;

    /**
     * @param limit  how many bytes a batch may have, one message aside
     * @param wakeUp called when there is something to take again, on the client's thread
     */
    public Inbox(int limit, Clock clock, Redeliveries redeliveries, Runnable wakeUp) {
        this.limit = limit;
        this.clock = clock;
        this.redeliveries = redeliveries;
        this.wakeUp = wakeUp;
    }

    /**
     * Takes a message over, unless it was taken over before. Waits while there is no room; after the end, and that of the message's connection, it
     * is left to the broker.
     */
    public void receive(Packet packet) throws InterruptedException {
        boolean wake;
        synchronized (this) {
            while (open && (held || filling.size() >= limit)) {
                wait();
            }
            if (!open || packet.isLeftBehind()) {
                throw new InterruptedException();
            }
            int content = packet.qos == 0 ? 0 : Record.content(packet, crc);
            if (packet.qos > 0 && !redeliveries.isNew(packet.id, packet.duplicate, content)) {
                repeated++;
                return;
            }
            Record.write(packet, content, clock.millis(), filling.output, crc);
            filling.count();
            taken++;
            wake = !signalled;
            signalled = true;
        }
        if (wake) {
            wakeUp.run();
        }
    }

    /** The broker has no session of this client: its packet ids begin anew. */
    public synchronized void sessionLost() {
        redeliveries.clear();
        int from = filling.size();
        Record.begin(filling.output, Record.RECENT);
        Record.finish(filling.output, from, crc);
    }

    /**
     * Takes nothing over until it is {@linkplain #resume resumed} or closed, and writes what is there for another one that goes on with it: what is
     * known of messages that may come again, then the records.
     *
     * @param given the batch that was taken last, of which there is a rest, or null
     * @param at    where that rest begins
     */
    public synchronized void hold(Batch given, int at, BinaryWriter output) {
        held = true;
        output.writeVarInt(redeliveries.size());
        redeliveries.write(output);
        if (given != null) {
            output.writeRaw(given.bytes(), at, given.end() - at);
        }
        output.writeRaw(filling.bytes(), 0, filling.size());
    }

    /** Goes on after all. */
    public synchronized void resume() {
        held = false;
        notifyAll();
    }

    /** What has come, sealed, or null if there is nothing; the given batch is filled next. */
    synchronized Batch take(Batch empty) {
        signalled = false;
        if (filling.isEmpty()) {
            return null;
        }
        Batch full = filling;
        full.seal();
        filling = empty;
        empty.reset();
        notifyAll();
        return full;
    }

    synchronized int size() {
        return filling.size();
    }

    /**
     * Up to which message what was taken over has to be safe before the next acknowledgement may leave: never, once none is taken over any more, as Paho
     * acknowledges messages that were turned away.
     */
    public synchronized long taken() {
        return open ? taken : Long.MAX_VALUE;
    }

    /** Whether messages are taken over still. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Messages that were left out because they had come before. */
    public long repeated() {
        return repeated;
    }

    /** Nothing is taken over any more. */
    public synchronized void close() {
        open = false;
        notifyAll();
    }
}
