package creek.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Offsets that are written to the broker so that people see how far a job is. Nothing depends on them, so problems are logged only. */
final class OffsetCommits {
    private static final Logger LOG = System.getLogger(OffsetCommits.class.getName());

    private final ReadPlan plan;
    /** From any thread. */
    private Map<TopicPartition, OffsetAndMetadata> wanted;
    /** Not confirmed yet; of the fetching thread. */
    private Map<TopicPartition, OffsetAndMetadata> underWay;

    OffsetCommits(ReadPlan plan) {
        this.plan = plan;
    }

    /** Those of before that have not been sent yet are not sent any more. From any thread. */
    synchronized void add(Map<TopicPartition, OffsetAndMetadata> offsets) {
        wanted = offsets;
    }

    private synchronized Map<TopicPartition, OffsetAndMetadata> take() {
        Map<TopicPartition, OffsetAndMetadata> offsets = wanted;
        wanted = null;
        return offsets;
    }

    /** Sends what is wanted; the answer comes with a later poll. */
    void send(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = take();
        if (offsets == null) {
            return;
        }
        underWay = offsets;
        consumer.commitAsync(offsets, (committed, problem) -> {
            if (underWay == offsets) {
                underWay = null;
            }
            if (problem != null) {
                LOG.log(Level.DEBUG, () -> "can't commit offsets of " + plan + " for monitoring", problem);
            }
        });
    }

    /** Sends what has not been confirmed, and waits for that. */
    void finish(Consumer<?, ?> consumer, Duration limit) {
        Map<TopicPartition, OffsetAndMetadata> offsets = take();
        offsets = offsets == null ? underWay : offsets;
        if (offsets == null) {
            return;
        }
        try {
            try {
                consumer.commitSync(offsets, limit);
            } catch (WakeupException e) {
                // it was woken up while it did not wait
                consumer.commitSync(offsets, limit);
            }
        } catch (KafkaException e) {
            LOG.log(Level.DEBUG, () -> "can't commit the last offsets of " + plan + " for monitoring", e);
        }
    }
}
