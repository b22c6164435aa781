package creek.sql.internal.statement;

import creek.sql.StatementResult;
import creek.sql.internal.SqlError;
import creek.sql.internal.function.Category;
import creek.sql.internal.function.FunctionCatalogue;
import creek.sql.internal.function.FunctionDefinition;
import creek.sql.internal.udf.UserFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.sql.parser.dql.SqlRichDescribeFunction;

/** {@code DESCRIBE FUNCTION name}: how it is written and what it does. */
final class DescribeFunction implements Handler<SqlRichDescribeFunction> {
    private static final List<String> COLUMNS = List.of("info name", "info value");

    @Override
    public StatementResult execute(SqlRichDescribeFunction statement, SessionContext session) {
        String[] path = statement.fullFunctionName();
        String name = path[path.length - 1];
        List<List<String>> rows = new ArrayList<>();
        for (FunctionDefinition definition : FunctionCatalogue.INSTANCE.named(name)) {
            rows.add(List.of("is system function", "true"));
            rows.add(List.of("is temporary", "false"));
            if (statement.isExtended()) {
                rows.add(List.of("kind", definition.category() == Category.AGGREGATE ? "AGGREGATE" : "SCALAR"));
                rows.add(List.of("requirements", "[]"));
                rows.add(List.of("is deterministic", String.valueOf(definition.operator().isDeterministic())));
            }
            rows.add(List.of("signature", definition.signature()));
            rows.add(List.of("description", definition.description()));
            rows.add(List.of("category", definition.category().title()));
        }
        session.functions().definition(name).ifPresent(definition -> {
            rows.add(List.of("is system function", "false"));
            rows.add(List.of("is temporary", String.valueOf(definition.isTemporary())));
            rows.add(List.of("class name", definition.className()));
            rows.add(List.of("function language", "JAVA"));
            rows.add(List.of("resource uris", definition.jars().stream().map(jar -> jar.path().toString()).toList().toString()));
            if (statement.isExtended()) {
                UserFunction function = session.functions().function(definition);
                rows.add(List.of("kind", function.kind()));
                rows.add(List.of("is deterministic", String.valueOf(function.isDeterministic())));
                rows.add(List.of("signature", function.signatures()));
            }
        });
        if (rows.isEmpty()) {
            throw SqlError.invalid("there is no function " + name + "; SHOW FUNCTIONS lists those there are", statement.getParserPosition());
        }
        return new StatementResult.Texts(COLUMNS, rows);
    }
}
