package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import java.util.Arrays;

/** A multiset of serialized rows. Small ones are searched through; larger ones have an index as soon as a row is looked for. */
public final class RowBag {
    private static final int SEARCHED = 16;
    /** How many entries are looked at for expired ones when a row is added. */
    private static final int SWEPT = 2;

    /** Equal rows of a bag. */
    public static final class Entry {
        private final byte[] row;
        private int place;
        long written;
        /** How many there are. */
        public int count = 1;
        /** How many rows of the other side of a join match, for those who keep account of it. */
        public int matches;

        private Entry(byte[] row, int place) {
            this.row = row;
            this.place = place;
        }

        public byte[] row() {
            return row;
        }
    }

    private Entry[] entries = new Entry[1];
    private int size;
    private KeyMap<Entry> index;
    private int swept;

    /** Number of entries, not counting equal rows. */
    public int size() {
        return size;
    }

    /** An entry by its place, which changes when entries are removed. */
    public Entry get(int place) {
        return entries[place];
    }

    /** The entry of a row, or null. */
    public Entry find(BinaryWriter row) {
        if (size > SEARCHED) {
            if (index == null) {
                index = new KeyMap<>();
                for (int i = 0; i < size; i++) {
                    index.add(entries[i].row, entries[i]);
                }
            }
            return index.get(row);
        }
        for (int i = 0; i < size; i++) {
            byte[] candidate = entries[i].row;
            if (Arrays.equals(candidate, 0, candidate.length, row.bytes(), 0, row.size())) {
                return entries[i];
            }
        }
        return null;
    }

    /** Adds an entry. Who wants to {@link #find} rows adds only those that are not there yet. */
    public Entry add(BinaryWriter row) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        Entry entry = new Entry(row.toBytes(), size);
        entries[size++] = entry;
        if (index != null) {
            index.add(entry.row, entry);
        }
        return entry;
    }

    /** Removes an entry. */
    public void remove(Entry entry) {
        if (index != null) {
            index.remove(entry.row);
        }
        Entry last = entries[--size];
        entries[size] = null;
        if (last != entry) {
            entries[entry.place] = last;
            last.place = entry.place;
        }
    }

    /** Removes the entry at that place if it has expired; another one may be there then. */
    boolean removeExpired(int place, TimeToLive timeToLive) {
        if (!timeToLive.isLimited() || !timeToLive.isExpired(entries[place].written, timeToLive.now())) {
            return false;
        }
        remove(entries[place]);
        return true;
    }

    /** Removes some entries if they have expired; how many. */
    int sweep(TimeToLive timeToLive) {
        int removed = 0;
        for (int i = 0; i < SWEPT && size > 0; i++) {
            swept = swept + 1 < size ? swept + 1 : 0;
            if (removeExpired(swept, timeToLive)) {
                removed++;
            }
        }
        return removed;
    }
}
