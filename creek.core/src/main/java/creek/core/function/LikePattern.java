package creek.core.function;

import creek.core.data.Utf8;
import java.util.regex.Pattern;

/** A LIKE pattern, made ready. Patterns that are text with {@code %} at their ends only are matched on bytes. */
public final class LikePattern {
    private final Utf8 plain;
    private final boolean openStart;
    private final boolean openEnd;
    private final Pattern regex;

    private LikePattern(Utf8 plain, boolean openStart, boolean openEnd, Pattern regex) {
        this.plain = plain;
        this.openStart = openStart;
        this.openEnd = openEnd;
        this.regex = regex;
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
        StringBuilder regex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        boolean start = false;
        boolean end = false;
        boolean simple = true;
        for (int i = 0; i < pattern.length();) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == escape) {
                int next = i < pattern.length() ? pattern.codePointAt(i) : -1;
                if (next != '_' && next != '%' && next != escape) {
                    throw new IllegalArgumentException("in LIKE '" + pattern + "' the escape character must stand before _, % or itself");
                }
                i += Character.charCount(next);
                simple &= !end;
                text.appendCodePoint(next);
                regex.append(Pattern.quote(Character.toString(next)));
            } else if (c == '%') {
                start |= text.length() == 0;
                end |= text.length() > 0;
                regex.append("(?s:.*)");
            } else if (c == '_') {
                simple = false;
                regex.append('.');
            } else {
                simple &= !end;
                text.appendCodePoint(c);
                regex.append(Pattern.quote(Character.toString(c)));
            }
        }
        boolean onlyPercent = start && text.length() == 0;
        return simple ? new LikePattern(Utf8.of(text.toString()), start, end || onlyPercent, null)
                : new LikePattern(null, start, end, Pattern.compile(regex.toString()));
    }

    /** Whether the string matches. */
    public boolean matches(Utf8 text) {
        if (regex != null) {
            return regex.matcher(text.toString()).matches();
        }
        if (openStart) {
            return openEnd ? Strings.indexOf(text, 0, plain) >= 0 : Strings.endsWith(text, plain);
        }
        return openEnd ? Strings.startsWith(text, plain) : text.equals(plain);
    }
}
