package creek.core.function;

import creek.core.data.Utf8;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of SIMILAR TO, made ready: SQL's regular expressions, with {@code %} and {@code _} as in LIKE. */
public final class SimilarPattern {
    private static final String SQL_SPECIAL = "_%[]()|^-+*?{}";
    private static final String JAVA_SPECIAL = "[]()|^-+*?{}$\\.";
    /** Names of classes of characters within brackets, and Java's for them. */
    private static final Map<String, String> CLASSES = Map.of("[:ALPHA:]", "\\p{Alpha}", "[:UPPER:]", "\\p{Upper}", "[:LOWER:]", "\\p{Lower}",
            "[:DIGIT:]", "\\d", "[:SPACE:]", " ", "[:WHITESPACE:]", "\\s", "[:ALNUM:]", "\\p{Alnum}");

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
            if (c == escape && escape != 0) {
                i++;
                regex.append(escaped(pattern, i, escape));
            } else if (c == '[') {
                i = bracketed(pattern, i, escape, regex);
            } else if (c == ']') {
                throw wrong(pattern, "a ] has no [ before");
            } else {
                // a point stands for any character, as Flink has it
                regex.append(c == '%' ? "(?s:.*)" : c == '_' ? "." : c == '\\' ? "\\\\" : c == '$' ? "\\$" : String.valueOf(c));
            }
        }
        try {
            return new SimilarPattern(Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            throw wrong(pattern, e.getDescription());
        }
    }

    private static String escaped(String pattern, int at, char escape) {
        char next = at < pattern.length() ? pattern.charAt(at) : 0;
        if (next == 0 || SQL_SPECIAL.indexOf(next) < 0 && next != escape) {
            throw wrong(pattern, "the escape character must stand before one of " + SQL_SPECIAL + " or itself");
        }
        return JAVA_SPECIAL.indexOf(next) >= 0 ? "\\" + next : String.valueOf(next);
    }

    /** Copies an enumeration of characters; gives the place of its end. */
    private static int bracketed(String pattern, int start, char escape, StringBuilder regex) {
        regex.append('[');
        for (int i = start + 1; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == ']') {
                regex.append(']');
                return i;
            }
            if (c == escape && escape != 0) {
                i++;
                regex.append(escaped(pattern, i, escape));
            } else if (c == '-' || c == '^') {
                regex.append(c);
            } else if (c == '[') {
                int end = pattern.indexOf(":]", i);
                String known = end < 0 ? null : CLASSES.get(pattern.substring(i, end + 2).toUpperCase(Locale.ROOT));
                if (known == null) {
                    throw wrong(pattern, "within brackets [ starts one of " + new TreeSet<>(CLASSES.keySet()));
                }
                regex.append(known);
                i = end + 1;
            } else if (SQL_SPECIAL.indexOf(c) >= 0) {
                throw wrong(pattern, "within brackets " + c + " must be escaped");
            } else {
                regex.append(c == '\\' ? "\\\\" : String.valueOf(c));
            }
        }
        throw wrong(pattern, "a [ has no ] behind");
    }

    private static IllegalArgumentException wrong(String pattern, String what) {
        return new IllegalArgumentException("in SIMILAR TO '" + pattern + "': " + what);
    }

    /** Whether the whole string matches. */
    public boolean matches(Utf8 text) {
        return regex.matcher(text.toString()).matches();
    }
}
