package creek.state.xodus;

import java.util.PriorityQueue;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.gc.GarbageCollector;
import jetbrains.exodus.log.Log;

/**
 * Keeps a log's files in use: moves what is live in the emptiest of them to the log's end and has Xodus let go of them. On the checkpoint's thread,
 * a bounded amount with each checkpoint.
 */
final class SpaceReclaimer {
    private final Log log;
    private final GarbageCollector collector;
    private final int minUtilization;

    SpaceReclaimer(EnvironmentImpl environment, int minUtilization) {
        this.log = environment.getLog();
        this.collector = environment.getGC();
        this.minUtilization = minUtilization;
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
     * @param allowance how many bytes may be moved
     * @return how many files were emptied
     */
    int reclaim(long allowance) {
        long fileSize = log.getFileLengthBound();
        long current = log.getHighFileAddress();
        PriorityQueue<Use> emptiest = new PriorityQueue<>();
        long free = 0;
        for (long address : log.getAllFileAddresses()) {
            if (address != current) {
                Use use = new Use(address, Math.min(fileSize, collector.getFileFreeBytes(address)));
                emptiest.add(use);
                free += use.free;
            }
        }
        long total = emptiest.size() * fileSize;
        long moved = 0;
        int emptied = 0;
        while (free * 100 > total * (100 - minUtilization) && moved <= allowance) {
            Use use = emptiest.remove();
            collector.doCleanFile(use.address);
            free -= use.free;
            total -= fileSize;
            moved += fileSize - use.free;
            emptied++;
        }
        return emptied;
    }

    /** Lets go of emptied files, which no reader sees any more. */
    void forgetEmptied() {
        collector.testDeletePendingFiles();
    }
}
