package creek.core.internal.state;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Entries of a key and a value, both runs of bytes, in large arrays: millions of them are a few objects to the garbage collector, which would copy and
 * look through one or two for each otherwise. An entry is told by its address. What is removed makes room for entries of the same size; arrays stay.
 * Not thread-safe.
 */
final class EntryPages {
    /** Addresses count in units of so many bytes. */
    private static final int UNIT = 8;
    private static final int PAGE_BITS = 17;
    private static final int PAGE = UNIT << PAGE_BITS;
    private static final int FIRST_PAGE = 1 << 12;
    /** Larger entries take so many units as the next eighth of a power of two, so that one that grows seldom moves. */
    private static final int EXACT = 64;
    private static final int STEP_BITS = 3;
    private static final int MAX_PAGES = 1 << Integer.SIZE - 1 - PAGE_BITS;
    /** What stands before an entry: the lengths of its key and its value. */
    private static final int VALUE_LENGTH = Integer.BYTES;
    private static final int HEADER = 2 * Integer.BYTES;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle FIRST_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[][] pages = {new byte[FIRST_PAGE]};
    /** Of the pages there are. */
    private int count = 1;
    /** The page that is being filled. */
    private int current;
    private int used;
    /** For each size the entry that was removed last, plus one, which has the one before it in place of its lengths. */
    private final int[] removed = new int[sizeClass(1 << PAGE_BITS) + 1];

    /** Adds an entry: its address. The value is to be written to its place. */
    int add(byte[] key, int keyLength, int valueLength) {
        return add(key, 0, keyLength, valueLength);
    }

    private int add(byte[] key, int from, int keyLength, int valueLength) {
        long bytes = (long) HEADER + keyLength + valueLength;
        int address = bytes > PAGE ? addLarge(bytes) : take(units((int) bytes));
        byte[] page = page(address);
        int at = at(address);
        INT.set(page, at, keyLength);
        INT.set(page, at + VALUE_LENGTH, valueLength);
        System.arraycopy(key, from, page, at + HEADER, keyLength);
        return address;
    }

    /** Gives an entry room for another value, elsewhere if need be: its address now. */
    int replace(int address, int valueLength) {
        if (hasRoom(address, valueLength)) {
            INT.set(page(address), at(address) + VALUE_LENGTH, valueLength);
            return address;
        }
        int moved = add(page(address), at(address) + HEADER, keyLength(address), valueLength);
        remove(address);
        return moved;
    }

    /** Gives an entry's value another length, of which so much stays as fits: its address now. */
    int resize(int address, int valueLength) {
        if (hasRoom(address, valueLength)) {
            return replace(address, valueLength);
        }
        int moved = add(page(address), at(address) + HEADER, keyLength(address), valueLength);
        System.arraycopy(page(address), value(address), page(moved), value(moved), Math.min(valueLength, valueLength(address)));
        remove(address);
        return moved;
    }

    private boolean hasRoom(int address, int valueLength) {
        long head = (long) HEADER + keyLength(address);
        long more = head + valueLength;
        long now = head + valueLength(address);
        return Math.max(more, now) <= PAGE && units((int) more) == units((int) now);
    }

    private static int units(int bytes) {
        int units = (bytes + UNIT - 1) / UNIT;
        if (units <= EXACT) {
            return units;
        }
        int step = 1 << stepBits(units);
        return units + step - 1 & -step;
    }

    /** The largest size of an entry that is not larger than that. */
    private static int wholeSize(int units) {
        return units <= EXACT ? units : units & -(1 << stepBits(units));
    }

    private static int stepBits(int units) {
        return Integer.SIZE - 1 - STEP_BITS - Integer.numberOfLeadingZeros(units - 1);
    }

    private static int sizeClass(int units) {
        if (units <= EXACT) {
            return units;
        }
        int bits = stepBits(units);
        return EXACT + (bits - STEP_BITS << STEP_BITS) + (units >> bits) - (1 << STEP_BITS);
    }

    private int take(int units) {
        int last = removed[sizeClass(units)];
        if (last != 0) {
            removed[sizeClass(units)] = (int) INT.get(page(last - 1), at(last - 1));
            return last - 1;
        }
        int bytes = units * UNIT;
        if (pages[current].length - used < bytes) {
            makeRoom(bytes);
        }
        int address = current << PAGE_BITS | used / UNIT;
        used += bytes;
        return address;
    }

