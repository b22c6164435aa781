package creek.core.function;

import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions, in Java's syntax. A pattern that is none gives null, or FALSE where Flink has it so. */
public final class Regexps {
    private Regexps() {
    }

    /** Null for a pattern that is none. */
    public static Pattern compile(Utf8 regex) {
        try {
            return Pattern.compile(regex.toString());
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /** Whether the pattern occurs in the string; the empty pattern never does. */
    public static boolean regexp(Utf8 text, Pattern pattern) {
        return pattern != null && !pattern.pattern().isEmpty() && pattern.matcher(text.toString()).find();
    }

    /** The whole of the first match. */
    public static Utf8 extract(Utf8 text, Pattern pattern) {
        return extract(text, pattern, 0);
    }

    /** A group of the first match; null if there is no match, or no such group. */
    public static Utf8 extract(Utf8 text, Pattern pattern, int group) {
        if (pattern == null || group < 0) {
            return null;
        }
        Matcher matcher = pattern.matcher(text.toString());
        if (!matcher.find() || group > matcher.groupCount()) {
            return null;
        }
        String found = matcher.group(group);
        return found == null ? null : Utf8.of(found);
    }

    /** That group of all matches. */
    public static List<Object> extractAll(Utf8 text, Pattern pattern) {
        return extractAll(text, pattern, 1);
    }

    public static List<Object> extractAll(Utf8 text, Pattern pattern, long group) {
        if (pattern == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text.toString());
        if (group < 0 || group > matcher.groupCount()) {
            return null;
        }
        List<Object> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group((int) group) == null ? null : Utf8.of(matcher.group((int) group)));
        }
        return found;
    }

    /** All matches replaced by a plain text. */
    public static Utf8 replace(Utf8 text, Pattern pattern, Utf8 replacement) {
        return pattern == null ? null
                : Utf8.of(pattern.matcher(text.toString()).replaceAll(Matcher.quoteReplacement(replacement.toString())));
    }

    public static Integer count(Utf8 text, Pattern pattern) {
        return pattern == null ? null : (int) pattern.matcher(text.toString()).results().count();
    }

    /** Position of the first match, from 1; 0 if there is none. */
    public static Integer instr(Utf8 text, Pattern pattern) {
        if (pattern == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text.toString());
        return matcher.find() ? matcher.start() + 1 : 0;
    }

    public static Utf8 substr(Utf8 text, Pattern pattern) {
        return extract(text, pattern, 0);
    }
}
