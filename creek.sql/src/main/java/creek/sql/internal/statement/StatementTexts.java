package creek.sql.internal.statement;

import org.apache.calcite.sql.parser.SqlParserPos;

/** Parts of a statement's text. */
final class StatementTexts {
    private StatementTexts() {
    }

    /** The text between a position's start and its end, both included. */
    static String part(String text, SqlParserPos position) {
        return text.substring(offset(text, position.getLineNum(), position.getColumnNum()),
                Math.min(text.length(), offset(text, position.getEndLineNum(), position.getEndColumnNum()) + 1));
    }

    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + column - 1;
    }
}
