package creek.sql.internal.aggregate;

import creek.core.aggregate.DistinctNumbers;
import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import java.util.List;

/** The table of the distinct values of one column of whole numbers, which some aggregates of an accumulator share: each has a set in it. */
final class SharedNumbers {
    private final String name;
    private final boolean isLong;
    private int sets;

    /** @param number of the first aggregate that it is for */
    SharedNumbers(int number, DataType type) {
        name = "distinct" + number;
        isLong = type.root() == TypeRoot.BIGINT;
    }

    /** Whether the values of such columns can lie in one. */
    static boolean canHold(List<DataType> types) {
        return types.size() == 1 && switch (types.get(0).root()) {
            case INTEGER, BIGINT, DATE -> true;
            default -> false;
        };
    }

    String name() {
        return name;
    }

    boolean isLong() {
        return isLong;
    }

    /** The number of a set for one more aggregate. */
    int newSet() {
        return sets++;
    }

    /** How many there are; final when all aggregates of the accumulator are known. */
    int sets() {
        return sets;
    }

    boolean isFull() {
        return sets == DistinctNumbers.MOST_SETS;
    }
}
