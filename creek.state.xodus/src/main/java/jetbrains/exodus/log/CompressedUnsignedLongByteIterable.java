package jetbrains.exodus.log;

import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.ByteIterator;
import jetbrains.exodus.ExodusException;
import jetbrains.exodus.util.LightOutputStream;

/**
 * Numbers as bytes, seven bits a byte, the last byte with its highest bit set. Stands in for Xodus's own class of this name, which
 * makes the bytes of the first 65,536 numbers when it is loaded and keeps them: 3.4 MB of heap.
 */
public final class CompressedUnsignedLongByteIterable {
    private static final int BITS = 7;
    private static final int LAST = 0x80;

    private CompressedUnsignedLongByteIterable() {
    }

    public static ByteIterable getIterable(long value) {
        byte[] bytes = new byte[getCompressedSize(value)];
        long left = checked(value);
        for (int i = 0; i < bytes.length; i++, left >>= BITS) {
            bytes[i] = (byte) (i == bytes.length - 1 ? left | LAST : left & (LAST - 1));
        }
        return new ArrayByteIterable(bytes);
    }

    public static void fillBytes(long value, LightOutputStream output) {
        long left = checked(value);
        for (; left >= LAST; left >>= BITS) {
            output.write((int) left & (LAST - 1));
        }
        output.write((int) left | LAST);
    }

    public static long getLong(ByteIterable bytes) {
        return getLong(bytes.iterator());
    }

    public static long getLong(ByteIterator bytes) {
        long value = 0;
        int shift = 0;
        do {
            byte next = bytes.next();
            value += (long) (next & (LAST - 1)) << shift;
            if ((next & LAST) != 0) {
                return value;
            }
            shift += BITS;
        } while (bytes.hasNext());
        throw bad();
    }

    public static int getInt(ByteIterable bytes) {
        return getInt(bytes.iterator());
    }

    public static int getInt(DataIterator bytes) {
        return getInt((ByteIterator) bytes);
    }

    public static int getInt(ByteIterator bytes) {
        int value = 0;
        int shift = 0;
        do {
            byte next = bytes.next();
            value += (next & (LAST - 1)) << shift;
            if ((next & LAST) != 0) {
                return value;
            }
            shift += BITS;
        } while (bytes.hasNext());
        throw bad();
    }

    public static int getCompressedSize(long value) {
        int size = 1;
        for (long left = value >> BITS; left > 0; left >>= BITS) {
            size++;
        }
        return size;
    }

    private static long checked(long value) {
        if (value < 0) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }

    private static ExodusException bad() {
        return new ExodusException("Bad compressed number");
    }
}
