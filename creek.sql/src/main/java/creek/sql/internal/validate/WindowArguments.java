package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Checks the named arguments of window functions, as in {@code TUMBLE(DATA => TABLE t, …)}, before they are brought into their order. */
final class WindowArguments {
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "TUMBLE", List.of("DATA", "TIMECOL", "SIZE", "OFFSET"),
            "HOP", List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            "CUMULATE", List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
            "SESSION", List.of("DATA", "TIMECOL", "GAP"));

    private WindowArguments() {
    }

    /** Whether that is a call of a window function. */
    static boolean isWindow(SqlCall call) {
        return call.getOperator() instanceof SqlFunction && PARAMETERS.containsKey(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    static void check(SqlNode node) {
        if (!(node instanceof SqlCall call) || !isWindow(call)) {
            return;
        }
        List<String> parameters = PARAMETERS.get(call.getOperator().getName().toUpperCase(Locale.ROOT));
        int named = 0;
        for (SqlNode operand : call.getOperandList()) {
            if (operand != null && operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                named++;
                String name = ((SqlIdentifier) ((SqlCall) operand).operand(1)).getSimple();
                if (!parameters.contains(name)) {
                    throw SqlError.invalid(call.getOperator().getName() + " has no parameter " + name + "; it has " + String.join(", ", parameters),
                            operand.getParserPosition());
                }
            }
        }
        if (named > 0 && named < call.operandCount()) {
            throw SqlError.invalid("either all arguments of " + call.getOperator().getName() + " are named or none", call.getParserPosition());
        }
    }
}
