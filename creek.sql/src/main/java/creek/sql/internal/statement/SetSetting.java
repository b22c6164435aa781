package creek.sql.internal.statement;

import creek.core.option.OptionException;
import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.sql.parser.ddl.SqlSet;

/** {@code SET 'key' = 'value'}, and {@code SET}, which lists what is set. */
final class SetSetting implements Handler<SqlSet> {
    static final String TIME_ZONE = "table.local-time-zone";

    @Override
    public StatementResult execute(SqlSet statement, SessionContext session) {
        if (statement.getKey() == null) {
            List<List<String>> rows = new ArrayList<>();
            session.settings().forEach((key, value) -> rows.add(List.of(key, value)));
            return new StatementResult.Texts(List.of("key", "value"), rows);
        }
        checkName(statement);
        switch (statement.getKeyString()) {
            case TIME_ZONE -> checkZone(statement);
            case "execution.runtime-mode" -> require("streaming", statement);
            case "table.sql-dialect" -> require("default", statement);
            default -> checkType(statement);
        }
        session.settings().put(statement.getKeyString(), statement.getValueString());
        String warning = SettingNames.warning(statement.getKeyString()).map(text -> " Warning: " + text + ".").orElse("");
        return new StatementResult.Done(statement.getKeyString() + " is " + statement.getValueString() + "." + warning);
    }

    private static void checkName(SqlSet statement) {
        try {
            SettingNames.check(statement.getKeyString());
        } catch (OptionException e) {
            throw SqlError.invalid(e.getMessage(), statement.getKey().getParserPosition());
        }
    }

    private static void require(String only, SqlSet statement) {
        if (!statement.getValueString().equalsIgnoreCase(only)) {
            throw SqlError.unsupported("'" + statement.getKeyString() + "' is always '" + only + "' here", statement.getValue().getParserPosition());
        }
    }

    private static void checkType(SqlSet statement) {
        try {
            SettingTypes.check(statement.getKeyString(), statement.getValueString());
        } catch (OptionException e) {
            throw SqlError.invalid(e.getMessage(), statement.getValue().getParserPosition());
        }
    }

    private static void checkZone(SqlSet statement) {
        String zone = statement.getValueString();
        try {
            if (!zone.equals("default")) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw SqlError.invalid("'" + zone + "' is no time zone; write one such as 'Europe/Berlin', 'UTC' or 'GMT+02:00'",
                    statement.getValue().getParserPosition());
        }
    }
}
