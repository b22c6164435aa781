package creek.sql.internal.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/**
 * Operators by name, whatever the case. Unlike Calcite's table of a list it finds functions with a syntax of their own, such as COUNT and CAST,
 * where a function is looked up. Immutable.
 */
public final class OperatorIndex implements SqlOperatorTable {
    private final List<SqlOperator> all = new ArrayList<>();
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    public OperatorIndex(SqlOperatorTable... tables) {
        for (SqlOperatorTable table : tables) {
            for (SqlOperator operator : table.getOperatorList()) {
                all.add(operator);
                byName.computeIfAbsent(key(operator.getName()), name -> new ArrayList<>()).add(operator);
            }
        }
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public void lookupOperatorOverloads(SqlIdentifier name, SqlFunctionCategory category, SqlSyntax syntax, List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(key(name.getSimple()), List.of())) {
            boolean isFunction = syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction;
            if ((isFunction || operator.getSyntax().family == syntax.family) && !found.contains(operator)) {
                found.add(operator);
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return all;
    }
}
