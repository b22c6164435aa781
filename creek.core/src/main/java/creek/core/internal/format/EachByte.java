package creek.core.internal.format;

/** The eight bytes of a word at once: a little-endian word has the first of them in its lowest byte. */
public final class EachByte {
    public static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private EachByte() {
    }

    /** A word of eight times that byte. */
    public static long of(int single) {
        return (single & 0xFF) * LOW_BITS;
    }

    /** The high bit of each byte that is the same in both words, without the others; beyond the first, bits of others may be set. */
    public static long equal(long word, long pattern) {
        long differing = word ^ pattern;
        return differing - LOW_BITS & ~differing & HIGH_BITS;
    }

    /** Each byte made less by one, borrowing from the next if it is zero. */
    public static long less(long word) {
        return word - LOW_BITS;
    }

    /** The high bit of each byte that is the same in both words, and no others. */
    public static long allEqual(long word, long pattern) {
        long differing = word ^ pattern;
        return ~((differing & ~HIGH_BITS) + ~HIGH_BITS | differing | ~HIGH_BITS);
    }

    /** The high bit of each byte that is one of the ASCII characters from one to another. */
    public static long within(long word, char first, char last) {
        long low = word & ~HIGH_BITS;
        return low + of(0x80 - first) & ~(low + of(0x7F - last)) & ~word & HIGH_BITS;
    }

    /** The place of the first byte whose high bit is set, 8 if there is none. */
    public static int first(long highBits) {
        return Long.numberOfTrailingZeros(highBits) >>> 3;
    }

    /** The same of four words that follow one another, 32 if there is none. Which of them has it can't be foreseen: nothing branches by it. */
    public static int first(long first, long second, long third, long fourth) {
        return placeOrNext(first, placeOrNext(second, placeOrNext(third, first(fourth))));
    }

    /** The place in a word, or that of one that is {@code next} bytes behind the word. */
    private static int placeOrNext(long highBits, int next) {
        int place = first(highBits);
        return place + (next & -(place >>> 3));
    }

    /** Whether none of the bytes is part of a character beyond ASCII. */
    public static boolean isAscii(long word) {
        return (word & HIGH_BITS) == 0;
    }
}
