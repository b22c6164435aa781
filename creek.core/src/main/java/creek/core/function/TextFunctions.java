package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Functions that put new strings together. Lengths and positions are in characters (Unicode code points), from 1. */
public final class TextFunctions {
    /** No function makes a string of more bytes than that. */
    private static final int MAX_LENGTH = 1 << 28;
    private static final Pattern TOO_WIDE = Pattern.compile("%[-#+ 0-9,(<$.]*\\d{7}");

    private TextFunctions() {
    }

    public static Utf8 concat(Utf8 a, Utf8 b) {
        byte[] bytes = new byte[a.length() + b.length()];
        System.arraycopy(a.bytes(), a.offset(), bytes, 0, a.length());
        System.arraycopy(b.bytes(), b.offset(), bytes, a.length(), b.length());
        return Utf8.of(bytes);
    }

    public static Utf8 concat(Utf8... parts) {
        return join(Utf8.EMPTY, Arrays.asList(parts));
    }

    /** Takes nulls: those among the parts are skipped, and a null separator gives null. */
    public static Utf8 concatWs(Utf8 separator, Utf8... parts) {
        if (separator == null) {
            return null;
        }
        List<Utf8> present = new ArrayList<>(parts.length);
        for (Utf8 part : parts) {
            if (part != null) {
                present.add(part);
            }
        }
        return join(separator, present);
    }

