package creek.core.internal.over;

import creek.core.data.Row;

/** The rows of one partition that its OVER aggregates are computed on now, with what is computed. The oldest row leaves first. */
abstract class Frame {
    /** The partition's key in the map of partitions. */
    byte[] key;

    /** How many rows wait to enter. */
    int waiting;

    /** The epoch in which it is known to have changed. */
    int marked;

    /** Takes the newest row, of which nothing is kept but copies; those that it drives out leave first. */
    abstract void enter(long time, Row row) throws Exception;

    /** Sets the results in the row's columns from {@code column} on. */
    abstract void emit(Row out, int column) throws Exception;

    /** Whether no row of that time may enter any more, as later ones are out. */
    boolean isPast(long time) {
        return false;
    }
}
