package creek.core.internal.format.json;

import creek.core.format.DecodeException;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;

/**
 * Finds its way through JSON text: where values end, whatever they mean. Places are indexes into the array; the bytes before {@code to}
 * count, and at least eight more can be read beyond it. Offsets of thrown exceptions are places, too.
 */
final class JsonScanner {
    /** As deep as Flink's JSON library goes. */
    static final int MAX_DEPTH = 1000;

    private static final long QUOTES = EachByte.of('"');
    private static final long BACKSLASHES = EachByte.of('\\');

    private JsonScanner() {
    }

    static int skipSpace(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == ' ' || b[p] == '\t' || b[p] == '\n' || b[p] == '\r')) {
            p++;
        }
        return p;
    }

    /** The first quote or backslash from {@code p} on, or a place not before {@code to}. */
    static int findQuote(byte[] b, int from, int to) {
        if (from <= b.length - 2 * Long.BYTES) {
            // Two words at once, since which of them has the quote can't be foreseen.
            int first = EachByte.first(quotesIn(Digits.word(b, from)));
            int place = first + (EachByte.first(quotesIn(Digits.word(b, from + Long.BYTES))) & -(first >>> 3));
            return place < 2 * Long.BYTES ? from + place : findFarQuote(b, from + place, to);
        }
        return findFarQuote(b, from, to);
    }

    private static int findFarQuote(byte[] b, int from, int to) {
        for (int p = skipPlain(b, from, to); p < to; p += Long.BYTES) {
            long found = quotesIn(Digits.word(b, p));
            if (found != 0) {
                return p + EachByte.first(found);
            }
        }
        return to;
    }

    /** A place before which, from {@code from} on, there is nothing but ASCII, neither quotes nor backslashes: four words at a time. */
    static int skipPlain(byte[] b, int from, int to) {
        int p = from;
        while (p <= to - 4 * Long.BYTES) {
            long first = Digits.word(b, p);
            long second = Digits.word(b, p + Long.BYTES);
            long third = Digits.word(b, p + 2 * Long.BYTES);
            long fourth = Digits.word(b, p + 3 * Long.BYTES);
            if (!EachByte.isAscii(less(first) | less(second) | less(third) | less(fourth))) {
                break;
            }
            p += 4 * Long.BYTES;
        }
        return p;
    }

    /**
     * A word with the high bit of the first byte set that is a quote, a backslash or no ASCII: what differs in no bit, or in the highest, and is made
     * less by one, has it. No byte differs from both in the highest bit alone.
     */
    private static long less(long word) {
        return EachByte.less(word ^ QUOTES) | EachByte.less(word ^ BACKSLASHES);
    }

    /** The high bit of each byte of the word that is a quote or a backslash; beyond the first, others may be set. */
    static long quotesIn(long word) {
        return EachByte.equal(word, QUOTES) | EachByte.equal(word, BACKSLASHES);
    }

    /** The place after the string that starts with the quote at {@code p}. */
    static int skipString(byte[] b, int p, int to) throws DecodeException {
        return skipString(b, p, findQuote(b, p + 1, to), to);
    }

    private static int skipString(byte[] b, int p, int firstQuote, int to) throws DecodeException {
        int quote = firstQuote;
        while (quote < to && b[quote] == '\\') {
            quote = findQuote(b, checkEscape(b, quote, to), to);
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
        int end = p < to ? JsonShort.end(b, p) : 0;
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
            case '"' -> skipString(b, p, findFarQuote(b, p + 1, to), to);
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
