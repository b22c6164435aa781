package creek.connector.kafka;

import creek.connector.kafka.Fetched.EndOfPartition;
import creek.connector.kafka.Fetched.EndOfTable;
import creek.connector.kafka.Fetched.NewPartitions;
import creek.connector.kafka.Fetched.Records;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads topics: takes what the {@link PartitionFetcher} fetched and hands it out without copying where it can. */
final class KafkaReader implements SourceReader {
    private static final int POSITION_VERSION = 1;
    /** How long a reader that prepares waits for records at most. */
    private static final long PREPARE_MILLIS = 3_000;
    /** How much it fetches: all of it may be in vain, and lies in the way of the garbage collector until it takes over. */
    private static final long PREPARE_BYTES = 1 << 20;

    private final SourceContext context;
    private final ReadPlan plan;
    private final PartitionShare share;
    private final Map<String, Object> properties;
    private final RecordMetadataColumn[] metadata;
    private final Map<TopicPartition, PartitionPosition> positions = new LinkedHashMap<>();
    private final RecordBytes key = new RecordBytes();
    private final RecordBytes value = new RecordBytes();
    /** Whether a position has been restored, or partitions have been found: only then is there a position to speak of. */
    private List<PartitionPosition> restored;
    private boolean begun;
    private HandOver handOver;
    private PartitionFetcher fetcher;

    private Records batch;
    private int nextInBatch;
    private PartitionPosition current;
    private ConsumerRecord<ByteBuffer, ByteBuffer> record;
    private boolean ended;

    KafkaReader(SourceContext context, ReadPlan plan, PartitionShare share, Map<String, Object> properties) {
        this.context = context;
        this.plan = plan;
        this.share = share;
        this.properties = properties;
        metadata = context.metadataKeys().stream().map(RecordMetadataColumn::of).toArray(RecordMetadataColumn[]::new);
    }

    @Override
    public void open() {
        if (fetcher == null) {
            fetch(bufferSize());
        } else {
            handOver.setCapacity(bufferSize());
        }
    }

    private long bufferSize() {
        return context.options().get(KafkaOptions.BUFFER_SIZE).bytes();
    }

    private void fetch(long capacity) {
        handOver = new HandOver(capacity, context::wakeUp);
        fetcher = new PartitionFetcher("creek-kafka-" + context.table(), plan, properties, restored, handOver);
        fetcher.start();
    }

    /** Fetches ahead; what the other reader hands out until it is replaced will be passed over. */
    @Override
    public void prepare(int version, BinaryReader position) throws Exception {
        restorePosition(version, position);
        if (restored != null) {
            fetch(Math.min(PREPARE_BYTES, bufferSize()));
            handOver.awaitSettled(PREPARE_MILLIS);
        }
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        while (!output.isFull()) {
            if (batch == null && !next(output)) {
                return ended ? ReadStatus.END_OF_INPUT : ReadStatus.NOTHING_NOW;
            }
            if (batch != null) {
                handOut(output);
            }
        }
        return ReadStatus.MORE;
    }

    /** @return whether there was something */
    private boolean next(RecordOutput output) throws Exception {
        Fetched fetched = ended ? null : handOver.poll();
        if (fetched instanceof Records records) {
            batch = records;
            nextInBatch = 0;
            current = positions.get(records.partition());
            output.beginSplit(current.split);
        } else if (fetched instanceof NewPartitions found) {
            begun = true;
            for (PartitionPosition position : found.positions()) {
                positions.put(position.partition, restoredOr(position));
                output.beginSplit(position.split);
            }
            if (positions.isEmpty() && share.readers() > 1) {
                output.noSplits();
            }
        } else if (fetched instanceof EndOfPartition end) {
            PartitionPosition position = positions.get(end.partition());
            position.next = Math.max(position.next, position.end);
            output.endSplit(position.split);
        } else if (fetched instanceof EndOfTable) {
            ended = true;
        }
        return fetched != null && !ended;
    }

