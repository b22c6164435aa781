package creek.sql.internal.parse;

import creek.sql.internal.SqlError;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ExtendedSqlNode;
import org.apache.flink.sql.parser.error.SqlValidateException;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/** Flink's grammar: identifiers keep their case and are quoted by backticks. Positions are those in the text. */
public final class StatementParser {
    private static final int MAX_IDENTIFIER_LENGTH = 128;
    /** Deeper nesting than a person writes would end in a stack overflow further on. */
    private static final int MAX_NESTING = 200;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(FlinkSqlParserImpl.FACTORY)
            .withConformance(FlinkSqlConformance.DEFAULT)
            .withLex(Lex.JAVA)
            .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH);

    private StatementParser() {
    }

    /**
     * One statement, with the checks that Flink's parser makes on its own statements.
     *
     * @throws SqlError at the place where the text stops to make sense
     */
    public static SqlNode parse(String text) {
        checkNesting(text);
        try {
            SqlNode statement = SqlParser.create(text, CONFIG).parseStmt();
            if (statement instanceof ExtendedSqlNode extended) {
                extended.validate();
            }
            return statement;
        } catch (SqlParseException e) {
            throw SyntaxMessages.translate(e, text);
        } catch (SqlValidateException e) {
            throw SqlError.invalid(e.getMessage(), e.getErrorPosition());
        }
    }

    /** A query, as a view keeps it. */
    public static SqlNode parseQuery(String text) {
        try {
            return SqlParser.create(text, CONFIG).parseQuery();
        } catch (SqlParseException e) {
            throw SyntaxMessages.translate(e, text);
        }
    }

    /** An expression, as a computed column keeps it. */
    public static SqlNode parseExpression(String text) {
        try {
            return SqlParser.create(text, CONFIG).parseExpression();
        } catch (SqlParseException e) {
            throw SyntaxMessages.translate(e, text);
        }
    }

    /** Quotes within comments mislead it, which is no matter: a stack overflow is refused as well, only without a place. */
    private static void checkNesting(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                // a doubled quote closes and opens
                quote = c == quote ? 0 : quote;
                continue;
            }
            quote = c == '\'' || c == '`' ? c : 0;
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth > MAX_NESTING) {
                String before = text.substring(0, i);
                int line = 1 + (int) before.chars().filter(each -> each == '\n').count();
                throw SqlError.syntax("more than " + MAX_NESTING + " parentheses or brackets within each other",
                        new SqlParserPos(line, i - before.lastIndexOf('\n')), null);
            }
        }
    }
}
