package creek.core.function;

import creek.core.data.Utf8;
import java.util.regex.Pattern;

/** A pattern of SIMILAR TO, made ready: SQL's regular expressions, with {@code %} and {@code _} as in LIKE. */
public final class SimilarPattern {
    private static final String SPECIAL = "[]()|^-+*?{}$\\.";
    private static final String SQL_SPECIAL = "[]()|^-+*?{}";

    private final Pattern regex;

    private SimilarPattern(Pattern regex) {
        this.regex = regex;
    }

    public static SimilarPattern compile(Utf8 pattern) {
        return parse(pattern.toString(), (char) 0);
    }

    /** @throws IllegalArgumentException if the escape is not one character */
    public static SimilarPattern compile(Utf8 pattern, Utf8 escape) {
        if (escape.length() != 1) {
            throw new IllegalArgumentException("the ESCAPE of SIMILAR TO must be one character: '" + escape + "'");
        }
        return parse(pattern.toString(), (char) escape.byteAt(0));
    }

    private static SimilarPattern parse(String pattern, char escape) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape && escape != 0 && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (SPECIAL.indexOf(c) >= 0 && SQL_SPECIAL.indexOf(c) < 0) {
                regex.append('\\').append(c);
            } else {
                regex.append(c);
            }
        }
        return new SimilarPattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Whether the whole string matches. */
    public boolean matches(Utf8 text) {
        return regex.matcher(text.toString()).matches();
    }
}
