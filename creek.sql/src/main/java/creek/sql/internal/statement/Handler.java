package creek.sql.internal.statement;

import creek.sql.StatementResult;
import org.apache.calcite.sql.SqlNode;

/**
 * Executes one kind of statement. Stateless.
 *
 * @param <N> what the parser makes of such statements
 */
interface Handler<N extends SqlNode> {
    /**
     * Executes the statement.
     *
     * @throws creek.sql.internal.SqlError with positions in the statement's text
     */
    StatementResult execute(N statement, SessionContext session);
}
