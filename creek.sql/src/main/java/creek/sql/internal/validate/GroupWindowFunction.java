package creek.sql.internal.validate;

import creek.sql.internal.type.TimeAttributeType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** A column of the window in an older {@code GROUP BY TUMBLE(time, interval)}, of the same arguments. Rows are grouped by such columns. */
public final class GroupWindowFunction extends SqlFunction {
    /** What a window has. */
    public enum Column { START, END, ROWTIME, PROCTIME }

    private static final SqlKind[] WINDOWS = {SqlKind.TUMBLE, SqlKind.HOP, SqlKind.SESSION};
    /** All of them, the columns of a window in their order. */
    static final SqlOperator[] ALL = new SqlOperator[WINDOWS.length * Column.values().length];

    static {
        int next = 0;
        for (SqlKind window : WINDOWS) {
            for (Column column : Column.values()) {
                ALL[next++] = new GroupWindowFunction(window, column);
            }
        }
    }

    private final SqlKind window;
    private final Column column;

    private GroupWindowFunction(SqlKind window, Column column) {
        super("$GROUP_" + window + "_" + column, SqlKind.OTHER_FUNCTION, type(column), null, OperandTypes.VARIADIC, SqlFunctionCategory.SYSTEM);
        this.window = window;
        this.column = column;
    }

    private static SqlReturnTypeInference type(Column column) {
        return binding -> {
            RelDataTypeFactory types = binding.getTypeFactory();
            return column == Column.START || column == Column.END ? types.createSqlType(SqlTypeName.TIMESTAMP, TimeAttributeType.PRECISION)
                    : types.createTypeWithNullability(binding.getOperandType(0), false);
        };
    }

    static SqlOperator of(SqlKind window, Column column) {
        for (SqlOperator each : ALL) {
            if (((GroupWindowFunction) each).window == window && ((GroupWindowFunction) each).column == column) {
                return each;
            }
        }
        throw new IllegalArgumentException(window.toString());
    }

    /** {@code TUMBLE}, {@code HOP} or {@code SESSION}. */
    public SqlKind window() {
        return window;
    }

    public Column column() {
        return column;
    }
}
