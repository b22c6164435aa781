package creek.connector.kafka;

import creek.core.connector.PositionException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * The thread that polls a table's partitions, since polling blocks. While the job does not take what was fetched it does not poll, so that memory
 * stays bounded; the connection's own buffers hold the broker back. A broker that goes away is waited for.
 */
final class PartitionFetcher implements Runnable {
    private static final Logger LOG = System.getLogger(PartitionFetcher.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    /** What a record takes in memory besides its bytes, about. */
    private static final long RECORD_OVERHEAD = 120;
    private static final long JOIN_MILLIS = 10_000;

    private final ReadPlan plan;
    private final Map<String, Object> properties;
    private final HandOver handOver;
    private final OffsetCommits commits;
    private final Problems problems;
    private final BrokerWatch watch;
    private final Discovery discovery;
    /** How far partitions had been read when the job stopped; null at a first start. */
    private final List<PartitionPosition> restored;
    private final Thread thread;

    // of the fetching thread
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Set<TopicPartition> known = new HashSet<>();
    /** Whether all partitions are known, so that there is a connection. */
    private boolean begun;

    // shared
    /** Where fetching is to go on, of each partition that is not there yet; null if it goes on as it does. */
    private volatile List<PartitionPosition> target;
    private volatile boolean closed;
    private volatile Consumer<ByteBuffer, ByteBuffer> consumer;

    PartitionFetcher(String name, ReadPlan plan, Map<String, Object> properties, List<PartitionPosition> restored, HandOver handOver) {
        this.plan = plan;
        this.properties = properties;
        this.restored = restored;
        this.handOver = handOver;
        commits = new OffsetCommits(plan);
        problems = new Problems(properties);
        watch = new BrokerWatch(plan, properties);
        discovery = new Discovery(plan);
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(getClass().getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Has offsets written to the broker, for monitoring. From any thread. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.add(offsets);
    }

    /** Leaves out what comes before positions, which may be what was fetched already, and much that was not. From any thread. */
    void skipTo(List<PartitionPosition> positions) {
        target = positions;
        handOver.dropBefore(positions);
    }

    /** Has the thread end. */
    void end() {
        if (closed) {
            return;
        }
        closed = true;
        handOver.close();
        Consumer<?, ?> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Ends the thread and waits for it. */
    void close() throws InterruptedException {
        end();
        thread.join(JOIN_MILLIS);
    }

    @Override
    public void run() {
        try {
            consumer = Clients.create(
                    () -> new KafkaConsumer<>(ClientProperties.forClient(properties), new ByteBufferDeserializer(), new ByteBufferDeserializer()));
            if (!closed) {
                begin();
            }
            while (!closed) {
                step();
            }
        } catch (WakeupException e) {
            // closed while it waited
        } catch (OffsetOutOfRangeException e) {
            handOver.fail(gone(e));
        } catch (PositionException e) {
            handOver.fail(e);
        } catch (Exception | LinkageError e) {
            handOver.fail(problems.explain("can't read " + plan, e));
        } finally {
            closeConsumer();
        }
    }

    private void closeConsumer() {
        if (consumer == null) {
            return;
        }
        try {
            commits.finish(consumer, LAST_WORDS);
            // the client says good-bye to a broker only once that has answered its last fetch, which without records takes half a second
            boolean autoCommits = Boolean.parseBoolean(String.valueOf(properties.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)));
            consumer.close(CloseOptions.timeout(autoCommits ? LAST_WORDS : Duration.ZERO));
        } catch (KafkaException e) {
            LOG.log(Level.DEBUG, () -> "closing the reader of " + plan, e);
        }
    }

    private static PositionException gone(OffsetOutOfRangeException problem) {
        String places = problem.offsetOutOfRangePartitions().entrySet().stream()
                .map(entry -> "offset " + entry.getValue() + " of partition " + entry.getKey()).collect(Collectors.joining(", "));
        return new PositionException("the broker no longer has, or does not have yet, " + places + ": records were deleted before they were read, or "
                + "the topic was made anew. 'properties.auto.offset.reset' = 'earliest' or 'latest' goes on with what is there");
    }

    private void begin() throws IOException {
        if (restored != null) {
            restored.forEach(position -> known.add(position.partition));
            assign(restored);
            if (!ends.isEmpty()) {
                // what is known already need not wait for the broker to tell of others
                poll();
            }
        }
        List<TopicPartition> found = plan.partitions(consumer);
        found.removeAll(known);
        if (restored == null) {
            assignFrom(found, plan.startOffsets(consumer, found));
        } else if (!found.isEmpty()) {
            assignFrom(found, consumer.beginningOffsets(found));
        }
        discovery.rest();
        begun = true;
    }

    private void assignFrom(List<TopicPartition> found, Map<TopicPartition, Long> starts) throws IOException {
        Map<TopicPartition, Long> stops = plan.endOffsets(consumer, found);
        List<PartitionPosition> positions = new ArrayList<>();
        for (TopicPartition partition : found) {
            known.add(partition);
            long end = plan.isBounded() ? stops.getOrDefault(partition, 0L) : PartitionPosition.NO_END;
            Long start = starts.get(partition);
            positions.add(new PartitionPosition(partition, start == null ? startByPolicy(partition) : start, end));
        }
        assign(positions);
    }

    /** Where reading begins if nothing says so. */
    private long startByPolicy(TopicPartition partition) throws IOException {
        String policy = String.valueOf(properties.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
        if (plan.beginsEarliest() || policy.equals("earliest")) {
            return consumer.beginningOffsets(Set.of(partition)).get(partition);
        }
        if (policy.equals("latest")) {
            return consumer.endOffsets(Set.of(partition)).get(partition);
        }
        throw new IOException("the group '" + properties.get(ConsumerConfig.GROUP_ID_CONFIG) + "' has no committed offset of partition " + partition
                + "; 'properties.auto.offset.reset' = 'earliest' or 'latest', or another 'scan.startup.mode', says where to begin");
    }

    /** Tells of partitions and reads them, but for those that are at their ends. */
    private void assign(List<PartitionPosition> positions) {
        handOver.add(new Fetched.NewPartitions(positions.stream().map(PartitionPosition::copy).toList()));
        for (PartitionPosition position : positions) {
            if (position.next < position.end) {
                ends.put(position.partition, position.end);
            } else {
                handOver.add(new Fetched.EndOfPartition(position.partition));
            }
        }
        consumer.assign(ends.keySet());
        positions.stream().filter(position -> position.next < position.end).forEach(position -> consumer.seek(position.partition, position.next));
    }

    private void step() throws InterruptedException, IOException {
        commits.send(consumer);
        seekTarget();
        if (ends.isEmpty() && plan.isBounded()) {
            handOver.add(new Fetched.EndOfTable());
            closed = true;
            return;
        }
        if (!handOver.awaitRoom(POLL.toMillis())) {
            return;
        }
        if (ends.isEmpty()) {
            Thread.sleep(POLL.toMillis());
        } else {
            poll();
        }
        if (discovery.isDue()) {
            discover();
        }
    }

    /** What is fetched already is not asked for again. */
    private void seekTarget() {
        List<PartitionPosition> positions = target;
        if (positions != null) {
            target = null;
            positions.stream().filter(position -> ends.containsKey(position.partition) && consumer.position(position.partition) < position.next)
                    .forEach(position -> consumer.seek(position.partition, position.next));
        }
    }

    private void poll() {
        long start = System.nanoTime();
        ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            watch.look(consumer, System.nanoTime() - start);
        } else {
            watch.answered();
        }
        for (TopicPartition partition : records.partitions()) {
            add(partition, records.records(partition));
        }
        if (records.isEmpty() ? begun : isCloseToEnd()) {
            handOver.settle();
        }
        if (plan.isBounded()) {
            endPartitions();
        }
    }

    /** Whether fetching keeps up with what comes: as far as the broker has told, one poll more gets all there is. */
    private boolean isCloseToEnd() {
        return ends.keySet().stream().allMatch(partition -> consumer.currentLag(partition).orElse(Long.MAX_VALUE) < ClientProperties.MAX_POLL_RECORDS);
    }

    private void add(TopicPartition partition, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        long end = ends.getOrDefault(partition, 0L);
        int count = records.size();
        while (count > 0 && records.get(count - 1).offset() >= end) {
            count--;
        }
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(i);
            bytes += RECORD_OVERHEAD + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }
        handOver.add(new Fetched.Records(partition, records.subList(0, count), Math.min(end, consumer.position(partition)), bytes));
    }

    private void endPartitions() {
        List<TopicPartition> ended = new ArrayList<>();
        ends.forEach((partition, end) -> {
            if (consumer.position(partition) >= end) {
                ended.add(partition);
            }
        });
        if (!ended.isEmpty()) {
            ended.forEach(partition -> {
                ends.remove(partition);
                handOver.add(new Fetched.EndOfPartition(partition));
            });
            consumer.assign(ends.keySet());
        }
    }

    /** New partitions are read from their beginnings, since nothing of them has been seen. */
    private void discover() throws IOException {
        discovery.rest();
        try {
            List<TopicPartition> found = discovery.look(consumer, ends.keySet());
            found.removeAll(known);
            if (!found.isEmpty()) {
                assignFrom(found, consumer.beginningOffsets(found));
            }
        } catch (RetriableException e) {
            LOG.log(Level.DEBUG, () -> "looking for new partitions of " + plan, e);
        }
    }
}
