package creek.sql.internal.parse;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;

/** The parser's pages of expected tokens as one line for people. */
final class SyntaxMessages {
    private static final Pattern ENCOUNTERED = Pattern.compile("(?:Encountered|near the keyword) [\"'](.*?)[\"'] at line");
    private static final Pattern LEXICAL = Pattern.compile("Lexical error at line \\d+, column \\d+\\.\\s+Encountered: (\\S+)");
    private static final Pattern KEYWORD = Pattern.compile("\"[A-Z_]+\"");
    private static final int MOST_LISTED = 10;

    /** What may follow a whole expression nearly everywhere, and so says little. */
    private static final Set<String> OPERATORS = Set.of("AND", "BETWEEN", "CONTAINS", "EQUALS", "FORMAT", "ILIKE", "IMMEDIATELY", "IN", "IS",
            "LIKE", "MEMBER", "MULTISET", "NOT", "OR", "OVERLAPS", "PRECEDES", "RLIKE", "SIMILAR", "SUBMULTISET", "SUCCEEDS", "MINUS");

    private SyntaxMessages() {
    }

    static SqlError translate(SqlParseException e, String text) {
        SqlParserPos position = e.getPos() == null || e.getPos().getLineNum() < 1 ? new SqlParserPos(1, 1) : e.getPos();
        return SqlError.syntax(message(e, text), position, e);
    }

    private static String message(SqlParseException e, String text) {
        String original = String.valueOf(e.getMessage());
        Matcher lexical = LEXICAL.matcher(original);
        if (lexical.find()) {
            return lexical.group(1).equals("<EOF>") ? "the statement ends inside a quoted name, a string or a comment"
                    : "the character " + lexical.group(1) + " has no place in SQL outside of strings";
        }
        Matcher encountered = ENCOUNTERED.matcher(original);
        if (!encountered.find()) {
            return unknownStatement(original, text);
        }
        String token = encountered.group(1);
        String found = token.equals("<EOF>") ? "the statement ends too early" : "'" + token.replace("\\'", "'") + "' is not expected here";
        if (token.equals("\\'") || token.equals("'")) {
            found = "a string is not closed";
        }
        String expected = expected(e.getExpectedTokenNames());
        String hint = expected.equals("a name") && isReserved(token) ? ", and " + token + " is a reserved word: write `" + token + "`" : "";
        return found + (expected.isEmpty() ? "" : "; expected " + expected + hint);
    }

    /** Calcite takes a first word that it does not know for the start of an expression. */
    private static String unknownStatement(String original, String text) {
        if (original.startsWith("Non-query expression")) {
            String first = text.strip().split("\\s+", 2)[0];
            if (first.equalsIgnoreCase("SELECT") || first.equalsIgnoreCase("WITH")) {
                return "UNION, INTERSECT and EXCEPT stand between queries, and this is none";
            }
            return "'" + first + "' starts no statement; expected SELECT, INSERT, CREATE, DROP, SET, SHOW, DESCRIBE, EXPLAIN or the like";
        }
        return original.lines().findFirst().orElse("the statement can't be read");
    }

    private static String expected(Collection<String> tokens) {
        List<String> kinds = new ArrayList<>();
        Set<String> left = new TreeSet<>(tokens);
        if (left.contains("\"CREATE\"") && left.contains("\"SELECT\"")) {
            return "a statement";
        }
        if (left.contains("\"CASE\"") && left.contains("<UNSIGNED_INTEGER_LITERAL>")) {
            return left.contains("\"*\"") ? "an expression or *" : "an expression";
        }
        if (left.contains("<IDENTIFIER>")) {
            kinds.add("a name");
        }
        if (left.remove("<EOF>")) {
            kinds.add("the end of the statement");
        }
        boolean afterExpression = left.contains("\"BETWEEN\"");
        for (String token : left) {
            String word = token.replace("\"", "");
            boolean sign = token.startsWith("\"") && !KEYWORD.matcher(token).matches();
            if (token.startsWith("<") ? token.equals("<QUOTED_STRING>") && !left.contains("<IDENTIFIER>") : true) {
                if (token.startsWith("<")) {
                    kinds.add("a string");
                } else if (!afterExpression || !OPERATORS.contains(word) && (!sign || word.equals(")") || word.equals(","))) {
                    kinds.add(sign ? "'" + word + "'" : word);
                }
            }
        }
        if (afterExpression) {
            kinds.add("an operator");
        }
        return kinds.size() > MOST_LISTED + 4 ? "something else" : joined(kinds);
    }

    private static String joined(List<String> kinds) {
        int last = kinds.size() - 1;
        return last < 1 ? String.join("", kinds) : String.join(", ", kinds.subList(0, last)) + " or " + kinds.get(last);
    }

    private static boolean isReserved(String token) {
        return FlinkSqlParserImpl.FACTORY.getParser(new java.io.StringReader("")).getMetadata()
                .isReservedWord(token.toUpperCase(Locale.ROOT));
    }
}
