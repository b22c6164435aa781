package creek.sql.internal.aggregate;

import creek.core.aggregate.DistinctNumbers;
import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/** The table of the distinct values of one column of whole numbers, which some aggregates of an accumulator share: each has a set in it. */
final class SharedNumbers {
    private final String name;
    private final boolean isLong;
    /** Of each set the column of a condition for rows, negative for all rows. */
    private final List<Integer> filters = new ArrayList<>();

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

    /** The number of a set for one more aggregate, which takes the rows that have TRUE in a column, or all if that is negative. */
    int newSet(int filter) {
        filters.add(filter);
        return filters.size() - 1;
    }

    /** How many there are; final when all aggregates of the accumulator are known. */
    int sets() {
        return filters.size();
    }

    boolean isFull() {
        return filters.size() == DistinctNumbers.MOST_SETS;
    }

    /** A variable with the bits of the sets where a row's value is new, once that has been {@linkplain #add added}. */
    String added() {
        return name + "Added";
    }

    /** Adds a row's value to all sets that take the row, which looks for it once. */
    String add(String row, int column) {
        int all = 0;
        StringBuilder some = new StringBuilder();
        for (int set = 0; set < filters.size(); set++) {
            int filter = filters.get(set);
            if (filter < 0) {
                all |= 1 << set;
            } else {
                some.append(" | (").append(AccumulatorGenerator.isTrue(row, filter)).append(" ? ").append(1 << set).append(" : 0)");
            }
        }
        return "int " + added() + " = " + name + ".add(" + row + ", " + column + ", " + all + some + ");\n";
    }
}
