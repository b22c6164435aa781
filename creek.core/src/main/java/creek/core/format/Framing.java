package creek.core.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How a stream of bytes is cut into records. Stateless, so one instance serves all. */
public interface Framing {
    /** Records are lines. The line feed, and a carriage return before it, do not belong to the record. */
    Framing LINES = new Framing() {
        @Override
        public int findEnd(byte[] bytes, int from, int to) {
            return find((byte) '\n', bytes, from, to);
        }
    };

    /**
     * The place of the delimiter byte that ends the record which starts at {@code from}, or -1 if it is not among the bytes before
     * {@code to}. The next record starts one byte after it. Where it is a line feed, readers cut off a carriage return before it. At least
     * eight bytes can be read beyond {@code to}.
     */
    int findEnd(byte[] bytes, int from, int to);

    /**
     * Whether a delimiter ends each record. Where none does, {@link #findEnd} gives the place of the next record's first byte, {@code to}
     * included, and nothing is cut off.
     */
    default boolean isDelimited() {
        return true;
    }

    /**
     * Whether the first record of a stream says how to decode the others, so that one who goes on in the middle of a stream hands it out once more.
     * It has no rows.
     */
    default boolean hasHeader() {
        return false;
    }

    /** The first place of a byte in {@code [from, to)}, some words at a time, or -1. Reads up to seven bytes beyond {@code to}. */
    static int find(byte wanted, byte[] bytes, int from, int to) {
        long pattern = (wanted & 0xFFL) * Words.EACH_BYTE;
        int p = from;
        for (; p < to - 3 * Long.BYTES; p += 4 * Long.BYTES) {
            long first = (long) Words.WORD.get(bytes, p) ^ pattern;
            long second = (long) Words.WORD.get(bytes, p + Long.BYTES) ^ pattern;
            long third = (long) Words.WORD.get(bytes, p + 2 * Long.BYTES) ^ pattern;
            long fourth = (long) Words.WORD.get(bytes, p + 3 * Long.BYTES) ^ pattern;
            // Quick, and true of most bytes that are not ASCII as well: then it is looked at again.
            if (((first - Words.EACH_BYTE | second - Words.EACH_BYTE | third - Words.EACH_BYTE | fourth - Words.EACH_BYTE) & Words.HIGH_BITS) != 0) {
                int place = p + Words.firstZero(first, second, third, fourth);
                if (place < p + 4 * Long.BYTES) {
                    return place < to ? place : -1;
                }
            }
        }
        for (; p < to; p += Long.BYTES) {
            long found = Words.zeros((long) Words.WORD.get(bytes, p) ^ pattern);
            if (found != 0) {
                int place = p + (Long.numberOfTrailingZeros(found) >>> 3);
                return place < to ? place : -1;
            }
        }
        return -1;
    }
}

/** What the word-wise search needs. */
final class Words {
    static final long EACH_BYTE = 0x0101010101010101L;
    static final long HIGH_BITS = 0x80 * EACH_BYTE;
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {
    }

    /** The high bit of each byte of the word that is zero; beyond the first, others may be set. */
    static long zeros(long word) {
        return word - EACH_BYTE & ~word & HIGH_BITS;
    }

    /** The place of the first zero byte of four words, or how many bytes they have. Which of them has it can't be foreseen: nothing branches by it. */
    static int firstZero(long first, long second, long third, long fourth) {
        return placeOrNext(first, placeOrNext(second, placeOrNext(third, placeOrNext(fourth, 0))));
    }

    /** The place of a word's first zero byte, or that of one that is {@code next} bytes behind the word. */
    private static int placeOrNext(long word, int next) {
        int place = Long.numberOfTrailingZeros(zeros(word)) >>> 3;
        return place + (next & -(place >>> 3));
    }
}
