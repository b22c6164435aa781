package creek.connector.mqtt.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a table connected with a broker: connects, and connects again, with growing delays, when the connection is lost. It has a thread of its
 * own, on which it does so; a client is made for each connection, so that nothing of a broken one is left. A connection that does not last counts as
 * a failed try for the delays and for the log: two clients of one name would throw each other out as fast as they can connect.
 */
public final class Connection implements Link.Listener {
    /** What a table does with its connection. */
    public interface User {
        /**
         * There is a connection. Called on the connection's thread.
         *
         * @param session whether the broker knew this client
         * @param first   whether it is the first connection
         */
        void connected(Link link, boolean session, boolean first) throws LinkException;

        /** A message has come; on the client's threads. */
        void received(Packet packet) throws InterruptedException;

        /** What was sent and not acknowledged may not have arrived. On the connection's thread. */
        void disconnected();

        /** There will be no further try. */
        void failed(IOException reason);
    }

    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    /** How long the farewell to a broker may take, and how long it may take then to go without one. */
    private static final long LEAVE_MILLIS = 200;
    private static final long CLOSE_MILLIS = 1000;

    private final String table;
    private final LinkSettings settings;
    private final User user;
    private final AckGate gate;
    private final Thread thread;

    /** Why the present link was lost, or null while it is there. Guarded by this. */
    private String lost;
    /** Whether it was lost for what was asked of the broker. */
    private boolean refused;
    private boolean closed;
    private boolean comesBack;
    /** The present one; written by the thread. */
    private volatile Link link;
    private final CountDownLatch left = new CountDownLatch(1);
    private int nextUrl;
    /** Whether there has been no connection yet. */
    private boolean first;
    /** How many tries in a row gave no connection that has lasted. */
    private int unsteady;

    /** @param resumes whether it goes on with the session of another connection of this client, even if sessions begin as clean ones */
    public Connection(String table, LinkSettings settings, boolean resumes, AckGate gate, User user) {
        this.table = table;
        this.settings = settings;
        this.gate = gate;
        this.user = user;
        first = !resumes;
        thread = new Thread(this::run, "creek mqtt " + table);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            int failures = 0;
            while (!isClosed()) {
                long start = System.nanoTime();
                LinkException failure = connectAndWait();
                failures = failure == null ? 0 : failures + 1;
                if (failure != null && isFinal(failure, failures)) {
                    user.failed(new IOException(failure.getMessage(), failure));
                    return;
                }
                boolean lasted = failure == null && System.nanoTime() - start >= settings.longestDelay().toNanos();
                unsteady = lasted ? 0 : unsteady + 1;
                pause(delay(Math.max(1, unsteady)));
            }
        } catch (InterruptedException e) {
            // closed
        } catch (RuntimeException e) {
            user.failed(new IOException("the MQTT client failed: " + e, e));
        } finally {
            left.countDown();
        }
    }

    private boolean isFinal(LinkException failure, int failures) {
        Integer attempts = settings.attempts();
        LOG.log(loudAs(Level.WARNING), "table {0}: {1}{2}", table, failure.getMessage(), tries());
        return attempts == null ? failure.isRefused() : failures >= attempts;
    }

    /** What goes on and on is told ever more rarely: after 1, 2, 4, 8 tries, so that months of it do not fill a log. */
    private Level loudAs(Level level) {
        return Integer.bitCount(unsteady) <= 1 ? level : Level.DEBUG;
    }

    private String tries() {
        return unsteady == 0 ? "" : "; " + (unsteady + 1) + " tries in a row have led to no connection that lasts";
    }

    /**
     * Connects and waits for the end of the connection.
     *
     * @return why there was no connection; null if there was one
     */
    private LinkException connectAndWait() throws InterruptedException {
        synchronized (this) {
            lost = null;
            refused = false;
        }
        String url = settings.urls().get(nextUrl++ % settings.urls().size());
        link = null;
        try {
            link = open(url);
            boolean session = link.connect(first);
            user.connected(link, session, first);
            first = false;
            LOG.log(loudAs(Level.INFO), "table {0}: connected with {1}", table, url);
            String reason = awaitLoss();
            if (reason != null && wasRefused()) {
                return Failures.connection(url, reason, true, null);
            }
            if (reason != null && !isClosed()) {
                LOG.log(loudAs(Level.WARNING), "table {0}: lost the connection with {1}: {2}{3}", table, url, reason, tries());
            }
            return null;
        } catch (LinkException e) {
            return isClosed() ? null : e;
        } finally {
            if (link != null) {
                link.leave(forgetsSession());
                if (isClosed()) {
                    left.countDown();
                }
                link.close();
            }
            user.disconnected();
        }
    }

    private Link open(String url) throws LinkException {
        return settings.version5() ? new LinkV5(settings, url, this, gate, null) : new LinkV3(settings, url, this, gate, null);
    }

    private synchronized String awaitLoss() throws InterruptedException {
        while (lost == null && !closed) {
            wait();
        }
        return lost;
    }

    private Duration delay(int failures) {
        Duration delay = settings.firstDelay();
        for (int i = 1; i < failures && delay.compareTo(settings.longestDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(settings.longestDelay()) < 0 ? delay : settings.longestDelay();
    }

    private synchronized void pause(Duration delay) throws InterruptedException {
        long until = System.nanoTime() + delay.toNanos();
        for (long left = delay.toMillis(); left > 0 && !closed; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    @Override
    public void received(Packet packet) throws InterruptedException {
        user.received(packet);
    }

    @Override
    public synchronized void lost(String reason) {
        if (lost == null) {
            lost = reason;
            notifyAll();
        }
    }

    @Override
    public synchronized void refused(String reason) {
        // It may be said twice, by a message and by the broker's farewell.
        if (lost == null) {
            refused = true;
            lost(reason);
        }
    }

    private synchronized boolean wasRefused() {
        return refused;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean forgetsSession() {
        return closed && !comesBack && settings.cleanStart();
    }

    /**
     * Begins to end the connection, so that it is no loss when messages are turned away from then on. {@link #close} follows.
     *
     * @param sessionStays whether somebody comes back to the session soon although it was begun as a clean one
     */
    public synchronized void leave(boolean sessionStays) {
        closed = true;
        comesBack = sessionStays;
        notifyAll();
    }

    /** Waits for the connection's end, after {@link #leave}. When this returns, nothing comes and goes any more; threads may take a second longer to end. */
    public void close() {
        try {
            if (thread.isAlive() && !left.await(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
                Link present = link;
                if (present != null) {
                    present.cut();
                }
                if (!left.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
