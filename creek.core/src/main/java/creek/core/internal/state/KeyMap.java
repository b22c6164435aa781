package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;

/**
 * Values by keys that are runs of bytes: a key is looked up where it was written and only a new one becomes an array. Open addressing with
 * linear probing. Entries may have a time to live. Not thread-safe.
 *
 * <p>A {@link StateMap} is one whose entries checkpoints take; what it needs of each entry is kept here beside the others.
 */
public class KeyMap<V> {
    private static final int FIRST_CAPACITY = 16;
    /** How many places are looked at for expired entries when one is added. */
    static final int SWEPT = 4;

    /** The store has an entry of this key, or may have one soon. */
    static final int STORED = 1;
    /** The key was looked for since eviction came by last. */
    static final int USED = 2;
    /** The key has no value any more, which the store does not know yet. */
    static final int REMOVED = 4;

    /** Where entries lie; null if each key is an array of its own. */
    private final EntryPages pages;
    /**
     * A word for each place, 0 where there is no key: the hash in the upper half, so that most of what is looked for in vain is told by this array alone, and the
     * entry's address in the lower one, if there are pages.
     */
    private long[] slots = new long[FIRST_CAPACITY];
    /**
     * With pages the value of each place, null while all values lie in pages. Without, the key of each place and its value behind it, since what a look-up
     * waits for is memory.
     */
    private Object[] objects;
    /** 1 if places have two objects, 0 for one. */
    private final int pair;
    /** Places that are taken. */
    int taken;
    private int removed;
    /** Null if entries live for ever. */
    TimeToLive timeToLive;
    long[] written;
    private int found;
    private int swept;

    /** Null if no checkpoint takes the entries. */
    Epochs epochs;
    /** The epoch in which each entry was changed last. */
    int[] changed;
    byte[] flags;
    /** How many entries are in the store only. */
    long absent;
    private long keyBytes;

    public KeyMap() {
        this(false);
    }

    /** @param paged whether keys lie in pages, and values may */
    KeyMap(boolean paged) {
        pages = paged ? new EntryPages() : null;
        pair = paged ? 0 : 1;
        objects = paged ? null : new Object[FIRST_CAPACITY << pair];
    }

    public final long size() {
        return taken - removed + absent;
    }

    /** Lets entries go that have not been {@linkplain #touch touched} for their time to live. Called while there are none. */
    public final void expireAfter(TimeToLive limit) {
        if (limit.isLimited()) {
            timeToLive = limit;
            written = new long[slots.length];
        }
    }

    final void track(Epochs newEpochs) {
        epochs = newEpochs;
        changed = new int[slots.length];
        flags = new byte[slots.length];
    }

    final int capacity() {
        return slots.length;
    }

    final boolean isTaken(int place) {
        return slots[place] != 0;
    }

    final int hashAt(int place) {
        return (int) (slots[place] >>> Integer.SIZE);
    }

    private int address(int place) {
        return (int) slots[place];
    }

    private void setAddress(int place, int address) {
        slots[place] = slots[place] >>> Integer.SIZE << Integer.SIZE | Integer.toUnsignedLong(address);
    }

    final byte[] keyAt(int place) {
        return pages == null ? ownKey(place) : pages.key(address(place));
    }

    private byte[] ownKey(int place) {
        return (byte[]) objects[place << 1];
    }

    private int valueAt(int place) {
        return (place << pair) + pair;
    }

    final int keyLength(int place) {
        return pages == null ? ownKey(place).length : pages.keyLength(address(place));
    }

    @SuppressWarnings("unchecked")
    final V value(int place) {
        Object value = objects == null ? null : objects[valueAt(place)];
        return value != null || pages == null || pages.valueLength(address(place)) == 0 ? (V) value
                : packed(pages.page(address(place)), pages.value(address(place)), pages.valueLength(address(place)));
    }

    /** Sets a value that is an object; null for one that lies in a page or has gone. */
    final void setValue(int place, V value) {
        if (objects == null && value != null) {
            objects = new Object[slots.length];
        }
        if (objects != null) {
            objects[valueAt(place)] = value;
        }
    }

    /** A value that lies in a page; good until the next is asked for. */
    V packed(byte[] page, int from, int length) {
        throw new IllegalStateException();
    }

    /** The value of the key that was written, or null. */
    public final V get(BinaryWriter key) {
        found = find(key.bytes(), key.size());
        if (found < 0 && absent > 0) {
            found = load(key.bytes(), key.size());
        }
        if (found >= 0 && flags != null) {
            if ((flags[found] & REMOVED) != 0) {
                return null;
            }
            flags[found] |= USED;
        }
        if (found >= 0 && timeToLive != null && hasExpired(found, timeToLive.now())) {
            expire(found);
            found = -1;
        }
        return found < 0 ? null : value(found);
    }

