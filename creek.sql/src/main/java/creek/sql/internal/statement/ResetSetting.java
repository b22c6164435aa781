package creek.sql.internal.statement;

import creek.sql.StatementResult;
import org.apache.flink.sql.parser.ddl.SqlReset;

/** {@code RESET 'key'}, and {@code RESET}, which resets all. */
final class ResetSetting implements Handler<SqlReset> {
    @Override
    public StatementResult execute(SqlReset statement, SessionContext session) {
        if (statement.getKey() == null) {
            session.settings().clear();
            return new StatementResult.Done("All settings are back to their defaults.");
        }
        session.settings().remove(statement.getKeyString());
        return new StatementResult.Done(statement.getKeyString() + " is back to its default.");
    }
}
