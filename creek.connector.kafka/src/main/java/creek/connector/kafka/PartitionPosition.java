package creek.connector.kafka;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** How far a partition has been read. */
final class PartitionPosition {
    /** The end of a partition that is read for ever. */
    static final long NO_END = Long.MAX_VALUE;

    final TopicPartition partition;
    /** The partition's name as a split of the source. */
    final String split;
    /** The offset of the record that comes next. */
    long next;
    /** The offset at which reading ends. */
    final long end;

    PartitionPosition(TopicPartition partition, long next, long end) {
        this.partition = partition;
        this.split = partition.toString();
        this.next = next;
        this.end = end;
    }

    PartitionPosition copy() {
        return new PartitionPosition(partition, next, end);
    }

    /** Whether a reader that begins at the one comes to the other: the same partitions, none further than wanted. */
    static boolean leadTo(List<PartitionPosition> wanted, List<PartitionPosition> ahead) {
        return wanted != null && wanted.size() == ahead.size() && wanted.stream().allMatch(each -> ahead.stream()
                .anyMatch(begin -> begin.partition.equals(each.partition) && begin.next <= each.next && begin.end == each.end));
    }

    static void writeAll(Collection<PartitionPosition> positions, BinaryWriter output) {
        output.writeVarInt(positions.size());
        for (PartitionPosition position : positions) {
            output.writeString(position.partition.topic());
            output.writeVarInt(position.partition.partition());
            output.writeLong(position.next);
            output.writeLong(position.end);
        }
    }

    static List<PartitionPosition> readAll(BinaryReader input) {
        int count = input.readVarInt();
        List<PartitionPosition> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TopicPartition partition = new TopicPartition(input.readString(), input.readVarInt());
            positions.add(new PartitionPosition(partition, input.readLong(), input.readLong()));
        }
        return positions;
    }
}
