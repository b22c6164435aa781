package creek.sql.internal.parse;

import creek.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a script into statements. Knows strings, quoted identifiers, comments and {@code STATEMENT SET BEGIN … END} that is executed or
 * explained; nothing else of SQL. One instance cuts one script.
 */
public final class StatementSplitter {
    private static final List<String> STATEMENT_SET = List.of("STATEMENT", "SET", "BEGIN");

    private final String script;
    private final List<Statement> statements = new ArrayList<>();

    /** Where the statement at hand starts, or -1 before its first token. */
    private int start = -1;
    /** How many words of {@link #STATEMENT_SET} stand before this place, or -1 in a statement that is neither EXECUTE nor EXPLAIN. */
    private int setWords;
    private int openCases;
    private boolean setClosed;

    private StatementSplitter(String script) {
        this.script = script;
    }

    public static List<Statement> split(String script) {
        return new StatementSplitter(script).split();
    }

    private List<Statement> split() {
        int place = 0;
        int end = 0;
        while (place < script.length()) {
            int next = skip(place);
            char first = script.charAt(place);
            if (Character.isWhitespace(first) || isComment(place) && start < 0) {
                // neither starts a statement nor ends one
            } else if (first == ';' && !isInsideStatementSet()) {
                finish(end);
            } else {
                if (start < 0) {
                    start = place;
                }
                end = next;
                if (Character.isJavaIdentifierStart(first)) {
                    word(script.substring(place, next).toUpperCase(Locale.ROOT), place == start);
                } else if (!isComment(place) && !isWholeSet()) {
                    setWords = place == start ? -1 : Math.min(setWords, 0);
                }
            }
            place = next;
        }
        finish(end);
        return statements;
    }

    private void word(String word, boolean isFirst) {
        if (isWholeSet()) {
            if (word.equals("CASE")) {
                openCases++;
            } else if (word.equals("END")) {
                setClosed = openCases == 0;
                openCases = Math.max(0, openCases - 1);
            }
        } else if (isFirst) {
            setWords = word.equals("EXECUTE") || word.equals("EXPLAIN") ? 0 : -1;
        } else if (setWords >= 0) {
            setWords = word.equals(STATEMENT_SET.get(setWords)) ? setWords + 1 : 0;
        }
    }

    private boolean isWholeSet() {
        return setWords == STATEMENT_SET.size();
    }

    private boolean isInsideStatementSet() {
        return isWholeSet() && !setClosed;
    }

    private void finish(int end) {
        if (start >= 0) {
            int lineStart = script.lastIndexOf('\n', start - 1) + 1;
            int line = 1 + (int) script.substring(0, lineStart).chars().filter(c -> c == '\n').count();
            statements.add(new Statement(script.substring(start, end), line, start - lineStart + 1));
        }
        start = -1;
        setWords = 0;
        openCases = 0;
        setClosed = false;
    }

    private boolean isComment(int place) {
        return script.startsWith("--", place) || script.startsWith("/*", place);
    }

    /** The place after the token, comment or space that starts at {@code place}. What is never closed goes to the end. */
    private int skip(int place) {
        char first = script.charAt(place);
        if (first == '\'' || first == '`') {
            // a doubled quote is skipped as two strings
            return after(script.indexOf(first, place + 1), 1);
        }
        if (script.startsWith("--", place)) {
            return after(script.indexOf('\n', place), 1);
        }
        if (script.startsWith("/*", place)) {
            return after(script.indexOf("*/", place + 2), 2);
        }
        int next = place + 1;
        if (Character.isJavaIdentifierStart(first)) {
            while (next < script.length() && Character.isJavaIdentifierPart(script.charAt(next))) {
                next++;
            }
        }
        return next;
    }

    private int after(int found, int length) {
        return found < 0 ? script.length() : found + length;
    }
}
