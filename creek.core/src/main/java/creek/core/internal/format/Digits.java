package creek.core.internal.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** ASCII digits, eight at a time: a little-endian word has the first character in its lowest byte. */
public final class Digits {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Digits() {
    }

    /** The eight bytes from {@code p} on. */
    public static long word(byte[] bytes, int p) {
        return (long) WORD.get(bytes, p);
    }

    /** Writes the eight bytes from {@code p} on. */
    public static void setWord(byte[] bytes, int p, long word) {
        WORD.set(bytes, p, word);
    }

    /** How many of the word's characters are digits before the first that is none: 0 to 8. */
    public static int count(long word) {
        return EachByte.first(others(word));
    }

    /** The high bit of each of the word's characters that is no digit; beyond one that is not ASCII, bits of digits may be set as well. */
    public static long others(long word) {
        long values = word ^ ZEROS;
        // A value above 9 carries into the high bit of its byte.
        return (values + 0x7676767676767676L | values) & EachByte.HIGH_BITS;
    }

    /** The number that the first {@code count} characters of the word are, 1 to 8 digits. */
    public static long value(long word, int count) {
        // Shifting puts zeros in front, so that there are always eight digits; they are added up pairwise.
        long values = (word ^ ZEROS) << Long.SIZE - count * Byte.SIZE;
        values = values * 10 + (values >>> 8);
        return (values & 0x000000FF000000FFL) * 0x000F424000000064L + (values >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L >>> 32;
    }

    /** The word's character at that place, 0 to 7; a digit of a word of eight digits at place 8. */
    public static byte character(long word, int place) {
        return (byte) (word >>> place * Byte.SIZE);
    }

    /** The word without the character at that place, 0 to 6; those after it move up. */
    public static long without(long word, int place) {
        int bits = place * Byte.SIZE;
        return word & (1L << bits) - 1 | word >>> bits + Byte.SIZE << bits;
    }

    /** Ten to that power, 0 to 18. */
    public static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }
}
