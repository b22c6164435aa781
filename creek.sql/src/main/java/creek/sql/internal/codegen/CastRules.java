package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;

/** Which explicit casts there are. */
public final class CastRules {
    private CastRules() {
    }

    /** Whether values of the one type can be cast to the other at all; single values may still fail. */
    public static boolean isPossible(DataType from, DataType to) {
        if (from.root() == TypeRoot.NULL || from.nullable(true).equals(to.nullable(true))) {
            return true;
        }
        return switch (to.root()) {
            case CHAR, VARCHAR -> from.root() != TypeRoot.VARIANT;
            case BOOLEAN -> from.isString() || from.root() == TypeRoot.BOOLEAN || JavaTypes.isNumeric(from);
            case BINARY, VARBINARY -> from.isString() || JavaTypes.isBytes(from);
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL -> from.isString() || from.root() == TypeRoot.BOOLEAN
                    || JavaTypes.isNumeric(from);
            case DATE -> from.isString() || from.root() == TypeRoot.DATE || from.isTimestamp();
            case TIME_WITHOUT_TIME_ZONE -> from.isString() || from.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE || from.isTimestamp();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> from.isString() || from.isTimestamp()
                    || from.root() == TypeRoot.DATE || from.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> from.root() == to.root() || JavaTypes.isInteger(from)
                    || from.root() == TypeRoot.DECIMAL;
            case ARRAY, MAP, MULTISET -> from.root() == to.root() && areElementsPossible(from, to);
            case ROW, STRUCTURED_TYPE -> from.isRow() && areElementsPossible(from, to);
            case VARIANT, NULL -> false;
        };
    }

    private static boolean areElementsPossible(DataType from, DataType to) {
        if (from.children().size() != to.children().size()) {
            return false;
        }
        for (int i = 0; i < from.children().size(); i++) {
            DataType element = from.children().get(i);
            DataType target = to.children().get(i);
            // Flink refuses DECIMAL, FLOAT and DOUBLE to BOOLEAN here, unlike on their own
            if (!isPossible(element, target) || target.root() == TypeRoot.BOOLEAN && JavaTypes.isNumeric(element) && !JavaTypes.isInteger(element)) {
                return false;
            }
        }
        return true;
    }
}
