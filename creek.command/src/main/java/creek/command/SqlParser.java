package creek.command;

import java.util.Locale;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Tells the line reader when a statement is complete: at a {@code ;} outside of strings, identifiers and comments. */
final class SqlParser extends DefaultParser {
    private static final Set<String> WORDS = Set.of("", "quit", "exit", "help");

    SqlParser() {
        // Quotes and backslashes mean other things in SQL than in a command line.
        setQuoteChars(new char[0]);
        setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
            throw new EOFError(-1, -1, "the statement goes on");
        }
        return super.parse(line, cursor, context);
    }

    /** Whether the text is one of the shell's own words or its last statement has its end. */
    static boolean isComplete(String text) {
        if (WORDS.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        boolean ended = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int next;
            if (c == '\'' || c == '`' || c == '"') {
                next = text.indexOf(c, i + 1);
            } else if (text.startsWith("--", i)) {
                next = Math.max(text.indexOf('\n', i), -1);
                next = next < 0 ? text.length() : next;
            } else if (text.startsWith("/*", i)) {
                next = text.indexOf("*/", i + 2);
            } else {
                ended = c == ';' || ended && Character.isWhitespace(c);
                continue;
            }
            if (next < 0) {
                return false;
            }
            ended &= c == '-' || c == '/';
            i = next;
        }
        return ended && depth == 0;
    }
}
