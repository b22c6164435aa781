package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.udf.FunctionJar;
import creek.sql.internal.udf.SessionFunctions.Definition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.ddl.SqlAddJar;
import org.apache.flink.sql.parser.ddl.SqlAlterFunction;
import org.apache.flink.sql.parser.ddl.SqlCreateFunction;
import org.apache.flink.sql.parser.ddl.SqlDropFunction;
import org.apache.flink.sql.parser.ddl.SqlRemoveJar;
import org.apache.flink.sql.parser.ddl.resource.SqlResource;

/** CREATE, ALTER and DROP FUNCTION, and the jars that functions come from. The built-in functions stay. */
final class Functions {
    private Functions() {
    }

    static StatementResult create(SqlCreateFunction statement, SessionContext session) {
        SqlParserPos place = statement.getParserPosition();
        String name = name(statement.getFunctionIdentifier(), place, session);
        boolean exists = session.functions().definition(name).isPresent();
        if (session.isBuiltIn(name)) {
            if (statement.isIfNotExists()) {
                return new StatementResult.Done("Function " + name + " is built in.");
            }
            throw SqlError.invalid("function " + name + " is built in; give yours another name", place);
        }
        if (exists && statement.isIfNotExists()) {
            return new StatementResult.Done("Function " + name + " is there already.");
        }
        if (exists) {
            throw SqlError.invalid("there is a function " + name + " already; DROP it first, or say IF NOT EXISTS", place);
        }
        checkLanguage(statement.getFunctionLanguage(), place);
        List<FunctionJar> jars = new ArrayList<>();
        for (SqlNode node : statement.getResourceInfos()) {
            SqlResource resource = (SqlResource) node;
            String type = resource.getResourceType().toValue();
            if (!type.equalsIgnoreCase("JAR")) {
                throw SqlError.unsupported("USING takes a JAR and no " + type, node.getParserPosition());
            }
            jars.add(jar(resource.getResourcePath().getValueAs(String.class), node.getParserPosition(), session));
        }
        Definition definition = new Definition(name, statement.getFunctionClassName().getValueAs(String.class), statement.isTemporary(), jars);
        if (statement.isTemporary()) {
            // the others are looked for when they are called first, as in Flink
            check(definition, statement.getFunctionClassName(), session);
        }
        session.functions().define(definition);
        return new StatementResult.Done("Function " + name + " has been created.");
    }

    private static void check(Definition definition, SqlNode place, SessionContext session) {
        try {
            session.functions().function(definition);
        } catch (SqlError e) {
            throw e.at(place.getParserPosition());
        }
    }

    private static void checkLanguage(String language, SqlParserPos place) {
        if (language != null && !language.equalsIgnoreCase("JAVA") && !language.equalsIgnoreCase("SCALA")) {
            throw SqlError.unsupported("functions are written in JAVA and not in " + language, place);
        }
    }

    static StatementResult alter(SqlAlterFunction statement, SessionContext session) {
        SqlParserPos place = statement.getParserPosition();
        String name = name(statement.getFunctionIdentifier(), place, session);
        Optional<Definition> old = existing(name, statement.isIfExists(), statement.isTemporary(), place, session);
        checkLanguage(statement.getFunctionLanguage(), place);
        if (old.isEmpty()) {
            return new StatementResult.Done("There was no function " + name + ".");
        }
        session.functions().define(new Definition(name, statement.getFunctionClassName().getValueAs(String.class), old.get().isTemporary(),
                old.get().jars()));
        return new StatementResult.Done("Function " + name + " has been altered.");
    }

    static StatementResult drop(SqlDropFunction statement, SessionContext session) {
        SqlParserPos place = statement.getParserPosition();
        String name = name(statement.getFunctionIdentifier(), place, session);
        if (existing(name, statement.getIfExists(), statement.isTemporary(), place, session).isEmpty()) {
            return new StatementResult.Done("There was no function " + name + ".");
        }
        session.functions().drop(name);
        return new StatementResult.Done("Function " + name + " has been dropped.");
    }

    private static Optional<Definition> existing(String name, boolean ifExists, boolean temporary, SqlParserPos place, SessionContext session) {
        if (session.isBuiltIn(name)) {
            throw SqlError.invalid("function " + name + " is built in and can't be altered or dropped", place);
        }
        Optional<Definition> found = session.functions().definition(name);
        if (found.isPresent() && found.get().isTemporary() != temporary) {
            throw SqlError.invalid("function " + name + " is " + (temporary ? "not temporary: leave out TEMPORARY" : "temporary: say TEMPORARY FUNCTION"),
                    place);
        }
        if (found.isEmpty() && !ifExists) {
            throw SqlError.invalid("there is no function " + name + "; SHOW FUNCTIONS lists those that are there", place);
        }
        return found;
    }

    static StatementResult addJar(SqlAddJar statement, SessionContext session) {
        FunctionJar jar = jar(statement.getPath(), statement.getParserPosition(), session);
        session.functions().jars().put(jar.path().toString(), jar);
        return new StatementResult.Done("The classes of " + jar.path() + " can be used.");
    }

    static StatementResult removeJar(SqlRemoveJar statement, SessionContext session) {
        String path = session.directory().resolve(statement.getPath()).toAbsolutePath().normalize().toString();
        if (session.functions().jars().remove(path) == null) {
            throw SqlError.invalid("no jar " + path + " was added", statement.getParserPosition());
        }
        return new StatementResult.Done("The classes of " + path + " are no longer used.");
    }

    private static FunctionJar jar(String path, SqlParserPos place, SessionContext session) {
        return session.functions().jar(session.directory().resolve(path.replaceFirst("^file:(//)?", "")).toAbsolutePath().normalize(), place);
    }

    /** The last part of a name, whose catalog and database must be there. */
    private static String name(String[] identifier, SqlParserPos place, SessionContext session) {
        session.catalog().resolve(new SqlIdentifier(Arrays.asList(identifier), place));
        return identifier[identifier.length - 1];
    }
}
