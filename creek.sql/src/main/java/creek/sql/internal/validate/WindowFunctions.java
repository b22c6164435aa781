package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The functions that make windows: TUMBLE, HOP, CUMULATE and SESSION as table functions, and what goes with them. */
public final class WindowFunctions {
    /** Only what is not in the function catalogue. */
    public static final SqlOperatorTable TABLE = SqlOperatorTables.chain(SqlOperatorTables.of(
            new WindowTableFunction("TUMBLE", "DATA", "TIMECOL", "SIZE", "OFFSET"),
            new WindowTableFunction("HOP", "DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            new WindowTableFunction("CUMULATE", "DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
            new WindowTableFunction("SESSION", "DATA", "TIMECOL", "GAP", WindowTableFunction.PARTITION)),
            SqlOperatorTables.of(GroupWindowFunction.ALL));

    private WindowFunctions() {
    }
}