    private static Utf8 join(Utf8 separator, List<Utf8> parts) {
        long length = Math.max(0L, parts.size() - 1L) * separator.length();
        for (Utf8 part : parts) {
            length += part.length();
        }
        byte[] bytes = new byte[checked(length)];
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            at = put(bytes, at, i > 0 ? separator : Utf8.EMPTY);
            at = put(bytes, at, parts.get(i));
        }
        return Utf8.of(bytes);
    }

    private static int put(byte[] bytes, int at, Utf8 part) {
        System.arraycopy(part.bytes(), part.offset(), bytes, at, part.length());
        return at + part.length();
    }

    private static int checked(long length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a string of " + length + " bytes is too long; the limit is " + MAX_LENGTH);
        }
        return (int) length;
    }

    /** Padded at its left, or cut, to that many characters; null where that is impossible. */
    public static Utf8 lpad(Utf8 text, int length, Utf8 pad) {
        return padded(text, length, pad, true);
    }

    /** Padded at its right, or cut, to that many characters; null where that is impossible. */
    public static Utf8 rpad(Utf8 text, int length, Utf8 pad) {
        return padded(text, length, pad, false);
    }

    private static Utf8 padded(Utf8 text, int length, Utf8 pad, boolean left) {
        if (length < 0 || pad.isEmpty()) {
            return null;
        }
        if (hasSurrogates(text) || hasSurrogates(pad)) {
            return Utf8.of(padded(text.toString(), checked(length), pad.toString(), left));
        }
        int missing = length - text.codePoints();
        if (missing <= 0) {
            return Strings.left(text, length);
        }
        int padLength = pad.codePoints();
        Utf8 filling = concat(repeat(pad, missing / padLength), Strings.left(pad, missing % padLength));
        return left ? concat(filling, text) : concat(text, filling);
    }

    /** In Java's chars, as Flink pads: half a character becomes a question mark. */
    private static String padded(String text, int length, String pad, boolean left) {
        if (text.length() >= length) {
            return text.substring(0, length);
        }
        StringBuilder filling = new StringBuilder();
        while (filling.length() < length - text.length()) {
            filling.append(pad);
        }
        filling.setLength(length - text.length());
        return left ? filling + text : text + filling;
    }

    /** Whether it has characters that are two of Java's chars. */
    private static boolean hasSurrogates(Utf8 text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) >= (byte) 0xF0 && text.byteAt(i) < 0) {
                return true;
            }
        }
        return false;
    }

    public static Utf8 repeat(Utf8 text, int times) {
        byte[] bytes = new byte[checked((long) Math.max(times, 0) * text.length())];
        for (int at = 0; at < bytes.length;) {
            at = put(bytes, at, text);
        }
        return Utf8.of(bytes);
    }

    public static Utf8 reverse(Utf8 text) {
        byte[] bytes = new byte[text.length()];
        int to = bytes.length;
        for (int from = 0; from < text.length();) {
            int next = Strings.skip(text, from, 1);
            to -= next - from;
            System.arraycopy(text.bytes(), text.offset() + from, bytes, to, next - from);
            from = next;
        }
        return Utf8.of(bytes);
    }

    public static Utf8 space(int count) {
        byte[] bytes = new byte[checked(Math.max(count, 0))];
        Arrays.fill(bytes, (byte) ' ');
        return Utf8.of(bytes);
    }

    /** All occurrences replaced. */
    public static Utf8 replace(Utf8 text, Utf8 wanted, Utf8 replacement) {
        if (wanted.isEmpty()) {
            return Utf8.of(text.toString().replace("", replacement.toString()));
        }
        int occurrences = 0;
        for (int at = Strings.indexOf(text, 0, wanted); at >= 0; at = Strings.indexOf(text, at + wanted.length(), wanted)) {
            occurrences++;
        }
        if (occurrences == 0) {
            return text;
        }
        byte[] result = new byte[Math.addExact(text.length(), Math.multiplyExact(occurrences, replacement.length() - wanted.length()))];
        int from = 0;
        int to = 0;
        for (int i = 0; i < occurrences; i++) {
            int at = Strings.indexOf(text, from, wanted);
            System.arraycopy(text.bytes(), text.offset() + from, result, to, at - from);
            to += at - from;
            System.arraycopy(replacement.bytes(), replacement.offset(), result, to, replacement.length());
            to += replacement.length();
            from = at + wanted.length();
        }
        System.arraycopy(text.bytes(), text.offset() + from, result, to, text.length() - from);
        return Utf8.of(result);
    }

    /**
     * Each character that is in {@code from} replaced by the one at the same place of {@code to}, or dropped where there is none. Takes nulls,
     * which are empty.
     */
    public static Utf8 translate(Utf8 text, Utf8 from, Utf8 to) {
        if (text == null || from == null) {
            return text;
        }
        int[] wanted = from.toString().codePoints().toArray();
        int[] replacements = to == null ? new int[0] : to.toString().codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        text.toString().codePoints().forEach(c -> {
            int at = 0;
            while (at < wanted.length && wanted[at] != c) {
                at++;
            }
            if (at == wanted.length) {
                result.appendCodePoint(c);
            } else if (at < replacements.length) {
                result.appendCodePoint(replacements[at]);
            }
        });
        return Utf8.of(result.toString());
    }

    public static Utf8 overlay(Utf8 text, Utf8 placed, int start) {
        return overlay(text, placed, start, hasSurrogates(placed) ? placed.toString().length() : placed.codePoints());
    }

    /**
     * {@code count} characters from {@code start} on replaced; the string itself where that is outside of it. A count of 0 or less replaces
     * all the rest, as Flink does.
     */
    public static Utf8 overlay(Utf8 text, Utf8 placed, int start, int count) {
        if (hasSurrogates(text)) {
            return Utf8.of(overlay(text.toString(), placed.toString(), start, count));
        }
        int length = text.codePoints();
        if (start <= 0 || start > length) {
            return text;
        }
        Utf8 head = concat(Strings.left(text, start - 1), placed);
        return count <= 0 || (long) start - 1 + count >= length ? head : concat(head, Strings.substring(text, start + count));
    }

    /** In Java's chars, as Flink counts: half a character becomes a question mark. */
    private static String overlay(String text, String placed, int start, int count) {
        if (start <= 0 || start > text.length()) {
            return text;
        }
        String head = text.substring(0, start - 1) + placed;
        return count <= 0 || (long) start - 1 + count >= text.length() ? head : head + text.substring(start - 1 + count);
    }

    /** The part at a place, from 0, of a string cut at each delimiter; null where there is none. */
    public static Utf8 splitIndex(Utf8 text, Utf8 delimiter, int index) {
        if (index < 0 || text.isEmpty()) {
            return null;
        }
        if (delimiter.length() <= 1) {
            return part(text, delimiter.isEmpty() ? (byte) ' ' : delimiter.byteAt(0), index);
        }
        int from = 0;
        for (int i = 0;; i++) {
            int end = Strings.indexOf(text, from, delimiter);
            if (i == index) {
                return new Utf8(text.bytes(), text.offset() + from, (end < 0 ? text.length() : end) - from);
            }
            if (end < 0) {
                return null;
            }
            from = end + delimiter.length();
        }
    }

    private static Utf8 part(Utf8 text, byte delimiter, int index) {
        byte[] bytes = text.bytes();
        int to = text.offset() + text.length();
        int from = text.offset();
        if (index > 0) {
            from = ByteSearch.indexOf(bytes, from, to, delimiter, index - 1) + 1;
            if (from == 0) {
                return null;
            }
        }
        int end = ByteSearch.indexOf(bytes, from, to, delimiter, 0);
        return new Utf8(bytes, from, (end < 0 ? to : end) - from);
    }

    /** The delimiter as the code of a character. */
    public static Utf8 splitIndex(Utf8 text, int delimiter, int index) {
        return delimiter < 1 || delimiter > 255 ? null : splitIndex(text, Utf8.of(String.valueOf((char) delimiter)), index);
    }

    /** All parts of a string cut at each delimiter; an empty delimiter cuts between characters. The empty string has no parts. */
    public static List<Object> split(Utf8 text, Utf8 delimiter) {
        List<Object> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        int from = 0;
        if (delimiter.isEmpty()) {
            while (from < text.length()) {
                int next = Strings.skip(text, from, 1);
                parts.add(new Utf8(text.bytes(), text.offset() + from, next - from).copy());
                from = next;
            }
            return parts;
        }
        for (int end = Strings.indexOf(text, 0, delimiter); end >= 0; end = Strings.indexOf(text, from, delimiter)) {
            parts.add(new Utf8(text.bytes(), text.offset() + from, end - from).copy());
            from = end + delimiter.length();
        }
        parts.add(new Utf8(text.bytes(), text.offset() + from, text.length() - from).copy());
        return parts;
    }

    /** The value at a place, from 1; null where there is none. Takes nulls: the values at other places may be null. */
    public static Utf8 elt(Long index, Utf8... values) {
        return index == null || index < 1 || index > values.length ? null : values[(int) (index - 1)];
    }

    public static byte[] elt(Long index, byte[]... values) {
        return index == null || index < 1 || index > values.length ? null : values[(int) (index - 1)];
    }

    /**
     * The values in the places of a {@link Formatter} pattern; null for a pattern that is none or does not fit them. Takes nulls, which show
     * as "null". A DECIMAL is a text here: Flink has no number for the formatter in it either.
     */
    public static Utf8 printf(Utf8 pattern, Object... values) {
        if (pattern == null) {
            return null;
        }
        if (TOO_WIDE.matcher(pattern.toString()).find()) {
            throw new IllegalArgumentException("PRINTF pads to less than a million characters");
        }
        Object[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] instanceof BigDecimal number ? number.toPlainString() : shown[i] instanceof Utf8 text ? text.toString() : shown[i];
        }
        StringBuilder text = new StringBuilder();
        try (Formatter formatter = new Formatter(text, Locale.US)) {
            formatter.format(pattern.toString(), shown);
            return Utf8.of(text.toString());
        } catch (IllegalFormatException e) {
            return null;
        }
    }

    public static Utf8 uuid() {
        return Utf8.of(UUID.randomUUID().toString());
    }
}