    private boolean hasExpired(int place, long now) {
        return timeToLive.isExpired(written[place], now) && !isInUse(value(place));
    }

    /** Whether something else refers to the value for now, so that it neither expires nor leaves memory. */
    protected boolean isInUse(V value) {
        return false;
    }

    /** Gets an entry that is not in memory from the store: its place, or -1. */
    int load(byte[] key, int length) {
        return -1;
    }

    /** Says that the value that {@link #get} gave last, with nothing added or removed since, is written to now. */
    public final void touch() {
        if (timeToLive != null) {
            written[found] = timeToLive.now();
        }
        mark(found);
    }

    /** As {@link #touch()}, for a key that is there. */
    public final void touch(byte[] key) {
        found = find(key, key.length);
        touch();
    }

    /** As {@link #touch}, of what does not make the value live longer. */
    protected final void change() {
        mark(found);
    }

    /** Sets the value of a key that is not there yet; the array is kept. */
    public final void add(byte[] key, V value) {
        long now = makeRoom();
        int place = removed > 0 ? find(key, key.length) : -1;
        if (place >= 0) {
            follow(value, value(place));
            bringBack(place, value, now);
        } else {
            place = insertNew(key, hash(key, key.length), value, now);
        }
        mark(place);
    }

    /** Looks for entries that have expired before one is added; the time, where that matters. */
    private long makeRoom() {
        if (timeToLive == null) {
            return 0;
        }
        long now = timeToLive.now();
        sweep(isFull() ? slots.length : SWEPT, now);
        if (absent > 0) {
            sweepAbsent();
        }
        return now;
    }

    private void bringBack(int place, V value, long now) {
        setValue(place, value);
        flags[place] = STORED | USED;
        removed--;
        if (written != null) {
            written[place] = now;
        }
    }

    private void mark(int place) {
        if (changed != null) {
            changed[place] = epochs.mark(changed[place]);
        }
    }

    /** Called with a value that comes in place of one that was removed and that the store still has. */
    void follow(V value, V earlier) {
    }

    final int insertNew(byte[] key, int hash, V value, long time) {
        int place = takePlace(key.length, hash, value, time);
        if (pages == null) {
            objects[place << 1] = key;
        } else {
            setAddress(place, pages.add(key, key.length, 0));
        }
        return place;
    }

    /** Whether one more key needs more places: at most two thirds are taken, as few of them are looked at then. */
    private boolean isFull() {
        return 3L * taken >= 2L * slots.length;
    }

    private int takePlace(int keyLength, int hash, V value, long time) {
        if (isFull()) {
            grow();
        }
        taken++;
        keyBytes += keyLength;
        return insert(hash, value, time);
    }

    /** Whether nothing is known of the key for which {@link #get} gave null, not even that it was removed. */
    final boolean isUnknown() {
        return found < 0;
    }

    /** Sets the value of a key that is not there yet to bytes; {@link #follow} is not called. */
    final void addPacked(BinaryWriter key, byte[] value, int length) {
        long now = makeRoom();
        int place = removed > 0 ? find(key.bytes(), key.size()) : -1;
        if (place >= 0) {
            bringBack(place, null, now);
            setAddress(place, pages.replace(address(place), length));
        } else {
            place = takePlace(key.size(), hash(key.bytes(), key.size()), null, now);
            setAddress(place, pages.add(key.bytes(), key.size(), length));
        }
        pages.setValue(address(place), value, length);
        mark(place);
    }

    /** Sets the value of a place: an object, or null and bytes. */
    final void replace(int place, V value, byte[] bytes, int length) {
        setAddress(place, pages.replace(address(place), length));
        pages.setValue(address(place), bytes, length);
        setValue(place, value);
    }

    /**
     * Gives the bytes of a place another length.
     *
     * @param seen how many there are
     * @return the value of those
     */
    final V resize(int place, int length, int seen) {
        setAddress(place, pages.resize(address(place), length));
        return packed(pages.page(address(place)), pages.value(address(place)), seen);
    }

    /** The place of the key that {@link #get} found last. */
    final int found() {
        return found;
    }

    /** Removes expired entries from the next places. */
    private void sweep(int places, long now) {
        for (int i = 0; i < places; i++) {
            swept = swept + 1 & slots.length - 1;
            while (isTaken(swept) && (flags == null || (flags[swept] & REMOVED) == 0) && hasExpired(swept, now)) {
                expire(swept);
            }
        }
    }

    /** Removes expired ones of a few entries that are not in memory. */
    void sweepAbsent() {
    }

    /** Removes some of the expired entries in memory. */
    final void sweep(int places) {
        sweep(Math.min(places, slots.length), timeToLive.now());
    }

