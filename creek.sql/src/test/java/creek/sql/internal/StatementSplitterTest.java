package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.sql.Statement;
import creek.sql.internal.parse.StatementSplitter;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    @Test
    void semicolonsInStringsNamesAndComments_then_noEnd() {
        List<Statement> statements = StatementSplitter.split("-- a; b\nSELECT 'x;''y', `a;b` /* ; */ FROM t; -- c;\n  SELECT 2");
        assertEquals(List.of(new Statement("SELECT 'x;''y', `a;b` /* ; */ FROM t", 2, 1), new Statement("SELECT 2", 3, 3)), statements);
    }

    @Test
    void statementSet_then_oneStatement() {
        String set = "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT CASE WHEN x THEN 1 END; INSERT INTO b SELECT 2; END";
        assertEquals(List.of(new Statement(set, 1, 1), new Statement("SELECT 1", 1, set.length() + 3)),
                StatementSplitter.split(set + "; SELECT 1;"));
    }

    @Test
    void explainedStatementSet_then_oneStatement() {
        String body = "STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END";
        for (String start : List.of("EXPLAIN ", "EXPLAIN PLAN FOR ", "EXPLAIN CHANGELOG_MODE, JSON_EXECUTION_PLAN /* ; */ ")) {
            assertEquals(List.of(new Statement(start + body, 1, 1)), StatementSplitter.split(start + body + ";"));
        }
    }

    @Test
    void statementIsNeitherExecutedNorExplained_then_semicolonEndsIt() {
        assertEquals(2, StatementSplitter.split("SELECT statement set begin; SELECT 2").size());
    }

    @Test
    void onlyCommentsAndSpace_then_nothing() {
        assertEquals(List.of(), StatementSplitter.split(" -- nothing\n ;; /* here */ \n"));
    }

    @Test
    void commentIsNeverClosed_then_restIsPartOfIt() {
        assertEquals(List.of(new Statement("SELECT 1 /* open; SELECT 2", 1, 1)), StatementSplitter.split("SELECT 1 /* open; SELECT 2"));
    }
}
