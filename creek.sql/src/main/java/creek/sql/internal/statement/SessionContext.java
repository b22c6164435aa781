package creek.sql.internal.statement;

import creek.core.connector.ConnectorRegistry;
import creek.core.data.DataType;
import creek.sql.Statement;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.Catalog;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.function.Convertlets;
import creek.sql.internal.function.FunctionCatalogue;
import creek.sql.internal.parse.StatementParser;
import creek.sql.internal.physical.LateRowsNode;
import creek.sql.internal.plan.LateColumns;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import creek.sql.internal.udf.SessionFunctions;
import creek.sql.internal.validate.AggregateFunctions;
import creek.sql.internal.validate.Analyzer;
import creek.sql.internal.validate.OperatorIndex;
import creek.sql.internal.validate.WindowFunctions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** What statements change and use: the state of a session. */
final class SessionContext {
    /** Jobs of all sessions run side by side and so have names of their own. */
    private static final AtomicLong JOBS = new AtomicLong();

    private final Catalog catalog = new Catalog();
    private final Map<String, String> settings = new TreeMap<>();
    private final StreamTypeFactory types = new StreamTypeFactory();
    private final SqlOperatorTable builtIn = new OperatorIndex(WindowFunctions.TABLE, AggregateFunctions.TABLE,
            FunctionCatalogue.INSTANCE.operatorTable());
    private final SessionFunctions functions;
    private final SqlOperatorTable operators;
    private final Path directory;
    private final ConnectorRegistry registry;
    private final PendingInserts pendingInserts = new PendingInserts();
    private Statement statement;

    /** @param directory what relative paths of jars are relative to */
    SessionContext(ConnectorRegistry registry, Path directory) {
        this.registry = registry;
        this.directory = directory;
        functions = new SessionFunctions(registry, this::type);
        operators = SqlOperatorTables.chain(builtIn, functions);
    }

    private DataType type(String text) {
        SqlCall cast = (SqlCall) StatementParser.parseExpression("CAST(NULL AS " + text + ")");
        return Types.toDataType(analyzer().toType(cast.operand(1)));
    }

    /** The functions that CREATE FUNCTION makes. */
    SessionFunctions functions() {
        return functions;
    }

    /** What relative paths of jars are relative to. */
    Path directory() {
        return directory;
    }

    Catalog catalog() {
        return catalog;
    }

    Map<String, String> settings() {
        return settings;
    }

    ConnectorRegistry registry() {
        return registry;
    }

    SqlOperatorTable operators() {
        return operators;
    }

    /** The INSERTs that wait for the end of a statement set, or of the script. */
    PendingInserts pendingInserts() {
        return pendingInserts;
    }

    /** The statement that is being executed. */
    Statement statement() {
        return statement;
    }

    void setStatement(Statement newStatement) {
        this.statement = newStatement;
    }

    StreamTypeFactory types() {
        return types;
    }

    /** Whether there is a built-in function of that name, in whatever case. */
    boolean isBuiltIn(String name) {
        return builtIn.getOperatorList().stream().anyMatch(each -> each.getName().equalsIgnoreCase(name));
    }

    /** The names of all functions, sorted. */
    List<String> functionNames() {
        Stream<String> own = Stream.concat(functions.names().stream(), functions.providedNames().stream());
        return Stream.concat(own, builtIn.getOperatorList().stream().map(SqlOperator::getName).filter(name -> Character.isLetter(name.charAt(0)))).distinct()
                .sorted().toList();
    }

    /** The name of the next job of a single statement. */
    String jobName(String kind) {
        return kind + "-" + JOBS.incrementAndGet();
    }

    /** A new analyzer, for one statement. */
    Analyzer analyzer() {
        return new Analyzer(catalog, types, operators, Convertlets.INSTANCE, plannerContext());
    }

    /** A table that is not there is complained about when a job is planned. */
    private Context plannerContext() {
        try {
            return lateTable().map(table -> Contexts.of(new LateColumns(table.insertedColumns().stream().map(TableColumn::name).toList())))
                    .orElse(Contexts.empty());
        } catch (SqlError e) {
            return Contexts.empty();
        }
    }

    /**
     * The table for rows that windows drop because they come too late.
     *
     * @throws SqlError if the setting names one that is not there
     */
    Optional<CatalogTable> lateTable() {
        return Optional.ofNullable(settings.get(LateRowsNode.TABLE.key())).map(name -> tableNamed(name).orElseThrow(() -> SqlError.invalid("there is no table " + name + ", which the setting '" + LateRowsNode.TABLE.key() + "' names")));
    }

    /** The table that an option or a setting names, with dots between the parts of its name. */
    Optional<CatalogTable> tableNamed(String name) {
        return catalog.table(catalog.resolve(new SqlIdentifier(List.of(name.split("\\.")), SqlParserPos.ZERO)));
    }

    /** A position in the statement at hand as a place in the script. */
    TableOptionTexts.Place place(SqlParserPos position) {
        int line = statement.line() + position.getLineNum() - 1;
        int column = position.getColumnNum() + (position.getLineNum() == 1 ? statement.column() - 1 : 0);
        return new TableOptionTexts.Place(line, column);
    }
}
