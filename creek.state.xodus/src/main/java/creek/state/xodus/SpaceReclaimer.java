package creek.state.xodus;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.ReadWriteTransaction;
import jetbrains.exodus.gc.GarbageCollector;
import jetbrains.exodus.io.RemoveBlockType;
import jetbrains.exodus.log.Log;
import jetbrains.exodus.log.Loggable;
import jetbrains.exodus.log.LoggableIterator;
import jetbrains.exodus.log.RandomAccessLoggable;

/**
 * Keeps a log's files in use. What is live in a file that is nearly empty is moved to the log's end, and the file let go of; where there is none,
 * ranges of keys are written anew until there is. On the checkpoint's thread, a bounded amount with each checkpoint.
 */
final class SpaceReclaimer {
    /**
     * A transaction moves what is live in about so many bytes of the log: all nodes above that are in memory then, for which Xodus's own way, a whole file in a
     * transaction, needs too much.
     */
    private static final long MOST_AT_A_TIME = 64 << 10;
    /** How many percent of a file may be in use if it is to be emptied. */
    private static final int NEARLY_EMPTY = 20;
    private static final int RANGES = 8;

    private final EnvironmentImpl environment;
    private final Log log;
    private final GarbageCollector collector;
    private final int minUtilization;
    private final RangeRewriter ranges;
    private final List<Long> emptied = new ArrayList<>();

    SpaceReclaimer(EnvironmentImpl environment, int minUtilization, RangeRewriter ranges) {
        this.environment = environment;
        this.log = environment.getLog();
        this.collector = environment.getGC();
        this.minUtilization = minUtilization;
        this.ranges = ranges;
    }

    private record Use(long address, long free) implements Comparable<Use> {
        @Override
        public int compareTo(Use other) {
            return Long.compare(other.free, free);
        }
    }

    /**
     * Empties files until enough of the others is in use.
     *
     * @param allowance how many bytes may be written for it
     * @return whether there are emptied files
     */
    boolean reclaim(long allowance) {
        long end = log.getHighAddress() + allowance;
        long before = -1;
        // where nothing is written there is no range to write: all that lives waits for the tree, or lies in the newest file
        while (emptyFiles(end) && log.getHighAddress() <= end && log.getHighAddress() > before) {
            before = log.getHighAddress();
            for (int i = 0; i < RANGES; i++) {
                ranges.rewrite();
            }
        }
        return !emptied.isEmpty();
    }

    /** Empties those that nearly are. Whether too little of the others is in use. */
    private boolean emptyFiles(long end) {
        long fileSize = log.getFileLengthBound();
        long current = log.getHighFileAddress();
        PriorityQueue<Use> emptiest = new PriorityQueue<>();
        long free = 0;
        for (long address : log.getAllFileAddresses()) {
            if (address != current && !emptied.contains(address)) {
                Use use = new Use(address, Math.min(fileSize, collector.getFileFreeBytes(address)));
                emptiest.add(use);
                free += use.free;
            }
        }
        long total = emptiest.size() * fileSize;
        while (free * 100 > total * (100 - minUtilization)) {
            Use use = emptiest.remove();
            if (use.free * 100 < fileSize * (100 - NEARLY_EMPTY) || log.getHighAddress() > end) {
                return true;
            }
            empty(use.address, use.address + fileSize);
            free -= use.free;
            total -= fileSize;
        }
        return false;
    }

    private void empty(long from, long to) {
        ReadWriteTransaction transaction = environment.beginGCTransaction();
        try {
            long flushed = from;
            LoggableIterator loggables = log.getLoggableIterator(from);
            RandomAccessLoggable next = loggables.next();
            while (next != null && next.getAddress() < to) {
                if (next.getAddress() - flushed >= MOST_AT_A_TIME) {
                    transaction.forceFlush();
                    flushed = next.getAddress();
                }
                int structure = next.getStructureId();
                if (structure != Loggable.NO_STRUCTURE_ID && structure != EnvironmentImpl.META_TREE_ID) {
                    // goes on to the end of the transaction that has written it
                    transaction.openStoreByStructureId(structure).reclaim(transaction, next, loggables);
                }
                next = loggables.hasNext() ? loggables.next() : null;
            }
            transaction.forceFlush();
        } finally {
            transaction.abort();
        }
        emptied.add(from);
    }

    /** Lets go of emptied files, which no reader sees any more. */
    void forgetEmptied() {
        long[] files = emptied.stream().mapToLong(Long::longValue).toArray();
        environment.removeFiles(files, RemoveBlockType.Delete);
        for (long file : files) {
            collector.getUtilizationProfile().removeFile$xodus_environment(file);
        }
        emptied.clear();
    }
}