    /** What was fetched ahead begins before the position that was restored in the end. */
    private PartitionPosition restoredOr(PartitionPosition found) {
        return restored == null ? found : restored.stream().filter(each -> each.partition.equals(found.partition)).findFirst()
                .map(PartitionPosition::copy).orElse(found);
    }

    private void handOut(RecordOutput output) throws Exception {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = batch.records();
        int count = records.size();
        while (nextInBatch < count && records.get(nextInBatch).offset() < current.next) {
            nextInBatch++;
        }
        while (nextInBatch < count && !output.isFull()) {
            record = records.get(nextInBatch++);
            current.next = record.offset() + 1;
            key.set(record.key());
            value.set(record.value());
            output.message(key.bytes, key.from, key.to, value.bytes, value.from, value.to);
        }
        if (nextInBatch == count) {
            current.next = Math.max(current.next, batch.next());
            handOver.release(batch);
            batch = null;
        }
    }

    @Override
    public void readMetadata(int metadataKey, Row row, int column) {
        metadata[metadataKey].read(record, row, column);
    }

    @Override
    public String location() {
        return record == null ? plan.toString() : "topic " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public int positionVersion() {
        return POSITION_VERSION;
    }

    /** A reader that has not found its partitions yet is where it was restored, or nowhere. */
    @Override
    public void writePosition(BinaryWriter output) {
        boolean known = begun || restored != null;
        output.writeBoolean(known);
        if (known) {
            PartitionPosition.writeAll(begun ? positions.values() : restored, output);
        }
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws Exception {
        List<PartitionPosition> ahead = restored;
        restored = read(version, position);
        if (fetcher == null) {
            return;
        }
        if (PartitionPosition.leadTo(restored, ahead)) {
            fetcher.skipTo(restored);
        } else {
            // the other reader has found partitions meanwhile
            fetcher.close();
            fetcher = null;
        }
    }

    /** Null for that of a reader that had not found its partitions yet. */
    private List<PartitionPosition> read(int version, BinaryReader position) throws PositionException {
        if (version != POSITION_VERSION) {
            throw new PositionException("the position of table '" + context.table() + "' has the form " + version + ", which this version of the "
                    + "connector does not know; it knows " + POSITION_VERSION);
        }
        try {
            return position.readBoolean() ? PartitionPosition.readAll(position) : null;
        } catch (RuntimeException e) {
            throw new PositionException("the position of table '" + context.table() + "' is damaged");
        }
    }

    @Override
    public void restorePositions(int version, List<BinaryReader> readers) throws Exception {
        List<PartitionPosition> all = new ArrayList<>();
        int unknown = 0;
        for (BinaryReader position : readers) {
            List<PartitionPosition> known = read(version, position);
            unknown += known == null ? 1 : 0;
            all.addAll(known == null ? List.of() : known);
        }
        if (unknown == 0) {
            restored = all.stream().filter(position -> share.has(position.partition)).toList();
        } else if (unknown < readers.size()) {
            // where it was to begin with theirs would be forgotten
            throw new PositionException("some of the readers of table '" + context.table() + "' had not found their partitions yet, so it can't be shared "
                    + "out anew; start the job with " + readers.size() + " subtasks as before, and divide it otherwise after its next checkpoint");
        }
    }

    @Override
    public void positionIsDurable(BinaryReader position) {
        if (!properties.containsKey(ConsumerConfig.GROUP_ID_CONFIG) || !position.readBoolean()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        PartitionPosition.readAll(position).forEach(each -> offsets.put(each.partition, new OffsetAndMetadata(each.next)));
        fetcher.commit(offsets);
    }

    /** Ends fetching at once, so that the client can close while the other reader begins. */
    @Override
    public boolean closesLater() {
        fetcher.end();
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        if (fetcher != null) {
            fetcher.close();
        }
    }
}
