package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The functions that make windows: TUMBLE, HOP, CUMULATE and SESSION as table functions, and what goes with them. */
public final class WindowFunctions {
    /** What the name of a function begins with that stands for an older {@code GROUP BY TUMBLE(...)}. */
    public static final String GROUP = "$GROUP_";

    /** What the names of such a function's columns begin with, so that none of the input's is meant. */
    static final String GROUP_COLUMN = "$";

    /** Only what is not in the function catalogue. */
    public static final SqlOperatorTable TABLE = SqlOperatorTables.of(
            new WindowTableFunction("TUMBLE", "DATA", "TIMECOL", "SIZE", "OFFSET"),
            new WindowTableFunction("HOP", "DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            new WindowTableFunction("CUMULATE", "DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
            new WindowTableFunction("SESSION", "DATA", "TIMECOL", "GAP", WindowTableFunction.PARTITION),
            new WindowTableFunction(GROUP + "TUMBLE", "DATA", "TIMECOL", "SIZE", "OFFSET"),
            new WindowTableFunction(GROUP + "HOP", "DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            new WindowTableFunction(GROUP + "SESSION", "DATA", "TIMECOL", "GAP", WindowTableFunction.PARTITION));

    private WindowFunctions() {
    }
}
