package creek.core.function;

import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;

/** Finds bytes, and texts, in slices of bytes, eight places at a time. Places are indexes into the array. */
final class ByteSearch {
    private ByteSearch() {
    }

    /** The first place of that text, which is not empty, in {@code bytes[from, to)}; -1 if it is not there. */
    static int indexOf(byte[] bytes, int from, int to, byte[] text, int offset, int length) {
        int last = to - length;
        // Of the places where the text's first byte is, few have its last one as well.
        int toEnd = length - 1;
        long firsts = EachByte.of(text[offset]);
        long ends = EachByte.of(text[offset + toEnd]);
        int p = from;
        for (; p <= last && p <= bytes.length - Long.BYTES - toEnd; p += Long.BYTES) {
            long found = EachByte.equal(Digits.word(bytes, p), firsts) & EachByte.equal(Digits.word(bytes, p + toEnd), ends);
            for (; found != 0; found &= found - 1) {
                int place = p + EachByte.first(found);
                if (place > last) {
                    return -1;
                }
                if (isAt(bytes, place, text, offset, length)) {
                    return place;
                }
            }
        }
        for (; p <= last; p++) {
            if (isAt(bytes, p, text, offset, length)) {
                return p;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] bytes, int place, byte[] text, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[place + i] != text[offset + i]) {
                return false;
            }
        }
        return true;
    }

    /** The place of that byte in {@code bytes[from, to)} before which there are {@code count} others of it; -1 if there is none. */
    static int indexOf(byte[] bytes, int from, int to, byte wanted, int count) {
        long pattern = EachByte.of(wanted);
        int left = count;
        int p = from;
        for (; p <= to - Long.BYTES; p += Long.BYTES) {
            long found = EachByte.allEqual(Digits.word(bytes, p), pattern);
            int here = Long.bitCount(found);
            if (here > left) {
                for (; left > 0; left--) {
                    found &= found - 1;
                }
                return p + EachByte.first(found);
            }
            left -= here;
        }
        for (; p < to; p++) {
            if (bytes[p] == wanted && left-- == 0) {
                return p;
            }
        }
        return -1;
    }
}
