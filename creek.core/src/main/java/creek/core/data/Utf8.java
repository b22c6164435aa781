package creek.core.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string as a slice of UTF-8 bytes, decoded only when it must be.
 *
 * <p>A slice may point into a buffer that is about to be reused: whoever keeps one beyond the record at hand keeps a
 * {@link #copy()}. Not thread-safe. Equality, hash and order are those of the bytes, as Flink's.
 */
public final class Utf8 implements Comparable<Utf8> {
    private static final byte[] NO_BYTES = {};
    private static final long HIGH_BITS = 0x8080808080808080L;
    public static final Utf8 EMPTY = new Utf8();

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int offset;
    private int length;

    public Utf8() {
        this(NO_BYTES, 0, 0);
    }

    public Utf8(byte[] bytes, int offset, int length) {
        set(bytes, offset, length);
    }

    public static Utf8 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string of all of these bytes, which are not copied. */
    public static Utf8 of(byte[] bytes) {
        return new Utf8(bytes, 0, bytes.length);
    }

    /** Points this string at another slice. The bytes are not copied. */
    public void set(byte[] newBytes, int newOffset, int newLength) {
        this.bytes = newBytes;
        this.offset = newOffset;
        this.length = newLength;
    }

    /** The array that the slice lies in: the string is {@link #length()} bytes from {@link #offset()} on. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at that place of the string. */
    public byte byteAt(int index) {
        return bytes[offset + index];
    }

    /** A string with bytes of its own. */
    public Utf8 copy() {
        return of(toBytes());
    }

    /** Takes over another string's bytes into those of this one, which must be its own, or into new ones where they don't fit. */
    void overwrite(Utf8 other) {
        if (bytes.length < other.length) {
            bytes = new byte[other.length];
        }
        System.arraycopy(other.bytes, other.offset, bytes, 0, other.length);
        offset = 0;
        length = other.length;
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** Length in Unicode code points, SQL's CHAR_LENGTH. */
    public int codePoints() {
        int count = length;
        int i = offset;
        int end = offset + length;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            // less the bytes that are not the first of a character: of their two highest bits the first alone is set
            long word = (long) WORD.get(bytes, i);
            count -= Long.bitCount(word & ~(word << 1) & HIGH_BITS);
        }
        for (; i < end; i++) {
            count -= (bytes[i] & 0xC0) == 0x80 ? 1 : 0;
        }
        return count;
    }

    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Utf8 other && length == other.length
                && Arrays.equals(bytes, offset, offset + length, other.bytes, other.offset, other.offset + length);
    }

    @Override
    public int hashCode() {
        return hash(bytes, offset, length);
    }

    /** The hash that all byte-wise tables of the engine use: a multiplicative mix of eight bytes at a time. */
    public static int hash(byte[] bytes, int offset, int length) {
        long mixed = length;
        int i = offset;
        int end = offset + length;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            mixed = mix(mixed, (long) WORD.get(bytes, i));
        }
        if (i < end && length >= Long.BYTES) {
            // the last eight bytes, some of them for a second time
            mixed = mix(mixed, (long) WORD.get(bytes, end - Long.BYTES));
        } else if (i < end) {
            long tail = 0;
            for (int shift = 0; i < end; i++, shift += Byte.SIZE) {
                tail |= (bytes[i] & 0xFFL) << shift;
            }
            mixed = mix(mixed, tail);
        }
        return finish(mixed);
    }

    /** A step of {@link #hash}: takes in eight bytes. It begins with the length. */
    public static long mix(long mixed, long word) {
        long product = (mixed ^ word) * 0x9E3779B97F4A7C15L;
        // a product's high bits know nothing but high bits: left there, differences in the last bytes of two words would cancel each other out
        return product ^ product >>> 32;
    }

    /** The last step of {@link #hash}, of which tables use the lowest bits. */
    public static int finish(long mixed) {
        return (int) (mixed * 0x9E3779B97F4A7C15L >>> 32);
    }

    /**
     * Zero if two runs of bytes are the same. That keys of the same hash differ is so rare that it must not be a branch of its own: code is compiled
     * without what has never happened, and all of it anew when it does. So tables ask in one place whether hashes differ or keys do.
     */
    public static long difference(byte[] bytes, int offset, int length, byte[] others, int otherOffset, int otherLength) {
        long difference = length ^ otherLength;
        int end = Math.min(length, otherLength);
        int i = 0;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            difference |= (long) WORD.get(bytes, offset + i) ^ (long) WORD.get(others, otherOffset + i);
        }
        if (i < end && end >= Long.BYTES) {
            // the last eight bytes, some of them for a second time
            difference |= (long) WORD.get(bytes, offset + end - Long.BYTES) ^ (long) WORD.get(others, otherOffset + end - Long.BYTES);
        } else {
            for (; i < end; i++) {
                difference |= bytes[offset + i] ^ others[otherOffset + i];
            }
        }
        return difference;
    }

    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
