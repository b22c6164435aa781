package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.Link;
import creek.connector.mqtt.client.LinkException;
import creek.connector.mqtt.client.Packet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Messages on their way to the broker, in order: sent ones that were not acknowledged, then those that wait in memory, then those on disk. What
 * was not acknowledged when a connection is lost is sent again. Any thread.
 */
public final class Outbox {
    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    /** How often to try again what the client had no room for. */
    private static final long RETRY_MILLIS = 100;

    private final String table;
    private final int qos;
    private final int mostInFlight;
    private final long memory;
    private final boolean dropOldest;
    private final Spool spool;
    private final Clock clock;

    private final Deque<Outgoing> inFlight = new ArrayDeque<>();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;
    /** Messages written, and among them those that are done with, without a gap. */
    private long written;
    private long done;
    /** Written under the lock; any thread reads it. */
    private volatile long dropped;
    /** Whether it was said that there is no more room, and not all has been sent since. */
    private boolean saidFull;
    /** What the disk has of the messages in memory: those after the one and up to the other. */
    private long savedAfter = -1;
    private long savedUpTo = -1;
    private Link link;
    private int window;
    private IOException failure;

    /**
     * @param memory how many bytes to keep in memory
     * @param spool  where the rest goes; null for nowhere
     */
    public Outbox(String table, int qos, int mostInFlight, long memory, boolean dropOldest, Spool spool, Clock clock) {
        this.table = table;
        this.qos = qos;
        this.mostInFlight = mostInFlight;
        this.memory = memory;
        this.dropOldest = dropOldest;
        this.spool = spool;
        this.clock = clock;
    }

    /** Takes up what an earlier run has left on disk. */
    public synchronized void open() throws IOException {
        if (spool != null) {
            spool.open();
            spool.leftover().forEach(packet -> remember(packet, ++written));
            written += spool.count();
        }
    }

    private void remember(Packet packet, long number) {
        Outgoing message = new Outgoing(packet, number);
        waiting.add(message);
        bytes += message.size();
    }

    /** Sends what the client had no room for before. */
    public synchronized void flush() throws IOException {
        check();
        send();
    }

    /** Whether there is room. */
    public synchronized boolean isReady() {
        boolean ready = failure != null || dropOldest || bytes < memory || spool != null && !spool.isFull();
        if (!ready && link == null) {
            sayFull("the job waits");
        }
        return ready;
    }

    private void sayFull(String consequence) {
        if (!saidFull) {
            saidFull = true;
            LOG.log(Level.WARNING, "table {0}: there is no more room for messages while the broker is away or slow; {1}", table, consequence);
        }
    }

    /** Takes a message, whether there is room or not. */
    public synchronized void add(Packet packet) throws IOException {
        check();
        written++;
        if (spool != null && (spool.count() > 0 || bytes >= memory && (dropOldest || !spool.isFull()))) {
            dropped(spool.add(packet, dropOldest));
        } else {
            remember(packet, written);
            while (dropOldest && spool == null && bytes > memory && waiting.size() > 1) {
                bytes -= waiting.poll().size();
                dropped(1);
            }
        }
        send();
    }

    private void dropped(long count) {
        if (count > 0) {
            sayFull("the oldest are dropped");
        }
        dropped += count;
    }

    /** Messages that were dropped for want of room. */
    public long dropped() {
        return dropped;
    }

    /** Sends what may be sent. */
    private void send() throws IOException {
        while (link != null && inFlight.size() < window) {
            if (waiting.isEmpty() && !readSpool()) {
                return;
            }
            Outgoing message = waiting.poll();
            inFlight.add(message);
            Packet packet = message.packet;
            Link used = link;
            try {
                if (!link.publish(packet, qos, clock.millis() - packet.written, () -> acknowledged(used, message))) {
                    inFlight.removeLast();
                    waiting.push(message);
                    return;
                }
            } catch (LinkException e) {
                // The link will tell its loss; everything comes again on the next one.
                link = null;
            }
        }
    }

    private boolean readSpool() throws IOException {
        if (spool == null || spool.count() == 0) {
            return false;
        }
        long number = written - spool.count();
        for (Packet packet : spool.read()) {
            remember(packet, ++number);
        }
        if (!waiting.isEmpty()) {
            waiting.peekLast().spoolEnd = spool.next();
        }
        return !waiting.isEmpty();
    }

    private synchronized void acknowledged(Link by, Outgoing message) {
        if (by != link || message.acknowledged) {
            return;
        }
        message.acknowledged = true;
        long spoolEnd = 0;
        while (!inFlight.isEmpty() && inFlight.peek().acknowledged) {
            Outgoing first = inFlight.poll();
            bytes -= first.size();
            done = first.number;
            spoolEnd = Math.max(spoolEnd, first.spoolEnd);
        }
        if (saidFull && isEmpty()) {
            saidFull = false;
            LOG.log(Level.INFO, "table {0}: all messages that waited have been sent; {1} have been dropped so far", table, dropped);
        }
        try {
            if (spoolEnd > 0) {
                spool.release(spoolEnd);
            }
            send();
        } catch (IOException e) {
            failure = e;
        }
        notifyAll();
    }

    /** There is a connection. */
    public synchronized void connected(Link newLink) {
        link = newLink;
        window = Math.min(mostInFlight, newLink.receiveMaximum(qos));
        try {
            send();
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The connection is gone: what was in flight waits again, before all else. */
    public synchronized void disconnected() {
        link = null;
        for (Iterator<Outgoing> last = inFlight.descendingIterator(); last.hasNext();) {
            Outgoing message = last.next();
            message.acknowledged = false;
            waiting.push(message);
        }
        inFlight.clear();
    }

    /** There will never be a connection again. */
    public synchronized void failed(IOException reason) {
        failure = reason;
        notifyAll();
    }

    /** @throws IOException if messages can't be sent any more */
    public synchronized void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** How many messages were written. */
    public synchronized long written() {
        return written;
    }

    /**
     * Waits until messages have arrived.
     *
     * @param number  of the last one
     * @param patient whether to wait for a connection as well
     * @return whether they have
     */
    public synchronized boolean await(long number, long millis, boolean patient) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; done < number && !isEmpty() && (patient || link != null) && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            check();
            send();
            wait(Math.min(left, RETRY_MILLIS));
        }
        return done >= number || isEmpty();
    }

    private boolean isEmpty() {
        return inFlight.isEmpty() && waiting.isEmpty() && (spool == null || spool.count() == 0);
    }

    /**
     * Puts on disk what has not arrived, in order, so that the next run sends it. What is in memory is written only if it has changed: while a broker is
     * away for days, each checkpoint comes here.
     *
     * @throws IOException if that is impossible
     */
    public synchronized void save() throws IOException {
        check();
        if (spool == null) {
            if (!isEmpty()) {
                throw new IOException("messages have not arrived at the broker, and 'sink.spool.max-size' leaves no room for them on disk");
            }
            return;
        }
        Outgoing last = waiting.isEmpty() ? inFlight.peekLast() : waiting.peekLast();
        long upTo = last == null ? done : last.number;
        if (done == savedAfter && upTo == savedUpTo) {
            spool.sync();
            return;
        }
        Deque<Packet> packets = new ArrayDeque<>();
        inFlight.forEach(message -> packets.add(message.packet));
        waiting.forEach(message -> packets.add(message.packet));
        spool.save(packets);
        savedAfter = done;
        savedUpTo = upTo;
    }

    /** Ends waiting and closes files. */
    public synchronized void close() {
        link = null;
        notifyAll();
        if (spool != null) {
            spool.close();
        }
    }
}
