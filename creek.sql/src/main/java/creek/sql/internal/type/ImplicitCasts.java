package creek.sql.internal.type;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import java.util.List;
import java.util.Set;

/** What INSERT and functions convert by themselves, as Flink does. Nullability does not count. */
public final class ImplicitCasts {
    private static final List<TypeRoot> NUMBERS = List.of(TypeRoot.TINYINT, TypeRoot.SMALLINT, TypeRoot.INTEGER, TypeRoot.BIGINT,
            TypeRoot.DECIMAL, TypeRoot.FLOAT, TypeRoot.DOUBLE);
    private static final Set<TypeRoot> TIMESTAMPS = Set.of(TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE, TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private ImplicitCasts() {
    }

    public static boolean isAllowed(DataType from, DataType to) {
        if (from.root() == TypeRoot.NULL) {
            return true;
        }
        if (from.root() == to.root()) {
            return areChildrenAllowed(from, to);
        }
        return NUMBERS.contains(from.root()) && NUMBERS.indexOf(from.root()) < NUMBERS.indexOf(to.root())
                || to.root() == TypeRoot.DECIMAL && NUMBERS.contains(from.root())
                || from.root() == TypeRoot.CHAR && to.root() == TypeRoot.VARCHAR
                || from.root() == TypeRoot.BINARY && to.root() == TypeRoot.VARBINARY
                || TIMESTAMPS.contains(from.root()) && TIMESTAMPS.contains(to.root())
                || from.root() == TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                && (to.root() == TypeRoot.DATE || to.root() == TypeRoot.TIME_WITHOUT_TIME_ZONE);
    }

    private static boolean areChildrenAllowed(DataType from, DataType to) {
        if (from.children().size() != to.children().size()) {
            return false;
        }
        for (int i = 0; i < from.children().size(); i++) {
            if (!isAllowed(from.children().get(i), to.children().get(i))) {
                return false;
            }
        }
        return true;
    }
}
