package creek.core.function;

import creek.core.data.Row;
import java.util.Arrays;
import java.util.List;

/** Order and equality where Java's operators and methods are not SQL's. */
public final class Comparisons {
    private Comparisons() {
    }

    public static boolean equal(byte[] a, byte[] b) {
        return Arrays.equals(a, b);
    }

    public static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /** False is before true. */
    public static int compare(boolean a, boolean b) {
        return Boolean.compare(a, b);
    }

    /** The second number if it is greater by {@code >}, otherwise the first, without a branch that the usual numbers decide. */
    public static double greater(double first, double second) {
        double greater = Math.max(first, second);
        // Math.max goes other ways with what is not a number and with the two zeros
        return greater < 0 || greater > 0 ? greater : second > first ? second : first;
    }

    /** The second number if it is less by {@code <}, otherwise the first, as {@link #greater}. */
    public static double lesser(double first, double second) {
        double lesser = Math.min(first, second);
        return lesser < 0 || lesser > 0 ? lesser : second < first ? second : first;
    }

    /** Equality of boxed values, nulls included. */
    static boolean same(Object a, Object b) {
        return a == null ? b == null : a instanceof byte[] bytes ? b instanceof byte[] other && Arrays.equals(bytes, other) : a.equals(b);
    }

    /** Order of boxed values of one type, none of them null. */
    @SuppressWarnings("unchecked")
    static int compareBoxed(Object a, Object b) {
        if (a instanceof byte[] bytes) {
            return compare(bytes, (byte[]) b);
        }
        if (a instanceof Row || a instanceof List) {
            throw new IllegalArgumentException("values of type ROW and ARRAY have no order");
        }
        return ((Comparable<Object>) a).compareTo(b);
    }
}
