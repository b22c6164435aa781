package creek.core.internal.format.json;

import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;

/**
 * Passes over values in their usual forms, which most values have, in few steps: strings of ASCII without escapes, short numbers without exponent,
 * literals. What looks like one of them and is none, or is a longer number, is left to {@link JsonScanner}.
 */
final class JsonShort {
    /** {@code false}, {@code null} and {@code true}, each where two bits of its first letter say, and how much of a word they are. */
    private static final long[] LITERALS = {0x65_736C_6166L, 0x6C6C_756E, 0x6575_7274, -1};
    private static final long[] LITERAL_MASKS = {0xFF_FFFF_FFFFL, 0xFFFF_FFFFL, 0xFFFF_FFFFL, 0};

    private JsonShort() {
    }

    /** The place after the value at {@code p}, perhaps beyond the record's end, or 0. */
    static int end(byte[] b, int p, int to) {
        long word = Digits.word(b, p);
        if ((byte) word == '"') {
            return endOfString(b, p + 1, to);
        }
        long others = Digits.others(word);
        if ((others & 0x80) == 0) {
            return endOfNumber(word, others, p);
        }
        if ((byte) word == '-') {
            return (others & 0x8000) == 0 ? endOfNumber(word >>> Byte.SIZE, others >>> Byte.SIZE, p + 1) : 0;
        }
        int literal = (int) (word >>> 3) & 3;
        return (word & LITERAL_MASKS[literal]) == LITERALS[literal] ? p + 5 - (literal + 1 >>> 1) : 0;
    }

    private static int endOfString(byte[] b, int from, int to) {
        int quote = JsonString.plainEnd(b, from, to);
        return quote < to && b[quote] == '"' ? quote + 1 : 0;
    }

    /** The end of the number that a word begins with at {@code p}, its first character being a digit. */
    private static int endOfNumber(long word, long others, int p) {
        int length = EachByte.first(others);
        if (length > 1 && (byte) word == '0') {
            return 0;
        }
        byte next = Digits.character(word, length);
        if (next == '.') {
            int integer = length;
            length = EachByte.first(others & others - 1);
            next = Digits.character(word, length);
            if (length == integer + 1) {
                return 0;
            }
        }
        return next == ',' || next == '}' || next == ']' ? p + length : 0;
    }
}
