package creek.core.function;

import creek.core.data.Utf8;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;
import java.util.Locale;

/**
 * Slices, case, trimming and search of strings. Positions and lengths are in characters (Unicode code points), from 1. Results may share the
 * argument's bytes.
 */
public final class Strings {
    private Strings() {
    }

    /** Byte index after {@code count} characters from byte {@code from} on; the length where there are fewer. */
    static int skip(Utf8 text, int from, int count) {
        int at = from;
        int length = text.length();
        for (int left = count; left > 0 && at < length; left--) {
            at++;
            while (at < length && (text.byteAt(at) & 0xC0) == 0x80) {
                at++;
            }
        }
        return at;
    }

    private static Utf8 slice(Utf8 text, int from, int to) {
        return from == 0 && to == text.length() ? text : from >= to ? Utf8.EMPTY : new Utf8(text.bytes(), text.offset() + from, to - from);
    }

    public static int charLength(Utf8 text) {
        return text.codePoints();
    }

    public static Utf8 substring(Utf8 text, int position) {
        return substring(text, position, Integer.MAX_VALUE);
    }

    /** From position 0 on is as from 1 on; a negative position counts from the end. Null for a negative count. */
    public static Utf8 substring(Utf8 text, int position, int count) {
        if (count <= 0) {
            return count < 0 ? null : Utf8.EMPTY;
        }
        int start = position > 0 ? position - 1 : 0;
        if (position < 0) {
            start = text.codePoints() + position;
            if (start < 0) {
                return Utf8.EMPTY;
            }
        }
        int from = skip(text, 0, start);
        return slice(text, from, skip(text, from, count));
    }

    public static Utf8 left(Utf8 text, int count) {
        return slice(text, 0, skip(text, 0, Math.max(count, 0)));
    }

    public static Utf8 right(Utf8 text, int count) {
        return count <= 0 ? Utf8.EMPTY : slice(text, skip(text, 0, Math.max(0, text.codePoints() - count)), text.length());
    }

    public static Utf8 upper(Utf8 text) {
        Utf8 upper = mapAscii(text, 'a', 'z');
        return upper != null ? upper : Utf8.of(text.toString().toUpperCase(Locale.ROOT));
    }

    public static Utf8 lower(Utf8 text) {
        Utf8 lower = mapAscii(text, 'A', 'Z');
        return lower != null ? lower : Utf8.of(text.toString().toLowerCase(Locale.ROOT));
    }

    /** The string with the case of the letters in that range flipped; null if it is not ASCII. */
    private static Utf8 mapAscii(Utf8 text, char first, char last) {
        int length = text.length();
        // whole words; what is behind the string's end is zero and stays so
        byte[] mapped = new byte[length + Long.BYTES - 1 & -Long.BYTES];
        System.arraycopy(text.bytes(), text.offset(), mapped, 0, length);
        long all = 0;
        for (int p = 0; p < length; p += Long.BYTES) {
            long word = Digits.word(mapped, p);
            all |= word;
            Digits.setWord(mapped, p, word ^ EachByte.within(word, first, last) >>> 2);
        }
        return EachByte.isAscii(all) ? new Utf8(mapped, 0, length) : null;
    }

