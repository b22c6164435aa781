package creek.core.internal.format.json;

import creek.core.format.DecodeException;
import creek.core.internal.format.Digits;

/**
 * Finds its way through JSON text: where values end, whatever they mean. Places are indexes into the array; the bytes before {@code to}
 * count, and at least eight more can be read beyond it. Offsets of thrown exceptions are places, too.
 */
final class JsonScanner {
    /** As deep as Flink's JSON library goes. */
    static final int MAX_DEPTH = 1000;

    private JsonScanner() {
    }

    static int skipSpace(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == ' ' || b[p] == '\t' || b[p] == '\n' || b[p] == '\r')) {
            p++;
        }
        return p;
    }

    /** The place after the string that starts with the quote at {@code p}. */
    static int skipString(byte[] b, int p, int to) throws DecodeException {
        int quote = JsonString.findQuote(b, p + 1, to);
        while (quote < to && b[quote] == '\\') {
            quote = JsonString.findQuote(b, checkEscape(b, quote, to), to);
        }
        if (quote >= to) {
            throw new DecodeException("a string has no end", p);
        }
        return quote + 1;
    }

    /** The place after the escape that starts with the backslash at {@code p}. */
    static int checkEscape(byte[] b, int p, int to) throws DecodeException {
        if (p + 1 >= to) {
            throw new DecodeException("a string has no end", p);
        }
        switch (b[p + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return p + 2;
            case 'u':
                if (p + 6 <= to && hex4(b, p + 2) >= 0) {
                    return p + 6;
                }
                break;
            default:
        }
        throw new DecodeException("a backslash must be followed by one of \"\\/bfnrt or by u and four hexadecimal digits", p);
    }

    /** The number of four hexadecimal digits, or a negative one where they are not. */
    static int hex4(byte[] b, int p) {
        return Character.digit(b[p], 16) << 12 | Character.digit(b[p + 1], 16) << 8 | Character.digit(b[p + 2], 16) << 4
                | Character.digit(b[p + 3], 16);
    }

    /** The place after the value at {@code from}, which is well-formed. */
    static int skipValue(byte[] b, int from, int to) throws DecodeException {
        int p = from < to && b[from] <= ' ' ? skipSpace(b, from, to) : from;
        int end = p < to ? JsonShort.end(b, p, to) : 0;
        return end > 0 && end <= to ? end : skipLong(b, p, to);
    }

    /** The same of one that {@link JsonShort} does not know. */
    static int skipLong(byte[] b, int from, int to) throws DecodeException {
        int p = skipSpace(b, from, to);
        if (p >= to) {
            throw truncated(to);
        }
        return switch (b[p]) {
            case '{', '[' -> skipNested(b, p, to, 0);
            case '"' -> skipString(b, p, to);
            case 't', 'f', 'n' -> skipLiteral(b, p);
            default -> skipNumber(b, p, to);
        };
    }

    /**
     * The place after the object or array at {@code from}, which is in {@code depth} others. What is open is kept in the bits of a number, so
     * that deep records need no deep stack: only every 64 levels are a call.
     */
    private static int skipNested(byte[] b, int from, int to, int depth) throws DecodeException {
        int level = 0;
        long objects = 0;
        int p = from;
        while (true) {
            boolean opened = false;
            if (p < to && (b[p] == '{' || b[p] == '[')) {
                if (depth + level >= MAX_DEPTH) {
                    throw new DecodeException("more than " + MAX_DEPTH + " values in each other", p);
                }
                if (level == Long.SIZE) {
                    p = skipNested(b, p, to, depth + level);
                } else {
                    opened = true;
                    level++;
                    objects = objects << 1 | (b[p] == '{' ? 1 : 0);
                    p++;
                }
            } else {
                p = skipValue(b, p, to);
            }
            for (p = skipSpace(b, p, to); p < to && b[p] == closing(objects); p = skipSpace(b, p + 1, to)) {
                if (--level == 0) {
                    return p + 1;
                }
                objects >>>= 1;
                opened = false;
            }
            if (!opened) {
                if (p < to && b[p] != ',') {
                    throw new DecodeException("expected , or " + closing(objects) + " but found " + shown(b[p]), p);
                }
                p = skipSpace(b, p + 1, to);
            }
            if ((objects & 1) != 0) {
                p = valueOfName(b, p, to);
            }
        }
    }

    private static char closing(long objects) {
        return (objects & 1) != 0 ? '}' : ']';
    }

    /** Checks the name that starts at {@code p} and the colon, and returns the place of the value. */
    private static int valueOfName(byte[] b, int p, int to) throws DecodeException {
        expect('"', b, p, to);
        int colon = skipSpace(b, skipString(b, p, to), to);
        expect(':', b, colon, to);
        return skipSpace(b, colon + 1, to);
    }

    private static int skipLiteral(byte[] b, int p) throws DecodeException {
        if (isTrue(b, p) || isNull(b, p)) {
            return p + 4;
        }
        if (isFalse(b, p)) {
            return p + 5;
        }
        throw new DecodeException("expected a value but found " + shown(b[p]), p);
    }

    static boolean isTrue(byte[] b, int p) {
        return (int) Digits.word(b, p) == 0x65757274;
    }

    static boolean isFalse(byte[] b, int p) {
        return (Digits.word(b, p) & 0xFF_FFFF_FFFFL) == 0x65_736C_6166L;
    }

    static boolean isNull(byte[] b, int p) {
        return (int) Digits.word(b, p) == 0x6C6C756E;
    }

    /** The place after the number at {@code p}, which has JSON's form. */
    static int skipNumber(byte[] b, int from, int to) throws DecodeException {
        int p = from;
        if (p < to && b[p] == '-') {
            p++;
        }
        int integer = p;
        p = skipDigits(b, p, to);
        if (p == integer || b[integer] == '0' && p - integer > 1) {
            throw new DecodeException(p > integer ? "a number starts with 0"
                    : from >= to ? truncated(to).getMessage() : "expected a value but found " + shown(b[from]), from);
        }
        if (p < to && b[p] == '.') {
            int fraction = ++p;
            p = skipDigits(b, p, to);
            if (p == fraction) {
                throw new DecodeException("a number has no digits after its point", from);
            }
        }
        if (p < to && (b[p] == 'e' || b[p] == 'E')) {
            p++;
            if (p < to && (b[p] == '+' || b[p] == '-')) {
                p++;
            }
            int exponent = p;
            p = skipDigits(b, p, to);
            if (p == exponent) {
                throw new DecodeException("a number has no digits in its exponent", from);
            }
        }
        return p;
    }

    private static int skipDigits(byte[] b, int from, int to) {
        int p = from;
        while (p < to) {
            int count = Digits.count(Digits.word(b, p));
            p += count;
            if (count < Long.BYTES) {
                break;
            }
        }
        return Math.min(p, to);
    }

    static void expect(char wanted, byte[] b, int p, int to) throws DecodeException {
        if (p >= to) {
            throw truncated(to);
        }
        if (b[p] != wanted) {
            throw new DecodeException("expected " + wanted + " but found " + shown(b[p]), p);
        }
    }

    /** The place after the comma or the closing bracket that must come next. */
    static int separator(char close, byte[] b, int from, int to) throws DecodeException {
        int p = skipSpace(b, from, to);
        if (p >= to) {
            throw truncated(to);
        }
        if (b[p] != ',' && b[p] != close) {
            throw new DecodeException("expected , or " + close + " but found " + shown(b[p]), p);
        }
        return p + 1;
    }

    static DecodeException truncated(int to) {
        return new DecodeException("the record ends within an object", to);
    }

    /** A byte for messages. */
    static String shown(byte found) {
        return found > ' ' && found < 0x7F ? String.valueOf((char) found) : String.format("the byte 0x%02X", found);
    }
}
