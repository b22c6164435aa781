package creek.sql.internal.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;

import org.apache.calcite.sql.util.SqlOperatorTables;

/** All built-in functions and operators. A family a class: to add a function, add an entry to its family's list. */
public final class FunctionCatalogue {
    public static final FunctionCatalogue INSTANCE = new FunctionCatalogue();

    private final List<FunctionDefinition> definitions = new ArrayList<>();
    private final Map<String, FunctionDefinition> implemented = new HashMap<>();
    private final SqlOperatorTable operators;

    private FunctionCatalogue() {
        definitions.addAll(LanguageOperators.DEFINITIONS);
        definitions.addAll(ArithmeticFunctions.DEFINITIONS);
        definitions.addAll(StringFunctions.DEFINITIONS);
        definitions.addAll(PatternFunctions.DEFINITIONS);
        definitions.addAll(ConversionFunctions.DEFINITIONS);
        definitions.addAll(TemporalFunctions.DEFINITIONS);
        definitions.addAll(CollectionFunctions.DEFINITIONS);
        definitions.addAll(ObjectFunctions.DEFINITIONS);
        definitions.addAll(JsonFunctions.DEFINITIONS);
        definitions.addAll(SystemFunctions.DEFINITIONS);
        definitions.addAll(MatchFunctions.DEFINITIONS);
        List<SqlOperator> table = new ArrayList<>(LanguageOperators.SYNTAX);
        table.addAll(MatchFunctions.SYNTAX);
        for (FunctionDefinition definition : definitions) {
            table.add(definition.operator());
            if (definition.implementation() != null) {
                implemented.putIfAbsent(key(definition.operator()), definition);
            }
        }
        operators = SqlOperatorTables.of(table);
        definitions.addAll(AggregateDefinitions.DEFINITIONS);
    }

    /** All definitions, family by family. */
    public List<FunctionDefinition> definitions() {
        return List.copyOf(definitions);
    }

    /** The definitions of that name, in whatever case. */
    public List<FunctionDefinition> named(String name) {
        return definitions.stream().filter(definition -> definition.name().equalsIgnoreCase(name)).toList();
    }

    /** The definition that has the implementation of calls to an operator. */
    public Optional<FunctionDefinition> find(SqlOperator operator) {
        return Optional.ofNullable(implemented.get(key(operator)));
    }

    /** What the validator looks names up in: scalar functions and operators, without aggregates and table functions. */
    public SqlOperatorTable operatorTable() {
        return operators;
    }

    private static String key(SqlOperator operator) {
        return operator.getKind() == SqlKind.SAFE_CAST ? "TRY_CAST" : operator.getName().toUpperCase(Locale.ROOT);
    }
}
