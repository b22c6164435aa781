package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import creek.sql.internal.validate.GroupWindowFunction.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Util;

/**
 * The older {@code GROUP BY TUMBLE(time, interval)}, HOP and SESSION: grouped is by start and end of the window, as {@link GroupWindowFunction}s
 * of the same arguments, and {@code TUMBLE_START(…)} and its kin are these functions.
 */
final class GroupWindows {
    private static final Set<SqlKind> WINDOWS = EnumSet.of(SqlKind.TUMBLE, SqlKind.HOP, SqlKind.SESSION);
    private static final Set<SqlKind> GROUPINGS = EnumSet.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS);

    private GroupWindows() {
    }

    /** Rewrites the node in place, if it is a SELECT that groups by a window, or one with an ORDER BY. */
    static void rewrite(SqlNode node) {
        if (node instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
            rewrite(select, ordered.orderList);
        } else if (node instanceof SqlSelect select) {
            rewrite(select, SqlNodeList.EMPTY);
        }
    }

    private static void rewrite(SqlSelect select, SqlNodeList order) {
        if (select.getGroup() == null) {
            return;
        }
        SqlCall window = null;
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode group : select.getGroup()) {
            if (!WINDOWS.contains(group.getKind())) {
                keys.add(group);
            } else if (window == null) {
                window = (SqlCall) group;
            } else if (group.getKind() != window.getKind() || !isSame((SqlCall) group, window)) {
                throw SqlError.invalid("Only a single window group function may be used in GROUP BY", group.getParserPosition());
            }
        }
        if (window == null) {
            return;
        }
        check(window, keys);
        Columns columns = new Columns(window);
        select.setSelectList((SqlNodeList) select.getSelectList().accept(columns));
        if (select.getHaving() != null) {
            select.setHaving(select.getHaving().accept(columns));
        }
        for (int i = 0; i < order.size(); i++) {
            order.set(i, order.get(i).accept(columns));
        }
        for (Column column : columns.used) {
            keys.add(columns.call(column, window.getParserPosition()));
        }
        select.setGroupBy(new SqlNodeList(keys, select.getGroup().getParserPosition()));
    }

    private static void check(SqlCall window, List<SqlNode> keys) {
        if (window.operandCount() > (window.getKind() == SqlKind.HOP ? 3 : 2)) {
            throw SqlError.unsupported(window.getKind() + " window with alignment is not supported yet; use the table function "
                    + window.getKind() + ", which takes an offset", window.getParserPosition());
        }
        for (SqlNode key : keys) {
            if (GROUPINGS.contains(key.getKind())) {
                throw SqlError.unsupported(key.getKind().sql + " does not go with GROUP BY " + window.getKind() + "; use the table function "
                        + window.getKind(), key.getParserPosition());
            }
        }
    }

    /** Whether calls have the same arguments; a column is the same with and without its table. */
    private static boolean isSame(SqlCall one, SqlCall other) {
        boolean same = one.operandCount() == other.operandCount();
        for (int i = 0; same && i < other.operandCount(); i++) {
            SqlNode left = one.operand(i);
            SqlNode right = other.operand(i);
            same = left instanceof SqlIdentifier name && right instanceof SqlIdentifier column
                    ? Util.last(name.names).equals(Util.last(column.names)) : left.equalsDeep(right, Litmus.IGNORE);
        }
        return same;
    }

    /** Replaces {@code TUMBLE_START(…)} and its kin, with the window's own arguments. */
    private static final class Columns extends SqlShuttle {
        private final SqlCall window;
        /** Which columns of the window the rows are grouped by; start and end in any case. */
        private final Set<Column> used = EnumSet.of(Column.START, Column.END);

        Columns(SqlCall window) {
            this.window = window;
        }

        SqlNode call(Column column, SqlParserPos place) {
            return GroupWindowFunction.of(window.getKind(), column).createCall(place, window.getOperandList());
        }

        @Override
        public SqlNode visit(SqlCall call) {
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            String prefix = window.getKind().name() + "_";
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (!(call instanceof SqlBasicCall) || !name.startsWith(prefix) || call.operandCount() != window.operandCount()) {
                return super.visit(call);
            }
            for (Column column : Column.values()) {
                if (name.equals(prefix + column)) {
                    if (!isSame(call, window)) {
                        throw SqlError.invalid("Call to auxiliary group function '" + name + "' must have matching call to group function '"
                                + window.getKind() + "' in GROUP BY clause", call.getParserPosition());
                    }
                    used.add(column);
                    return call(column, call.getParserPosition());
                }
            }
            return super.visit(call);
        }
    }
}
