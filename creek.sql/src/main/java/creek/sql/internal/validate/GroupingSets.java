package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** Counts the groupings that GROUP BY asks for: each CUBE doubles them with each of its columns, and every one costs a row per row. */
final class GroupingSets {
    private static final int MOST = 512;

    private GroupingSets() {
    }

    /** @throws SqlError if the query groups in too many ways */
    static void check(SqlNode node) {
        if (node instanceof SqlSelect select && select.getGroup() != null && product(select.getGroup().getList()) > MOST) {
            throw SqlError.unsupported("GROUP BY asks for more than " + MOST + " groupings; name those that are wanted: GROUPING SETS ((a, b), (a))",
                    select.getGroup().getParserPosition());
        }
    }

    private static double product(List<SqlNode> items) {
        return items.stream().mapToDouble(GroupingSets::count).reduce(1, (left, right) -> left * right);
    }

    private static double count(SqlNode item) {
        if (item == null) {
            return 1;
        }
        return switch (item.getKind()) {
            case CUBE -> Math.pow(2, operands(item).size());
            case ROLLUP -> operands(item).size() + 1;
            case GROUPING_SETS -> operands(item).stream().mapToDouble(GroupingSets::count).sum();
            default -> 1;
        };
    }

    private static List<SqlNode> operands(SqlNode item) {
        return ((SqlCall) item).getOperandList();
    }
}
