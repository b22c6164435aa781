package creek.connector.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions one of several readers of a table reads, also of those that are still to come: those of a topic in turn, and other topics begin with
 * another reader, so that many topics of one partition are spread as well.
 *
 * @param reader  its number, from 0 on
 * @param readers how many there are
 */
record PartitionShare(int reader, int readers) {
    static final PartitionShare ALL = new PartitionShare(0, 1);

    boolean has(TopicPartition partition) {
        int first = (partition.topic().hashCode() * 31 & Integer.MAX_VALUE) % readers;
        return (first + partition.partition()) % readers == reader;
    }
}
