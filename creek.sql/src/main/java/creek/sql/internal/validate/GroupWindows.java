package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;

/**
 * Brings the older {@code GROUP BY TUMBLE(time, interval)}, HOP and SESSION into the form of window table functions: the rows grouped come from
 * the function, {@code TUMBLE_START(…)} is its {@code window_start}, {@code TUMBLE_ROWTIME(…)} its {@code window_time}.
 */
final class GroupWindows {
    private static final String START = WindowFunctions.GROUP_COLUMN + "window_start";
    private static final String END = WindowFunctions.GROUP_COLUMN + "window_end";
    private static final String TIME = WindowFunctions.GROUP_COLUMN + "window_time";
    private static final List<String> WINDOW_COLUMNS = List.of(START, END, TIME);

    private GroupWindows() {
    }

    /** Rewrites the node in place, if it is a SELECT that groups by a window. */
    static void rewrite(SqlNode node) {
        if (!(node instanceof SqlSelect select) || select.getGroup() == null) {
            return;
        }
        SqlCall window = null;
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode group : select.getGroup()) {
            if (group.getKind() == SqlKind.TUMBLE || group.getKind() == SqlKind.HOP || group.getKind() == SqlKind.SESSION) {
                if (window != null) {
                    throw SqlError.invalid("only one window function can be grouped by", group.getParserPosition());
                }
                window = (SqlCall) group;
            } else {
                keys.add(group);
            }
        }
        if (window == null) {
            return;
        }
        SqlParserPos place = window.getParserPosition();
        if (window.operandCount() > (window.getKind() == SqlKind.HOP ? 3 : 2)) {
            throw SqlError.unsupported(window.getKind() + " window with alignment is not supported yet; use the table function "
                    + window.getKind() + ", which takes an offset", place);
        }
        // the keys of a session must be columns of its input
        List<SqlNode> computed = window.getKind() != SqlKind.SESSION ? List.of()
                : keys.stream().filter(key -> !(key instanceof SqlIdentifier)).toList();
        Columns columns = new Columns(window, computed);
        select.setSelectList(columns.items(select.getSelectList()));
        if (select.getHaving() != null) {
            select.setHaving(select.getHaving().accept(columns));
        }
        keys.replaceAll(key -> key.accept(columns));
        select.setFrom(source(select.getFrom(), window, keys, computed));
        WINDOW_COLUMNS.forEach(column -> keys.add(new SqlIdentifier(column, place)));
        select.setGroupBy(new SqlNodeList(keys, select.getGroup().getParserPosition()));
    }

    private static SqlNode source(SqlNode from, SqlCall window, List<SqlNode> keys, List<SqlNode> computed) {
        SqlParserPos place = window.getParserPosition();
        SqlIdentifier alias = null;
        SqlNode table = from;
        if (from.getKind() == SqlKind.AS) {
            table = ((SqlCall) from).operand(0);
            alias = ((SqlCall) from).operandCount() == 2 ? ((SqlCall) from).operand(1) : null;
        }
        if (table instanceof SqlIdentifier name && computed.isEmpty()) {
            alias = alias != null ? alias : new SqlIdentifier(name.names.get(name.names.size() - 1), place);
            table = SqlStdOperatorTable.EXPLICIT_TABLE.createCall(place, table);
        } else {
            if (alias == null && table instanceof SqlIdentifier name) {
                alias = new SqlIdentifier(name.names.get(name.names.size() - 1), place);
            }
            SqlNodeList items = SqlNodeList.of(SqlIdentifier.star(place));
            for (int i = 0; i < computed.size(); i++) {
                items.add(SqlStdOperatorTable.AS.createCall(place, computed.get(i), new SqlIdentifier(computedName(i), place)));
            }
            table = new SqlSelect(place, null, items, from, null, null, null, null, null, null, null, null, null);
        }
        List<SqlNode> operands = new ArrayList<>(List.of(table, descriptor(List.of(window.operand(0)), window, place)));
        operands.addAll(window.getOperandList().subList(1, window.operandCount()));
        if (window.getKind() == SqlKind.SESSION && !keys.isEmpty()) {
            operands.add(descriptor(keys, window, place));
        }
        SqlNode call = new SqlUnresolvedFunction(new SqlIdentifier(WindowFunctions.GROUP + window.getKind().name(), place), null, null, null, null,
                SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION).createCall(place, operands);
        SqlNode windowed = SqlStdOperatorTable.COLLECTION_TABLE.createCall(place, call);
        return alias == null ? windowed : SqlStdOperatorTable.AS.createCall(place, windowed, alias);
    }

    private static String computedName(int number) {
        return "$group" + number;
    }

    private static SqlNode descriptor(List<SqlNode> nodes, SqlCall window, SqlParserPos place) {
        List<SqlNode> names = new ArrayList<>();
        for (SqlNode node : nodes) {
            if (!(node instanceof SqlIdentifier name)) {
                throw SqlError.unsupported(window.getKind() + " takes columns, not expressions: compute them in a subquery", node.getParserPosition());
            }
            names.add(new SqlIdentifier(name.names.get(name.names.size() - 1), name.getParserPosition()));
        }
        return SqlStdOperatorTable.DESCRIPTOR.createCall(place, names);
    }

    /** Replaces {@code TUMBLE_START(…)} and its kin, with the window's own arguments, and keys that are computed by columns. */
    private static final class Columns extends SqlShuttle {
        private final SqlCall window;
        private final List<SqlNode> computed;

        Columns(SqlCall window, List<SqlNode> computed) {
            this.window = window;
            this.computed = computed;
        }

        /** The items of a SELECT under the names that they had. */
        SqlNodeList items(SqlNodeList items) {
            List<SqlNode> rewritten = new ArrayList<>();
            for (SqlNode item : items) {
                SqlNode better = item.accept(this);
                rewritten.add(better == item || better.getKind() == SqlKind.AS || !(better instanceof SqlIdentifier) ? better
                        : SqlStdOperatorTable.AS.createCall(item.getParserPosition(), better,
                                new SqlIdentifier("EXPR$" + rewritten.size(), item.getParserPosition())));
            }
            return new SqlNodeList(rewritten, items.getParserPosition());
        }

        @Override
        public SqlNode visit(SqlCall call) {
            for (int i = 0; i < computed.size(); i++) {
                if (call.equalsDeep(computed.get(i), Litmus.IGNORE)) {
                    return new SqlIdentifier(computedName(i), call.getParserPosition());
                }
            }
            String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
            String prefix = window.getKind().name() + "_";
            if (!(call instanceof SqlBasicCall) || !name.startsWith(prefix) || call.operandCount() != window.operandCount()) {
                return super.visit(call);
            }
            for (int i = 0; i < call.operandCount(); i++) {
                if (!call.operand(i).equalsDeep(window.operand(i), Litmus.IGNORE)) {
                    throw SqlError.invalid(name + " must have the arguments of the " + window.getKind() + " that is grouped by",
                            call.getParserPosition());
                }
            }
            return switch (name.substring(prefix.length())) {
                case "START" -> new SqlIdentifier(START, call.getParserPosition());
                case "END" -> new SqlIdentifier(END, call.getParserPosition());
                case "ROWTIME", "PROCTIME" -> new SqlIdentifier(TIME, call.getParserPosition());
                default -> super.visit(call);
            };
        }
    }
}
