package creek.core.internal.format.json;

import creek.core.internal.format.Digits;
import java.util.Arrays;

/**
 * What stood between two values once, {@code ,"name": } with all its white space, and which field that means. Records of one source look
 * alike, so the next record most likely has the same bytes there: comparing them as words does away with the comma, the name, its look-up
 * and the colon.
 */
final class JsonKey {
    /** A key that stands nowhere. */
    static final JsonKey NONE = new JsonKey();

    static {
        NONE.length = Integer.MAX_VALUE;
    }

    /** What most likely comes after this key's value. */
    JsonKey next = NONE;
    /** The field that is meant, or null for one that nobody wants. */
    JsonField field;
    int length;

    private byte[] bytes;
    private long firstWord;
    private long firstMask;
    private long secondWord;
    private long secondMask;

    /** A key that can be given another field and length, but not be recognised. */
    JsonKey() {
    }

    JsonKey(byte[] b, int from, int to, JsonField field) {
        this.field = field;
        length = to - from;
        bytes = Arrays.copyOfRange(b, from, to);
        byte[] padded = Arrays.copyOf(bytes, Math.max(length, 2 * Long.BYTES));
        firstMask = mask(length);
        firstWord = Digits.word(padded, 0);
        secondMask = mask(length - Long.BYTES);
        secondWord = Digits.word(padded, Long.BYTES);
    }

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= Long.BYTES ? -1L : -1L >>> Long.SIZE - length * Byte.SIZE;
    }

    /** Whether this key stands at {@code p}. */
    boolean isAt(byte[] b, int p, int to) {
        if (length > to - p || ((Digits.word(b, p) ^ firstWord) & firstMask) != 0) {
            return false;
        }
        if (length <= Long.BYTES) {
            return true;
        }
        return ((Digits.word(b, p + Long.BYTES) ^ secondWord) & secondMask) == 0
                && (length <= 2 * Long.BYTES
                        || Arrays.equals(bytes, 2 * Long.BYTES, length, b, p + 2 * Long.BYTES, p + length));
    }

    boolean equalsSlice(byte[] b, int from, int to) {
        return Arrays.equals(bytes, 0, length, b, from, to);
    }
}
