package creek.core.internal.over;

import creek.core.data.Row;

/** The rows of one partition that its OVER aggregates are computed on now, with what is computed. The oldest row leaves first. */
abstract class Frame {
    /** The partition's key in the map of partitions. */
    byte[] key;

    /** Adds the newest row, of which nothing is kept but copies. */
    abstract void add(Row row) throws Exception;

    abstract void removeFirst() throws Exception;

    /** Number of rows that can still leave. */
    abstract int size();

    /** Sets the results in the row's columns from {@code column} on. */
    abstract void emit(Row out, int column) throws Exception;
}
