package creek.connector.kafka;

import static creek.connector.kafka.KafkaOptions.BOUNDED_MODE;
import static creek.connector.kafka.KafkaOptions.BOUNDED_OFFSETS;
import static creek.connector.kafka.KafkaOptions.BOUNDED_TIMESTAMP;
import static creek.connector.kafka.KafkaOptions.DISCOVERY_INTERVAL;
import static creek.connector.kafka.KafkaOptions.STARTUP_OFFSETS;
import static creek.connector.kafka.KafkaOptions.STARTUP_TIMESTAMP;
import static creek.connector.kafka.KafkaOptions.TOPIC_PATTERN;

import creek.connector.kafka.KafkaOptions.BoundedMode;
import creek.connector.kafka.KafkaOptions.StartupMode;
import creek.core.option.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Which partitions are read, from which offset to which. Asks the broker, so it is used on the fetching thread only. */
final class ReadPlan {
    private final List<String> topics;
    private final Optional<Pattern> pattern;
    private final StartupMode startup;
    private final Map<Integer, Long> startupOffsets;
    private final Long startupTimestamp;
    private final BoundedMode bounded;
    private final Map<Integer, Long> boundedOffsets;
    private final Long boundedTimestamp;
    private final Duration discoveryInterval;
    private final PartitionShare share;

    ReadPlan(Options options, StartupMode startup, PartitionShare share) {
        this.share = share;
        topics = KafkaOptions.topics(options);
        pattern = options.find(TOPIC_PATTERN).map(Pattern::compile);
        this.startup = startup;
        startupOffsets = SpecificOffsets.parse(options, STARTUP_OFFSETS);
        startupTimestamp = options.get(STARTUP_TIMESTAMP);
        bounded = options.get(BOUNDED_MODE);
        boundedOffsets = SpecificOffsets.parse(options, BOUNDED_OFFSETS);
        boundedTimestamp = options.get(BOUNDED_TIMESTAMP);
        discoveryInterval = options.get(DISCOVERY_INTERVAL);
    }

    boolean isBounded() {
        return bounded != BoundedMode.UNBOUNDED;
    }

    /** Whether partitions that nothing is said of are read from their beginnings. */
    boolean beginsEarliest() {
        return startup == StartupMode.SPECIFIC_OFFSETS;
    }

    /** How often to look for new partitions; zero for never. */
    Duration discoveryInterval() {
        return isBounded() ? Duration.ZERO : discoveryInterval;
    }

    /** The topics, for messages. */
    @Override
    public String toString() {
        return pattern.map(text -> "topics " + text).orElseGet(() -> (topics.size() == 1 ? "topic " : "topics ") + String.join(", ", topics));
    }

    /** All partitions of this share that there are now. Asks for all topics, since the client remembers for minutes what it was told of one. */
    List<TopicPartition> partitionsNow(Consumer<?, ?> consumer) {
        List<TopicPartition> found = new ArrayList<>();
        consumer.listTopics().forEach((topic, partitions) -> {
            if (pattern.isPresent() ? pattern.get().matcher(topic).matches() : topics.contains(topic)) {
                add(partitions, found);
            }
        });
        return found;
    }

    /**
     * The partitions of this share to begin with.
     *
     * @throws IOException if a topic that the table names does not exist
     */
    List<TopicPartition> partitions(Consumer<?, ?> consumer) throws IOException {
        if (pattern.isPresent()) {
            return partitionsNow(consumer);
        }
        List<TopicPartition> found = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                throw new IOException("topic '" + topic + "' does not exist");
            }
            add(partitions, found);
        }
        return found;
    }

    private void add(List<PartitionInfo> partitions, List<TopicPartition> found) {
        partitions.stream().map(partition -> new TopicPartition(partition.topic(), partition.partition())).filter(share::has).forEach(found::add);
    }

    /** Where reading of partitions begins that are there at the very first start; what is missing is left to {@code auto.offset.reset}. */
    Map<TopicPartition, Long> startOffsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return switch (startup) {
            case EARLIEST_OFFSET -> consumer.beginningOffsets(partitions);
            case LATEST_OFFSET -> consumer.endOffsets(partitions);
            case GROUP_OFFSETS -> committed(consumer, partitions);
            case TIMESTAMP -> atTimestamp(consumer, partitions, startupTimestamp);
            case SPECIFIC_OFFSETS -> {
                Map<TopicPartition, Long> offsets = new HashMap<>(specific(partitions, startupOffsets));
                committed(consumer, partitions).forEach(offsets::putIfAbsent);
                yield offsets;
            }
        };
    }

    /** Where reading of partitions ends, those without end left out; empty for one that is not bounded. */
    Map<TopicPartition, Long> endOffsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return switch (bounded) {
            case UNBOUNDED -> Map.of();
            case LATEST_OFFSET -> consumer.endOffsets(partitions);
            case GROUP_OFFSETS -> committed(consumer, partitions);
            case TIMESTAMP -> atTimestamp(consumer, partitions, boundedTimestamp);
            case SPECIFIC_OFFSETS -> specific(partitions, boundedOffsets);
        };
    }

    private static Map<TopicPartition, Long> committed(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(new HashSet<>(partitions)).forEach((partition, committed) -> put(offsets, partition, committed));
        return offsets;
    }

    private static void put(Map<TopicPartition, Long> offsets, TopicPartition partition, OffsetAndMetadata committed) {
        if (committed != null) {
            offsets.put(partition, committed.offset());
        }
    }

    /** The first record of that time or later; the end where there is none yet. */
    private static Map<TopicPartition, Long> atTimestamp(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, long timestamp) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, timestamp));
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found : consumer.offsetsForTimes(wanted).entrySet()) {
            if (found.getValue() != null) {
                offsets.put(found.getKey(), found.getValue().offset());
            }
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> specific(Collection<TopicPartition> partitions, Map<Integer, Long> offsets) {
        Map<TopicPartition, Long> found = new HashMap<>();
        partitions.forEach(partition -> {
            if (offsets.containsKey(partition.partition())) {
                found.put(partition, offsets.get(partition.partition()));
            }
        });
        return found;
    }
}