    /** Adds what is to be remembered of a key that is in the store only and that goes. */
    final void addRemoved(byte[] key, V remains) {
        int place = insertNew(key, hash(key, key.length), remains, 0);
        flags[place] = STORED | REMOVED;
        changed[place] = epochs.mark(changed[place]);
        removed++;
        absent--;
    }

    /** Whether something is known of a key in memory. */
    final boolean isInMemory(byte[] key) {
        return find(key, key.length) >= 0;
    }

    private void expire(int place) {
        expired(value(place));
        removeEntry(place);
    }

    /** Called with a value that goes because its time is over. */
    protected void expired(V value) {
    }

    /** Removes a key that is there. */
    public final void remove(byte[] key) {
        removeEntry(find(key, key.length));
    }

    private void removeEntry(int place) {
        if (flags == null || (flags[place] & STORED) == 0) {
            removeAt(place);
            return;
        }
        setValue(place, remains(value(place)));
        flags[place] = STORED | REMOVED;
        changed[place] = epochs.mark(changed[place]);
        removed++;
    }

    /** What has to be remembered of a value that goes, until a checkpoint has told the store. */
    V remains(V value) {
        return null;
    }

    /** Empties a place. Another entry may be there then. */
    final void removeAt(int place) {
        if (flags != null && (flags[place] & REMOVED) != 0) {
            removed--;
        }
        keyBytes -= keyLength(place);
        if (pages != null) {
            pages.remove(address(place));
        }
        int mask = slots.length - 1;
        int hole = place;
        for (int slot = hole + 1 & mask; isTaken(slot); slot = slot + 1 & mask) {
            // an entry may fill the hole unless its first choice lies behind the hole
            if ((slot - hashAt(slot) & mask) >= (slot - hole & mask)) {
                move(slot, hole);
                hole = slot;
            }
        }
        if (pages == null) {
            objects[hole << 1] = null;
        }
        slots[hole] = 0;
        setValue(hole, null);
        taken--;
    }

    private void move(int from, int to) {
        slots[to] = slots[from];
        if (objects != null) {
            System.arraycopy(objects, from << pair, objects, to << pair, 1 + pair);
        }
        if (written != null) {
            written[to] = written[from];
        }
        if (flags != null) {
            flags[to] = flags[from];
            changed[to] = changed[from];
        }
    }

    private int find(byte[] bytes, int length) {
        int mask = slots.length - 1;
        int hash = hash(bytes, length);
        for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            long difference = hashAt(slot) ^ hash;
            if (difference == 0) {
                difference = difference(slot, bytes, length);
            }
            if (difference == 0) {
                return slot;
            }
        }
        return -1;
    }

    final boolean hasKey(int place, byte[] bytes, int length) {
        return difference(place, bytes, length) == 0;
    }

    private long difference(int place, byte[] bytes, int length) {
        if (pages != null) {
            return pages.difference(address(place), bytes, length);
        }
        byte[] key = ownKey(place);
        return Utf8.difference(key, 0, key.length, bytes, 0, length);
    }

    static int hash(byte[] bytes, int length) {
        return usable(Utf8.hash(bytes, 0, length));
    }

    /** The hash by which entries lie, for one of {@link Utf8#hash}. */
    public static int usable(int hash) {
        return hash == 0 ? 1 : hash;
    }

    private int insert(int hash, V value, long time) {
        int slot = freePlace(hash);
        slots[slot] = (long) hash << Integer.SIZE;
        setValue(slot, value);
        if (written != null) {
            written[slot] = time;
        }
        if (flags != null) {
            flags[slot] = USED;
            changed[slot] = 0;
        }
        return slot;
    }

    private int freePlace(int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldSlots = slots;
        Object[] oldObjects = objects;
        long[] oldWritten = written;
        int[] oldChanged = changed;
        byte[] oldFlags = flags;
        slots = new long[Math.multiplyExact(2, oldSlots.length)];
        objects = oldObjects == null ? null : new Object[Math.multiplyExact(slots.length, 1 + pair)];
        written = oldWritten == null ? null : new long[slots.length];
        if (flags != null) {
            changed = new int[slots.length];
            flags = new byte[slots.length];
        }
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = freePlace((int) (oldSlots[i] >>> Integer.SIZE));
                slots[slot] = oldSlots[i];
                if (oldObjects != null) {
                    System.arraycopy(oldObjects, i << pair, objects, slot << pair, 1 + pair);
                }
                if (written != null) {
                    written[slot] = oldWritten[i];
                }
                if (flags != null) {
                    changed[slot] = oldChanged[i];
                    flags[slot] = oldFlags[i];
                }
            }
        }
    }

    /** Bytes of all keys in memory. */
    final long keyBytes() {
        return keyBytes;
    }
}
