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

    /** What {@link Utf8#hash} gives for the key. */
    static int hash(Utf8 text) {
        byte[] b = text.bytes();
        int from = text.offset();
        int length = text.length();
        long head = (long) length << Byte.SIZE | NOT_NULL;
        long first = (long) WORD.get(b, from);
        long mixed = length + HEAD;
        if (length < Long.BYTES) {
            first &= length == 0 ? 0 : -1L >>> Long.SIZE - length * Byte.SIZE;
        }
        mixed = Utf8.mix(mixed, first << HEAD * Byte.SIZE | head);
        if (length > Long.BYTES - HEAD) {
            int end = from + length;
            for (int p = from + Long.BYTES - HEAD; p <= end - Long.BYTES; p += Long.BYTES) {
                mixed = Utf8.mix(mixed, (long) WORD.get(b, p));
            }
            if ((length + HEAD) % Long.BYTES != 0) {
                mixed = Utf8.mix(mixed, length < Long.BYTES ? first << Byte.SIZE | length : (long) WORD.get(b, end - Long.BYTES));
            }
        }
        return Utf8.finish(mixed);
    }

    /** Whether the string is that of a key of the length that its own would have. */
    static boolean equals(byte[] key, Utf8 text) {
        byte[] b = text.bytes();
        int from = text.offset();
        int length = text.length();
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (key[HEAD + i] != b[from + i]) {
                    return false;
                }
            }
            return key[0] == NOT_NULL;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) WORD.get(key, HEAD + i) != (long) WORD.get(b, from + i)) {
                return false;
            }
        }
        return (long) WORD.get(key, HEAD + last) == (long) WORD.get(b, from + last) && key[0] == NOT_NULL;
    }

    /** The length of its key. */
    static int length(Utf8 text) {
        return HEAD + text.length();
    }
}
