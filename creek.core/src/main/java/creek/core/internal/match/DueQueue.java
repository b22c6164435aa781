package creek.core.internal.match;

import java.util.Arrays;

/** Partitions by when there is something to do in them, those of the same time in the order in which that became so: a binary heap. */
final class DueQueue {
    private Partition[] partitions = new Partition[16];
    private int size;
    private long numbers;

    /** The partition that is due first, or null. */
    Partition first() {
        return size == 0 ? null : partitions[0];
    }

    /** When the first partition is due; {@link Long#MAX_VALUE} if there is none. */
    long firstDue() {
        return size == 0 ? Long.MAX_VALUE : partitions[0].due;
    }

    /** Puts a partition where it belongs by its time to come; {@link Long#MAX_VALUE} stands for never. */
    void set(Partition partition, long due) {
        if (partition.due == due) {
            return;
        }
        boolean sooner = due < partition.due;
        partition.due = due;
        partition.queueNumber = numbers++;
        if (partition.queuePlace < 0) {
            add(partition);
        } else if (due == Long.MAX_VALUE) {
            remove(partition);
        } else if (sooner) {
            rise(partition, partition.queuePlace);
        } else {
            sink(partition, partition.queuePlace);
        }
    }

    /** Puts a partition that was read from state where it was. */
    void restore(Partition partition, long due) {
        numbers = Math.max(numbers, partition.queueNumber + 1);
        partition.due = due;
        if (due < Long.MAX_VALUE) {
            add(partition);
        }
    }

    private void add(Partition partition) {
        if (size == partitions.length) {
            partitions = Arrays.copyOf(partitions, 2 * size);
        }
        rise(partition, size++);
    }

    private void remove(Partition partition) {
        int hole = partition.queuePlace;
        partition.queuePlace = -1;
        Partition last = partitions[--size];
        partitions[size] = null;
        if (hole < size) {
            if (hole > 0 && isBefore(last, partitions[hole - 1 >>> 1])) {
                rise(last, hole);
            } else {
                sink(last, hole);
            }
        }
    }

    private void rise(Partition partition, int from) {
        int hole = from;
        while (hole > 0 && isBefore(partition, partitions[hole - 1 >>> 1])) {
            put(partitions[hole - 1 >>> 1], hole);
            hole = hole - 1 >>> 1;
        }
        put(partition, hole);
    }

    private void sink(Partition partition, int from) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(partitions[child + 1], partitions[child])) {
                child++;
            }
            if (isBefore(partition, partitions[child])) {
                break;
            }
            put(partitions[child], hole);
            hole = child;
        }
        put(partition, hole);
    }

    private static boolean isBefore(Partition left, Partition right) {
        return left.due < right.due || left.due == right.due && left.queueNumber < right.queueNumber;
    }

    private void put(Partition partition, int place) {
        partitions[place] = partition;
        partition.queuePlace = place;
    }
}
