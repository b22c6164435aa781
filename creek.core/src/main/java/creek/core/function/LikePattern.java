package creek.core.function;

import creek.core.data.Utf8;
import java.util.Arrays;

/** A LIKE pattern, made ready. It is matched on bytes. */
public final class LikePattern {
    /** {@code %} among the parts. */
    private static final short MANY = -1;
    /** {@code _} among the parts. */
    private static final short ONE = -2;
    private static final short END = -3;

    /** Of patterns that are text with {@code %} at their ends only: the text; else null. */
    private final Utf8 plain;
    private final boolean openStart;
    private final boolean openEnd;
    /** Of other patterns: bytes, {@link #MANY} and {@link #ONE}. */
    private final short[] parts;

    private LikePattern(Utf8 plain, boolean openStart, boolean openEnd, short[] parts) {
        this.plain = plain;
        this.openStart = openStart;
        this.openEnd = openEnd;
        this.parts = parts;
    }

    /** A pattern without an escape character. */
    public static LikePattern compile(Utf8 pattern) {
        return parse(pattern.toString(), -1);
    }

    /** @throws IllegalArgumentException if the escape is not one character, or stands before something else than {@code _}, {@code %} or itself */
    public static LikePattern compile(Utf8 pattern, Utf8 escape) {
        if (escape.codePoints() != 1) {
            throw new IllegalArgumentException("the ESCAPE of LIKE must be one character: '" + escape + "'");
        }
        return parse(pattern.toString(), escape.toString().codePointAt(0));
    }

    private static LikePattern parse(String pattern, int escape) {
        short[] parts = new short[Utf8.of(pattern).length()];
        int count = 0;
        StringBuilder text = new StringBuilder();
        boolean start = false;
        boolean end = false;
        boolean simple = true;
        for (int i = 0; i < pattern.length();) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            boolean escaped = c == escape;
            if (escaped) {
                c = i < pattern.length() ? pattern.codePointAt(i) : -1;
                if (c != '_' && c != '%' && c != escape) {
                    throw new IllegalArgumentException("in LIKE '" + pattern + "' the escape character must stand before _, % or itself");
                }
                i += Character.charCount(c);
            }
            if (c == '%' && !escaped) {
                start |= text.length() == 0;
                end |= text.length() > 0;
                parts[count++] = MANY;
            } else if (c == '_' && !escaped) {
                simple = false;
                parts[count++] = ONE;
            } else {
                simple &= !end;
                text.appendCodePoint(c);
                for (byte each : Utf8.of(Character.toString(c)).toBytes()) {
                    parts[count++] = (short) (each & 0xFF);
                }
            }
        }
        boolean onlyPercent = start && text.length() == 0;
        return simple ? new LikePattern(Utf8.of(text.toString()), start, end || onlyPercent, null)
                : new LikePattern(null, start, end, Arrays.copyOf(parts, count));
    }

    /** Whether the string matches. */
    public boolean matches(Utf8 text) {
        if (parts != null) {
            return matchesParts(text);
        }
        if (openStart) {
            return openEnd ? Strings.indexOf(text, 0, plain) >= 0 : Strings.endsWith(text, plain);
        }
        return openEnd ? Strings.startsWith(text, plain) : text.equals(plain);
    }

    /** Where the text differs, the last % takes a character more: earlier ones need not, so this takes the product of the lengths at most. */
    private boolean matchesParts(Utf8 text) {
        int at = 0;
        int part = 0;
        int retryAt = 0;
        int retryPart = -1;
        while (at < text.length()) {
            short wanted = part < parts.length ? parts[part] : END;
            if (wanted == MANY) {
                retryPart = ++part;
                retryAt = at;
            } else if (wanted == ONE && !isLineEnd(text, at)) {
                at = next(text, at);
                part++;
            } else if (wanted == (text.byteAt(at) & 0xFF)) {
                at++;
                part++;
            } else if (retryPart >= 0) {
                retryAt = next(text, retryAt);
                at = retryAt;
                part = retryPart;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == MANY) {
            part++;
        }
        return part == parts.length;
    }

    private static int next(Utf8 text, int at) {
        int next = at + 1;
        while (next < text.length() && (text.byteAt(next) & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** What {@code _} does not stand for, as in Flink: line feed, carriage return, U+0085, U+2028 and U+2029. */
    private static boolean isLineEnd(Utf8 text, int at) {
        byte first = text.byteAt(at);
        return switch (next(text, at) - at) {
            case 1 -> first == '\n' || first == '\r';
            case 2 -> first == (byte) 0xC2 && text.byteAt(at + 1) == (byte) 0x85;
            case 3 -> first == (byte) 0xE2 && text.byteAt(at + 1) == (byte) 0x80 && (text.byteAt(at + 2) & 0xFE) == 0xA8;
            default -> false;
        };
    }
}
