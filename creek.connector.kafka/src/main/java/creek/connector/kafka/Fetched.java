package creek.connector.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the fetching thread hands over, in order. */
sealed interface Fetched {
    /** Partitions that will be read from now on. */
    record NewPartitions(List<PartitionPosition> positions) implements Fetched {
    }

    /**
     * Records of one partition.
     *
     * @param next  the offset at which reading goes on behind them
     * @param bytes how much memory they take, about
     */
    record Records(TopicPartition partition, List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long next, long bytes) implements Fetched {
    }

    /** A partition has been read to its end. */
    record EndOfPartition(TopicPartition partition) implements Fetched {
    }

    /** All partitions have been read to their ends. */
    record EndOfTable() implements Fetched {
    }
}
