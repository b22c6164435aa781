package creek.core.internal.over;

import creek.core.data.Row;

/** The rows of one partition that its OVER aggregates are computed on now, with what is computed. The oldest row leaves first. */
abstract class Frame {
    private static final long NONE = Long.MIN_VALUE;

    /** The partition's key in the map of partitions. */
    byte[] key;

    /** No row at or before this time may enter any more, as later ones are out. */
    long doneUpTo = FIRST_DONE;

    /** When the partition may be forgotten, or {@link #NONE}; of RANGE windows only. */
    private long forgetAt = NONE;

    /** What is done in a partition without rows: as in Flink, rows of 1970 and before are late for it. */
    static final long FIRST_DONE = 0;

    /** Adds the newest row, of which nothing is kept but copies. */
    abstract void add(long time, Row row) throws Exception;

    abstract void removeFirst() throws Exception;

    /** Number of rows that can still leave. */
    abstract int size();

    /** The time of the row that leaves next; there must be one, and times must be kept. */
    abstract long firstTime();

    /** Sets the results in the row's columns from {@code column} on. */
    abstract void emit(Row out, int column) throws Exception;

    /**
     * Takes note that a row of that time waits.
     *
     * @return when to {@linkplain #ring ask} whether the partition can be forgotten, or {@link Long#MAX_VALUE} if that is set already
     */
    long keepFor(long time, long preceding) {
        if (forgetAt != NONE && forgetAt > time + preceding) {
            return Long.MAX_VALUE;
        }
        // half as long again, so that a partition with many rows asks for it seldom; what is late depends on it, as in Flink
        forgetAt = time + (long) (preceding * 1.5) + 1;
        return forgetAt;
    }

    /** A time that {@link #keepFor} gave has come: whether the partition, with what is done in it, can be forgotten. */
    boolean ring(long time) {
        doneUpTo = time;
        return forgetAt <= time;
    }
}
