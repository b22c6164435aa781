package creek.core.function;

import creek.core.data.Utf8;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression in Java's syntax, made ready. Not thread-safe. */
public final class RegexPattern {
    private final Matcher matcher;
    /** Null if there is none. */
    private final NeededText needed;
    /** In which a match was looked for last. */
    private String string;

    private RegexPattern(Pattern pattern) {
        matcher = pattern.matcher("");
        needed = NeededText.of(pattern.pattern());
    }

    /** Null for a pattern that is none. */
    public static RegexPattern compile(Utf8 regex) {
        try {
            return of(Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /** A pattern without flags; null for null. */
    static RegexPattern of(Pattern pattern) {
        return pattern == null ? null : new RegexPattern(pattern);
    }

    Pattern pattern() {
        return matcher.pattern();
    }

    /** Looks for matches in that string from its start. Valid until the next call. */
    Matcher matcher(Utf8 text) {
        return matcher.reset(text.toString());
    }

    /** Part of the string in which was found last, between two places of Java's characters; null if there is none. */
    Utf8 slice(Utf8 text, int from, int to) {
        if (from < 0) {
            return null;
        }
        // as many characters as bytes: each place is that of a byte
        return string.length() == text.length() ? new Utf8(text.bytes(), text.offset() + from, to - from) : Utf8.of(string.substring(from, to));
    }

    /** The first match, or null. Valid until the next call. */
    Matcher find(Utf8 text) {
        int place = needed == null ? 0 : needed.placeIn(text);
        if (place < 0) {
            return null;
        }
        string = text.toString();
        int from = needed == null ? 0 : string.length() == text.length() ? needed.earliestMatch(place) : needed.earliestMatch(string);
        return from >= 0 && matcher.reset(string).find(from) ? matcher : null;
    }
}
