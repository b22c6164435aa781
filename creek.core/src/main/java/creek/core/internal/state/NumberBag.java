package creek.core.internal.state;

import creek.core.data.Row;
import creek.core.data.Utf8;

/**
 * A multiset of the values of a column of whole numbers, NULL among them. A number and how often it is there lie side by side in one array, open addressing with linear
 * probing. Not thread-safe.
 */
public final class NumberBag {
    private static final int FIRST_CAPACITY = 8;

    private int capacity = FIRST_CAPACITY;
    /** Number and count of each place, of which the last is for NULL; a count of 0 where there is none. */
    private long[] entries = new long[2 * (capacity + 1)];
    private int size;

    /** Number of different values. */
    public int size() {
        return size;
    }

    /** Adds a row's value so many times; whether it is new. */
    public boolean add(Row row, int column, long count) {
        int place = find(row, column);
        boolean isNew = count(place) == 0;
        if (isNew && place < capacity && 3 * (size + 1L) > 2L * capacity) {
            grow();
            place = find(row, column);
        }
        size += isNew ? 1 : 0;
        entries[2 * place] = row.getLong(column);
        entries[2 * place + 1] += count;
        return isNew;
    }

    /** Takes a row's value back once; whether it was the last of its kind. */
    public boolean remove(Row row, int column) {
        int place = find(row, column);
        if (count(place) == 0) {
            return false;
        }
        if (--entries[2 * place + 1] > 0) {
            return false;
        }
        size--;
        if (place < capacity) {
            close(place);
        }
        return true;
    }

    /** Where a row's value is, or would be. */
    private int find(Row row, int column) {
        return row.isNullAt(column) ? capacity : find(row.getLong(column));
    }

    private int find(long number) {
        int mask = capacity - 1;
        int place = home(number);
        while (entries[2 * place + 1] != 0 && entries[2 * place] != number) {
            place = place + 1 & mask;
        }
        return place;
    }

    private int home(long number) {
        return Utf8.finish(Utf8.mix(Long.BYTES, number)) & capacity - 1;
    }

    private void grow() {
        long[] former = entries;
        capacity = Math.multiplyExact(2, capacity);
        entries = new long[2 * (capacity + 1)];
        for (int i = 0; i < former.length - 2; i += 2) {
            if (former[i + 1] != 0) {
                int place = find(former[i]);
                entries[2 * place] = former[i];
                entries[2 * place + 1] = former[i + 1];
            }
        }
        entries[2 * capacity + 1] = former[former.length - 1];
    }

    /** Moves up what lies behind a place that has become empty, and can't be found across it. */
    private void close(int place) {
        int mask = capacity - 1;
        int hole = place;
        for (int next = hole + 1 & mask; entries[2 * next + 1] != 0; next = next + 1 & mask) {
            if ((next - home(entries[2 * next]) & mask) >= (next - hole & mask)) {
                entries[2 * hole] = entries[2 * next];
                entries[2 * hole + 1] = entries[2 * next + 1];
                entries[2 * next + 1] = 0;
                hole = next;
            }
        }
    }

    /** The first place that has a value, from {@code from} on; -1 if there is none. */
    public int next(int from) {
        int place = from;
        while (place <= capacity && count(place) == 0) {
            place++;
        }
        return place <= capacity ? place : -1;
    }

    /** How often the value at a place is there. */
    public long count(int place) {
        return entries[2 * place + 1];
    }

    /** Sets a row's column to the value at a place. */
    public void get(int place, Row row, int column) {
        if (place == capacity) {
            row.setNull(column);
        } else {
            row.setLong(column, entries[2 * place]);
        }
    }
}
