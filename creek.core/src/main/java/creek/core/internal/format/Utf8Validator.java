package creek.core.internal.format;

/** What UTF-8 looks like: whether bytes are well-formed, and the mark that some programs write first. */
public final class Utf8Validator {
    private Utf8Validator() {
    }

    /** The place after the byte order mark at {@code from}, or {@code from} where there is none. */
    public static int skipMark(byte[] bytes, int from, int to) {
        boolean mark = to - from >= 3 && bytes[from] == (byte) 0xEF && bytes[from + 1] == (byte) 0xBB && bytes[from + 2] == (byte) 0xBF;
        return mark ? from + 3 : from;
    }

    public static boolean isValid(byte[] bytes, int from, int to) {
        int p = from;
        while (p <= to - Long.BYTES && EachByte.isAscii(Digits.word(bytes, p))) {
            p += Long.BYTES;
        }
        while (p < to) {
            int lead = bytes[p++];
            if (lead >= 0) {
                continue;
            }
            int more = lead >= (byte) 0xC2 && lead < (byte) 0xE0 ? 1 : lead >= (byte) 0xE0 && lead < (byte) 0xF0 ? 2
                    : lead >= (byte) 0xF0 && lead <= (byte) 0xF4 ? 3 : 0;
            if (more == 0 || more > to - p || !secondFits(lead & 0xFF, bytes[p] & 0xFF)) {
                return false;
            }
            for (int end = p + more; p < end; p++) {
                if ((bytes[p] & 0xC0) != 0x80) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Refuses what has a shorter form, surrogates, and what lies beyond the last code point. */
    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }
}
