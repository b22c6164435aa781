package creek.core.function;

import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions, in Java's syntax. A pattern that is none gives null, or FALSE where Flink has it so. */
public final class Regexps {
    private Regexps() {
    }

    /** Whether the pattern occurs in the string; the empty pattern never does. */
    public static boolean regexp(Utf8 text, RegexPattern pattern) {
        return pattern != null && !pattern.pattern().pattern().isEmpty() && pattern.find(text) != null;
    }

    /** The whole of the first match. */
    public static Utf8 extract(Utf8 text, RegexPattern pattern) {
        return extract(text, pattern, 0);
    }

    /** A group of the first match; null if there is no match, or no such group. */
    public static Utf8 extract(Utf8 text, RegexPattern pattern, int group) {
        if (pattern == null || group < 0) {
            return null;
        }
        Matcher matcher = pattern.find(text);
        if (matcher == null || group > matcher.groupCount()) {
            return null;
        }
        return pattern.slice(text, matcher.start(group), matcher.end(group));
    }

    /** That group of all matches. */
    public static List<Object> extractAll(Utf8 text, RegexPattern pattern) {
        return extractAll(text, pattern, 1);
    }

    public static List<Object> extractAll(Utf8 text, RegexPattern pattern, long group) {
        if (pattern == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
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
    public static Utf8 replace(Utf8 text, RegexPattern pattern, Utf8 replacement) {
        return pattern == null ? null
                : Utf8.of(pattern.matcher(text).replaceAll(Matcher.quoteReplacement(replacement.toString())));
    }

    public static Integer count(Utf8 text, RegexPattern pattern) {
        return pattern == null ? null : (int) pattern.matcher(text).results().count();
    }

    /** Position of the first match, from 1; 0 if there is none. */
    public static Integer instr(Utf8 text, RegexPattern pattern) {
        if (pattern == null) {
            return null;
        }
        Matcher matcher = pattern.find(text);
        return matcher == null ? 0 : matcher.start() + 1;
    }

    public static Utf8 substr(Utf8 text, RegexPattern pattern) {
        return extract(text, pattern, 0);
    }

    // Jobs made by earlier versions of the planner call these.

    public static Pattern compile(Utf8 regex) {
        RegexPattern pattern = RegexPattern.compile(regex);
        return pattern == null ? null : pattern.pattern();
    }

    public static boolean regexp(Utf8 text, Pattern pattern) {
        return regexp(text, RegexPattern.of(pattern));
    }

    public static Utf8 extract(Utf8 text, Pattern pattern) {
        return extract(text, RegexPattern.of(pattern));
    }

    public static Utf8 extract(Utf8 text, Pattern pattern, int group) {
        return extract(text, RegexPattern.of(pattern), group);
    }

    public static List<Object> extractAll(Utf8 text, Pattern pattern) {
        return extractAll(text, RegexPattern.of(pattern));
    }

    public static List<Object> extractAll(Utf8 text, Pattern pattern, long group) {
        return extractAll(text, RegexPattern.of(pattern), group);
    }

    public static Utf8 replace(Utf8 text, Pattern pattern, Utf8 replacement) {
        return replace(text, RegexPattern.of(pattern), replacement);
    }

    public static Integer count(Utf8 text, Pattern pattern) {
        return count(text, RegexPattern.of(pattern));
    }

    public static Integer instr(Utf8 text, Pattern pattern) {
        return instr(text, RegexPattern.of(pattern));
    }

    public static Utf8 substr(Utf8 text, Pattern pattern) {
        return substr(text, RegexPattern.of(pattern));
    }
}