    /** The first page grows, so that few entries take little. */
    private void makeRoom(int bytes) {
        int length = pages[current].length;
        if (current == 0 && used + bytes <= PAGE) {
            pages[0] = Arrays.copyOf(pages[0], Integer.highestOneBit(used + bytes - 1) << 1);
            return;
        }
        for (int rest; used < length; used += rest * UNIT) {
            rest = wholeSize((length - used) / UNIT);
            release(current << PAGE_BITS | used / UNIT, rest);
        }
        current = addPage(PAGE);
        used = 0;
    }

    private int addPage(int bytes) {
        if (count == MAX_PAGES) {
            throw new IllegalStateException("the rows in one part of an operator's state take more than 16 GB");
        }
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, 2 * count);
        }
        pages[count] = new byte[bytes];
        return count++;
    }

    private int addLarge(long bytes) {
        if (bytes > Integer.MAX_VALUE - UNIT) {
            throw new IllegalStateException("a key of " + bytes + " bytes");
        }
        return addPage((int) bytes) << PAGE_BITS;
    }

    private void release(int address, int units) {
        INT.set(page(address), at(address), removed[sizeClass(units)]);
        removed[sizeClass(units)] = address + 1;
    }

    void remove(int address) {
        long bytes = (long) HEADER + keyLength(address) + valueLength(address);
        if (bytes > PAGE) {
            pages[address >>> PAGE_BITS] = new byte[PAGE];
            release(address, PAGE / UNIT);
        } else {
            release(address, units((int) bytes));
        }
    }

    /** The array that an entry lies in. */
    byte[] page(int address) {
        return pages[address >>> PAGE_BITS];
    }

    private static int at(int address) {
        return (address & (1 << PAGE_BITS) - 1) * UNIT;
    }

    int keyLength(int address) {
        return (int) INT.get(page(address), at(address));
    }

    int valueLength(int address) {
        return (int) INT.get(page(address), at(address) + VALUE_LENGTH);
    }

    /** Where in its page an entry's value begins. */
    int value(int address) {
        return at(address) + HEADER + keyLength(address);
    }

    byte[] key(int address) {
        int from = at(address) + HEADER;
        return Arrays.copyOfRange(page(address), from, from + keyLength(address));
    }

    void copyKey(int address, BinaryWriter target) {
        target.writeRaw(page(address), at(address) + HEADER, keyLength(address));
    }

    boolean hasKey(int address, byte[] key, int length) {
        return hasKey(address, key, 0, length);
    }

    private boolean hasKey(int address, byte[] key, int from, int length) {
        return difference(address, key, from, length) == 0;
    }

    /** Zero if an entry has that key, see {@link Utf8#difference}. */
    long difference(int address, byte[] key, int length) {
        return difference(address, key, 0, length);
    }

    private long difference(int address, byte[] key, int from, int length) {
        byte[] page = page(address);
        int at = at(address);
        return Utf8.difference(page, at + HEADER, (int) INT.get(page, at), key, from, length);
    }

    boolean haveSameKey(int address, int other) {
        return hasKey(address, page(other), at(other) + HEADER, keyLength(other));
    }

    /** Compares a key with another one, by unsigned bytes. */
    int compareKey(int address, byte[] key, int length) {
        byte[] page = page(address);
        int from = at(address) + HEADER;
        return Arrays.compareUnsigned(page, from, from + keyLength(address), key, 0, length);
    }

    /** A key's {@link #start}. */
    long keyStart(int address) {
        return start(page(address), at(address) + HEADER, keyLength(address));
    }

    /** A key's first eight bytes, zeros for those that it does not have: of keys whose unsigned order differs, starts are in that order or equal. */
    static long start(byte[] bytes, int from, int length) {
        if (length >= Long.BYTES) {
            return (long) FIRST_BYTES.get(bytes, from);
        }
        long start = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            start = start << Byte.SIZE | (i < length ? bytes[from + i] & 0xFF : 0);
        }
        return start;
    }

    boolean hasValue(int address, byte[] value, int length) {
        int from = value(address);
        return valueLength(address) == length && Arrays.equals(page(address), from, from + length, value, 0, length);
    }

    /** Writes an entry's value, of the length that it has been given room for. */
    void setValue(int address, byte[] value, int length) {
        System.arraycopy(value, 0, page(address), value(address), length);
    }
}
