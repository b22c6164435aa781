package creek.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Says when brokers no longer answer, and when they do again: once each, where the client would complain of each of its tries for as long as they are away.
 * Brokers answer a fetch also if there is nothing to give, so that it is their answers that are counted. Of the fetching thread.
 */
final class BrokerWatch {
    private static final Logger LOG = System.getLogger(BrokerWatch.class.getName());
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ReadPlan plan;
    private final Object brokers;
    private Metric answers;
    private double seen;
    private long silentNanos;
    private boolean away;

    BrokerWatch(ReadPlan plan, Map<String, Object> properties) {
        this.plan = plan;
        brokers = properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** Looks after a poll that took so long and gave nothing. */
    void look(Consumer<?, ?> consumer, long nanos) {
        if (answers == null) {
            answers = consumer.metrics().entrySet().stream().filter(metric -> metric.getKey().name().equals("fetch-total")
                    && metric.getKey().group().equals("consumer-fetch-manager-metrics")).map(Map.Entry::getValue).findFirst().orElse(null);
        }
        double count = answers == null ? seen + 1 : ((Number) answers.metricValue()).doubleValue();
        if (count > seen) {
            seen = count;
            answered();
        } else {
            silentNanos += nanos;
            if (!away && silentNanos >= LONG.toNanos()) {
                away = true;
                LOG.log(Level.WARNING, () -> "no answer from broker " + brokers + " for " + LONG.toSeconds() + " s: reading of " + plan + " waits for it");
            }
        }
    }

    /** Says that there was an answer. */
    void answered() {
        silentNanos = 0;
        if (away) {
            away = false;
            LOG.log(Level.WARNING, () -> "broker " + brokers + " answers again: reading of " + plan + " goes on");
        }
    }
}
