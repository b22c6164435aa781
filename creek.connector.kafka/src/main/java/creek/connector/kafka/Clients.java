package creek.connector.kafka;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.Producer;

/** The library in a bundle of its own: it loads classes by the thread's context loader, and it is talkative. */
final class Clients {
    /** Kept, since a logger that nobody keeps forgets its level. */
    private static final Logger LOG = Logger.getLogger("org.apache.kafka");
    /** While a broker is away it complains once a second; {@link BrokerWatch} and failures say it once. */
    private static final Logger CONNECTIONS = Logger.getLogger("org.apache.kafka.clients.NetworkClient");

    static {
        if (LOG.getLevel() == null) {
            LOG.setLevel(Level.WARNING);
        }
        if (CONNECTIONS.getLevel() == null && LOG.getLevel().intValue() >= Level.WARNING.intValue()) {
            CONNECTIONS.setLevel(Level.SEVERE);
        }
    }

    private Clients() {
    }

    /** Makes a client; the threads that it starts inherit the loader, which is the library's own, so that they keep nothing of this bundle. */
    static <T> T create(Callable<T> constructor) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Producer.class.getClassLoader());
        try {
            return constructor.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Closes a producer at once, and waits for the end of its thread also on a thread that is being interrupted. */
    static void close(Producer<?, ?> producer) {
        boolean interrupted = Thread.interrupted();
        producer.close(Duration.ZERO);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