    /** The first letter of each word (of ASCII letters and digits) in upper case, the others in lower case; other characters stay. */
    public static Utf8 initcap(Utf8 text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        String characters = text.toString();
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            boolean lower = c >= 'a' && c <= 'z';
            boolean upper = c >= 'A' && c <= 'Z';
            result.append((inWord ? upper : lower) ? (char) (c ^ 0x20) : c);
            inWord = lower || upper || c >= '0' && c <= '9';
        }
        return Utf8.of(result.toString());
    }

    /** Cuts blanks at both ends. */
    public static Utf8 trim(Utf8 text) {
        return trim(text, true, true);
    }

    public static Utf8 ltrim(Utf8 text) {
        return trim(text, true, false);
    }

    public static Utf8 rtrim(Utf8 text) {
        return trim(text, false, true);
    }

    private static Utf8 trim(Utf8 text, boolean leading, boolean trailing) {
        int from = 0;
        int to = text.length();
        while (leading && from < to && text.byteAt(from) == ' ') {
            from++;
        }
        while (trailing && to > from && text.byteAt(to - 1) == ' ') {
            to--;
        }
        return slice(text, from, to);
    }

    /** Cuts any of these characters at both ends. */
    public static Utf8 trim(Utf8 text, Utf8 characters) {
        return ltrim(rtrim(text, characters), characters);
    }

    public static Utf8 ltrim(Utf8 text, Utf8 characters) {
        int from = 0;
        while (from < text.length()) {
            int next = skip(text, from, 1);
            if (!containsSlice(characters, text, from, next)) {
                break;
            }
            from = next;
        }
        return slice(text, from, text.length());
    }

    public static Utf8 rtrim(Utf8 text, Utf8 characters) {
        int to = text.length();
        while (to > 0) {
            int previous = to - 1;
            while (previous > 0 && (text.byteAt(previous) & 0xC0) == 0x80) {
                previous--;
            }
            if (!containsSlice(characters, text, previous, to)) {
                break;
            }
            to = previous;
        }
        return slice(text, 0, to);
    }

    private static boolean containsSlice(Utf8 characters, Utf8 text, int from, int to) {
        return indexOf(characters, 0, new Utf8(text.bytes(), text.offset() + from, to - from)) >= 0;
    }

    /** Position of the first occurrence, from 1; 0 if there is none. */
    public static int position(Utf8 wanted, Utf8 text) {
        return position(wanted, text, 1);
    }

    /** Position of the first occurrence at or after a position; 0 if there is none. The empty string is at 1, wherever the search starts. */
    public static int position(Utf8 wanted, Utf8 text, int start) {
        int at = wanted.isEmpty() ? 0 : indexOf(text, skip(text, 0, start - 1), wanted);
        return at < 0 ? 0 : new Utf8(text.bytes(), text.offset(), at).codePoints() + 1;
    }

    public static int instr(Utf8 text, Utf8 wanted) {
        return position(wanted, text, 1);
    }

    /** Position of the first occurrence at or after a position; a negative one counts, and searches, from the end. */
    public static int instr(Utf8 text, Utf8 wanted, int start) {
        return instr(text, wanted, start, 1);
    }

    /** @throws IllegalArgumentException if {@code occurrence} is not positive */
    public static int instr(Utf8 text, Utf8 wanted, int start, int occurrence) {
        if (occurrence <= 0) {
            throw new IllegalArgumentException("INSTR looks for the first, second ... occurrence, not for number " + occurrence);
        }
        if (start < 0) {
            int fromEnd = instr(TextFunctions.reverse(text), TextFunctions.reverse(wanted), -start, occurrence);
            return fromEnd == 0 ? 0 : text.codePoints() + 2 - fromEnd - wanted.codePoints();
        }
        int found = 0;
        int from = start;
        for (int i = 0; i < occurrence && from > 0; i++) {
            found = position(wanted, text, from);
            from = found == 0 ? 0 : found + 1;
        }
        return found;
    }

    public static boolean startsWith(byte[] bytes, byte[] start) {
        return startsWith(Utf8.of(bytes), Utf8.of(start));
    }

    public static boolean endsWith(byte[] bytes, byte[] end) {
        return endsWith(Utf8.of(bytes), Utf8.of(end));
    }

    public static boolean startsWith(Utf8 text, Utf8 start) {
        return text.length() >= start.length() && regionEquals(text, 0, start);
    }

    public static boolean endsWith(Utf8 text, Utf8 end) {
        return text.length() >= end.length() && regionEquals(text, text.length() - end.length(), end);
    }

    /** Byte index of the first occurrence at or after a byte index, or -1. */
    static int indexOf(Utf8 text, int from, Utf8 wanted) {
        if (wanted.isEmpty()) {
            return from <= text.length() ? from : -1;
        }
        int offset = text.offset();
        int place = ByteSearch.indexOf(text.bytes(), offset + from, offset + text.length(), wanted.bytes(), wanted.offset(), wanted.length());
        return place < 0 ? -1 : place - offset;
    }

    private static boolean regionEquals(Utf8 text, int at, Utf8 wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (text.byteAt(at + i) != wanted.byteAt(i)) {
                return false;
            }
        }
        return true;
    }
}
