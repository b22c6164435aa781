package creek.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Looks now and then which partitions there are. Of the fetching thread. */
final class Discovery {
    private static final Logger LOG = System.getLogger(Discovery.class.getName());

    private final ReadPlan plan;
    private long next;
    /** Partitions that are read and were not there last time. */
    private Set<TopicPartition> gone = Set.of();

    Discovery(ReadPlan plan) {
        this.plan = plan;
    }

    /** Begins to wait for the next time. */
    void rest() {
        next = System.nanoTime() + plan.discoveryInterval().toNanos();
    }

    boolean isDue() {
        return !plan.discoveryInterval().isZero() && System.nanoTime() - next >= 0;
    }

    /**
     * All partitions that there are now.
     *
     * @param read those that are read: that one is not there any more is said once, as the client asks for it for ever
     */
    List<TopicPartition> look(Consumer<?, ?> consumer, Set<TopicPartition> read) {
        List<TopicPartition> found = plan.partitionsNow(consumer);
        Set<TopicPartition> missing = new HashSet<>(read);
        found.forEach(missing::remove);
        if (!missing.isEmpty() && !missing.equals(gone)) {
            LOG.log(Level.WARNING, () -> "partitions " + missing + " are no longer there; reading waits for them, and goes on with all others of " + plan);
        }
        gone = missing;
        return found;
    }
}
