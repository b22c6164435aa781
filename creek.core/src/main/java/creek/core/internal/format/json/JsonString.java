package creek.core.internal.format.json;

import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;

/** Finds where strings end, some words at a time. Places are those of {@link JsonScanner}. */
final class JsonString {
    private static final long UP_TO_QUOTE = EachByte.of(('"' ^ 2) + 1);
    private static final long QUOTES = EachByte.of('"');
    private static final long TWOS = EachByte.of(2);
    private static final long BACKSLASHES = EachByte.of('\\');
    /** How many bytes of long strings are looked at together. */
    private static final int STEP = 4 * Long.BYTES;

    private JsonString() {
    }

    /** The first byte from {@code from} on that is a quote, a backslash, a control character or no ASCII; or a place not before {@code to}. */
    static int plainEnd(byte[] b, int from, int to) {
        if (from > b.length - 2 * Long.BYTES) {
            return farPlainEnd(b, from, to);
        }
        // Two words at once, since which of them has it can't be foreseen.
        int first = EachByte.first(suspects(Digits.word(b, from)) & EachByte.HIGH_BITS);
        int place = first + (EachByte.first(suspects(Digits.word(b, from + Long.BYTES)) & EachByte.HIGH_BITS) & -(first >>> 3));
        return place < 2 * Long.BYTES ? from + place : farPlainEnd(b, from + place, to);
    }

    /** Not made part of what calls it: the script {@code creek} tells the virtual machine so by this name. */
    private static int farPlainEnd(byte[] b, int from, int to) {
        int p = from;
        for (int last = Math.min(to - 1, b.length - STEP); p <= last; p += STEP) {
            long first = suspects(Digits.word(b, p));
            long second = suspects(Digits.word(b, p + Long.BYTES));
            long third = suspects(Digits.word(b, p + 2 * Long.BYTES));
            long fourth = suspects(Digits.word(b, p + 3 * Long.BYTES));
            if (!EachByte.isAscii(first | second | third | fourth)) {
                return p + EachByte.first(first & EachByte.HIGH_BITS, second & EachByte.HIGH_BITS, third & EachByte.HIGH_BITS,
                        fourth & EachByte.HIGH_BITS);
            }
        }
        for (; p < to; p += Long.BYTES) {
            long found = suspects(Digits.word(b, p)) & EachByte.HIGH_BITS;
            if (found != 0) {
                return p + EachByte.first(found);
            }
        }
        return to;
    }

    /**
     * A word with the high bit of the first byte set that is not plain. With its second bit turned, a quote is next to the control characters: these
     * and no others are less than 33 then. Of the bytes beyond ASCII, those to which that does not give the high bit get it as they differ from a
     * backslash.
     */
    private static long suspects(long word) {
        return (word ^ TWOS) - UP_TO_QUOTE | EachByte.less(word ^ BACKSLASHES);
    }

    /** The first quote or backslash from {@code from} on, or a place not before {@code to}. */
    static int findQuote(byte[] b, int from, int to) {
        int p = plainEnd(b, from, to);
        return p >= to || b[p] == '"' || b[p] == '\\' ? p : findQuoteAmongOthers(b, p, to);
    }

    private static int findQuoteAmongOthers(byte[] b, int from, int to) {
        for (int p = from; p < to; p += Long.BYTES) {
            long found = quotesIn(Digits.word(b, p));
            if (found != 0) {
                return p + EachByte.first(found);
            }
        }
        return to;
    }

    /** The high bit of each byte of the word that is a quote or a backslash; beyond the first, others may be set. */
    static long quotesIn(long word) {
        return EachByte.equal(word, QUOTES) | EachByte.equal(word, BACKSLASHES);
    }
}
