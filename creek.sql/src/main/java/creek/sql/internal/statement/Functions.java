package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlAlterFunction;
import org.apache.flink.sql.parser.ddl.SqlCreateFunction;
import org.apache.flink.sql.parser.ddl.SqlDropFunction;

/** CREATE, ALTER and DROP FUNCTION. A session has no functions but the built-in ones, which stay. */
final class Functions {
    private Functions() {
    }

    static StatementResult create(SqlCreateFunction statement, SessionContext session) {
        String name = name(statement.getFunctionIdentifier());
        if (isBuiltIn(name, session)) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("Function " + name + " is built in.");
            }
            throw SqlError.invalid("function " + name + " is built in; give yours another name", statement.getParserPosition());
        }
        throw SqlError.unsupported("functions can't be made from a class: " + statement.getFunctionClassName().getValueAs(String.class)
                + "; SHOW FUNCTIONS lists those that work", statement.getParserPosition());
    }

    static StatementResult alter(SqlAlterFunction statement, SessionContext session) {
        return missing(name(statement.getFunctionIdentifier()), statement.isIfExists(), statement, session);
    }

    static StatementResult drop(SqlDropFunction statement, SessionContext session) {
        return missing(name(statement.getFunctionIdentifier()), statement.getIfExists(), statement, session);
    }

    private static StatementResult missing(String name, boolean ifExists, SqlNode statement, SessionContext session) {
        if (isBuiltIn(name, session)) {
            throw SqlError.invalid("function " + name + " is built in and can't be altered or dropped", statement.getParserPosition());
        }
        if (ifExists) {
            return new StatementResult.Done("There was no function " + name + ".");
        }
        throw SqlError.invalid("there is no function " + name + "; SHOW FUNCTIONS lists those that are there", statement.getParserPosition());
    }

    private static String name(String[] identifier) {
        return identifier[identifier.length - 1];
    }

    private static boolean isBuiltIn(String name, SessionContext session) {
        return session.functionNames().stream().anyMatch(name::equalsIgnoreCase);
    }
}
