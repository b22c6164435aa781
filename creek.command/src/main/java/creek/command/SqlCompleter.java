package creek.command;

import creek.sql.SqlException;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, the names of tables and views, and the columns of those that the statement mentions, or of all. */
final class SqlCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of("SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "JOIN",
            "LEFT JOIN", "ON", "AS", "AND", "OR", "NOT", "IN", "EXISTS", "BETWEEN", "LIKE", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN",
            "ELSE", "END", "CAST", "TRY_CAST", "DISTINCT", "UNION ALL", "VALUES", "INSERT INTO", "CREATE TABLE", "CREATE VIEW",
            "CREATE TEMPORARY TABLE", "CREATE TEMPORARY VIEW", "DROP TABLE", "DROP VIEW", "SHOW TABLES", "SHOW VIEWS", "SHOW FUNCTIONS",
            "DESCRIBE", "EXPLAIN", "SET", "RESET", "EXECUTE STATEMENT SET BEGIN", "WITH", "WATERMARK FOR", "INTERVAL", "TABLE", "TUMBLE",
            "HOP", "CUMULATE", "SESSION", "DESCRIPTOR", "OVER", "PARTITION BY", "COUNT", "SUM", "AVG", "MIN", "MAX", "window_start",
            "window_end", "window_time");

    private final SqlSession session;

    SqlCompleter(SqlSession session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        boolean lower = !line.word().isEmpty() && line.word().equals(line.word().toLowerCase(Locale.ROOT));
        KEYWORDS.forEach(keyword -> candidates.add(new Candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword)));
        List<String> tables = firstColumn("SHOW TABLES");
        List<String> mentioned = tables.stream().filter(line.words()::contains).toList();
        tables.forEach(table -> candidates.add(new Candidate(table)));
        for (String table : mentioned.isEmpty() ? tables : mentioned) {
            firstColumn("DESCRIBE `" + table.replace("`", "``") + "`").forEach(column -> candidates.add(new Candidate(column)));
        }
    }

    private List<String> firstColumn(String statement) {
        try {
            return session.execute(new Statement(statement, 1, 1)) instanceof StatementResult.Texts texts
                    ? texts.rows().stream().map(row -> row.get(0)).toList() : List.of();
        } catch (SqlException e) {
            return List.of();
        }
    }
}
