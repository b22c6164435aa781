package creek.core.operator;

import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A key that is one string, looked up where the string lies: hash and equality are those of the bytes that {@link KeySelector} writes for it, a mark
 * and the length before the string, which need not be written.
 */
final class TextKey {
    /** Bytes before the string. */
    private static final int HEAD = 2;
    private static final int NOT_NULL = 1;
    /** Longer ones have more bytes before them. */
    private static final int MAX_LENGTH = 0x7F;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TextKey() {
    }

    /** Whether a string can be looked up so: a whole word is read of a shorter one, too. */
    static boolean isOne(Utf8 text) {
        return text.length() <= MAX_LENGTH && text.offset() <= text.bytes().length - Long.BYTES;
    }

    /** The string's first eight bytes as a word, filled up with zeros. */
    static long start(Utf8 text) {
        long word = (long) WORD.get(text.bytes(), text.offset());
        int length = text.length();
        return length >= Long.BYTES ? word : length == 0 ? 0 : word & -1L >>> Long.SIZE - length * Byte.SIZE;
    }

    /** The same of a written key, if it is that of a string; some number for others. */
    static long start(byte[] key, int length) {
        long word = 0;
        for (int i = Math.min(length, HEAD + Long.BYTES) - 1; i >= HEAD; i--) {
            word = word << Byte.SIZE | key[i] & 0xFF;
        }
        return word;
    }

    /** What {@link Utf8#hash} gives for the key of a string with that start. */
    static int hash(Utf8 text, long start) {
        int length = text.length();
        long mixed = Utf8.mix(length + HEAD, start << HEAD * Byte.SIZE | (long) length << Byte.SIZE | NOT_NULL);
        if (length > Long.BYTES - HEAD) {
            int end = text.offset() + length;
            for (int p = text.offset() + Long.BYTES - HEAD; p <= end - Long.BYTES; p += Long.BYTES) {
                mixed = Utf8.mix(mixed, (long) WORD.get(text.bytes(), p));
            }
            if ((length + HEAD) % Long.BYTES != 0) {
                mixed = Utf8.mix(mixed, length < Long.BYTES ? start << Byte.SIZE | length : (long) WORD.get(text.bytes(), end - Long.BYTES));
            }
        }
        return Utf8.finish(mixed);
    }

    /** Zero if a string is that of a written key of that length with the same start, see {@link Utf8#difference}. */
    static long restDifference(byte[] key, int length, Utf8 text) {
        int textLength = length - HEAD;
        long difference = textLength ^ text.length();
        int last = Math.min(textLength, text.length()) - Long.BYTES;
        if (last > 0) {
            byte[] b = text.bytes();
            int from = text.offset();
            for (int i = Long.BYTES; i < last; i += Long.BYTES) {
                difference |= (long) WORD.get(key, HEAD + i) ^ (long) WORD.get(b, from + i);
            }
            difference |= (long) WORD.get(key, HEAD + last) ^ (long) WORD.get(b, from + last);
        }
        return difference;
    }
}
