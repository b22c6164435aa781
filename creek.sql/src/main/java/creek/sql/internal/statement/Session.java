package creek.sql.internal.statement;

import creek.core.connector.ConnectorRegistry;
import creek.core.option.OptionException;
import creek.sql.CompiledJob;
import creek.sql.SqlException.Category;
import creek.sql.SqlException;
import creek.sql.SqlSession;
import creek.sql.Statement;
import creek.sql.StatementResult;
import creek.sql.internal.OptionError;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.parse.StatementParser;
import creek.sql.internal.parse.StatementSplitter;
import creek.sql.internal.physical.PhysicalPlanner.Insert;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A session: parses statements, executes them, and turns what is wrong with them into exceptions with places in the script. */
public final class Session implements SqlSession {
    /** The connector of a script's only query. */
    private static final String PRINT = "print";

    private final SessionContext context;

    /** @param directory what relative paths of jars are relative to */
    public Session(ConnectorRegistry registry, Path directory) {
        this.context = new SessionContext(registry, directory);
    }

    @Override
    public List<Statement> split(String script) {
        return StatementSplitter.split(script);
    }

    @Override
    public StatementResult execute(Statement statement) throws SqlException {
        return placed(statement, () -> Statements.execute(StatementParser.parse(statement.text()), context));
    }

    @Override
    public CompiledJob compile(String script, String jobName) throws SqlException {
        Statement lastQuery = null;
        context.pendingInserts().take();
        for (Statement statement : split(script)) {
            SqlNode parsed = placed(statement, () -> StatementParser.parse(statement.text()));
            if (isQuery(parsed)) {
                // even if it is not the job, it must be right
                lastQuery = statement;
                placed(statement, () -> Query.plan(parsed, context, PRINT));
            } else {
                placed(statement, () -> ScriptStatements.execute(parsed, context));
            }
        }
        List<Insert> inserts = context.pendingInserts().take();
        if (inserts.isEmpty() && lastQuery == null) {
            throw new SqlException(Category.VALIDATION, "the script has neither an INSERT INTO nor a query, so there is nothing to run", 0, 0, null);
        }
        String name = context.settings().getOrDefault(JobCompiler.JOB_NAME, jobName);
        if (!inserts.isEmpty()) {
            return placed(new Statement("", 0, 0), () -> new JobCompiler(context).compile(inserts, name, script));
        }
        Statement query = lastQuery;
        return placed(query, () -> {
            Query.Planned planned = Query.plan(StatementParser.parse(query.text()), context, PRINT);
            return new JobCompiler(context).withPrintedResult(planned.schema()).compile(List.of(planned.insert()), name, script);
        });
    }

    private static boolean isQuery(SqlNode statement) {
        return statement.isA(SqlKind.QUERY) || statement instanceof SqlOrderBy;
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(context.settings().get(key));
    }

    private interface Step<T> {
        T run();
    }

    /** Runs a step of that statement; what is wrong gets a place in the script. */
    private <T> T placed(Statement statement, Step<T> step) throws SqlException {
        context.setStatement(statement);
        try {
            return step.run();
        } catch (SqlError e) {
            refuseDeepNesting(e, statement);
            if (e.statement() != null) {
                context.setStatement(e.statement());
            }
            SqlParserPos position = e.position() == null || e.position().getLineNum() < 1
                    ? GuiltyPart.find(context.statement().text(), e.about()).orElse(new SqlParserPos(1, 1)) : e.position();
            TableOptionTexts.Place place = context.statement().line() == 0 ? new TableOptionTexts.Place(0, 0) : context.place(position);
            throw new SqlException(e.category(), e.getMessage(), place.line(), place.column(), e);
        } catch (OptionError e) {
            // an option that a hint gives has no place of its own
            TableOptionTexts.Place place = e.place().line() > 0 ? e.place() : GuiltyPart.find(statement.text(), Set.of(SqlKind.HINT))
                    .map(context::place).orElse(new TableOptionTexts.Place(statement.line(), statement.column()));
            throw new SqlException(Category.VALIDATION, e.getMessage(), place.line(), place.column(), e);
        } catch (OptionException e) {
            // a setting, which has no place
            throw new SqlException(Category.VALIDATION, e.getMessage(), statement.line(), statement.column(), e);
        } catch (StackOverflowError e) {
            throw tooDeep(statement, e);
        } catch (IllegalArgumentException e) {
            // a constant argument that its function refuses, such as a JSON path
            throw new SqlException(Category.VALIDATION, String.valueOf(e.getMessage()), statement.line(), statement.column(), e);
        } catch (RuntimeException | LinkageError e) {
            refuseDeepNesting(e, statement);
            throw new SqlException(Category.UNSUPPORTED, "Creek can't plan this statement, which is a fault of its own: " + e,
                    statement.line(), statement.column(), e);
        }
    }

    /** Parser and validator hand on what they catch as if it were a mistake in the statement. */
    private static void refuseDeepNesting(Throwable error, Statement statement) throws SqlException {
        for (Throwable each = error.getCause(); each != null; each = each.getCause()) {
            if (each instanceof StackOverflowError overflow) {
                throw tooDeep(statement, overflow);
            }
        }
    }

    private static SqlException tooDeep(Statement statement, StackOverflowError e) {
        return new SqlException(Category.UNSUPPORTED, "the statement is too long, or nested too deeply", statement.line(), statement.column(), e);
    }
}
