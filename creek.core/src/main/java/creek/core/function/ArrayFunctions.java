package creek.core.function;

import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions on ARRAY values: lists of boxed internal forms, nulls included. Results share elements with arguments, which never change. */
public final class ArrayFunctions {
    private ArrayFunctions() {
    }

    /** The element at a place, from 1; null where there is none. */
    public static Object item(List<Object> array, int place) {
        return place < 1 || place > array.size() ? null : array.get(place - 1);
    }

    public static int cardinality(List<Object> array) {
        return array.size();
    }

    public static int cardinality(Map<Object, Object> map) {
        return map.size();
    }

    /** The only element; null of an empty array. */
    public static Object element(List<Object> array) {
        if (array.size() > 1) {
            throw new IllegalArgumentException("ELEMENT needs an array of at most one element, but this one has " + array.size());
        }
        return array.isEmpty() ? null : array.get(0);
    }

    /** Takes nulls: an array may contain them. */
    public static Boolean contains(List<Object> array, Object wanted) {
        return array == null ? null : indexOf(array, wanted) >= 0;
    }

    /** Place of the first such element, from 1; 0 if there is none. */
    public static Integer position(List<Object> array, Object wanted) {
        return array == null || wanted == null ? null : Integer.valueOf(indexOf(array, wanted) + 1);
    }

    private static int indexOf(List<Object> array, Object wanted) {
        for (int i = 0; i < array.size(); i++) {
            if (Comparisons.same(array.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** The strings one after the other; nulls are skipped. */
    public static Utf8 join(List<Object> array, Utf8 delimiter) {
        return join(array, delimiter, null);
    }

    /** The strings one after the other, with a replacement for nulls. */
    public static Utf8 join(List<Object> array, Utf8 delimiter, Utf8 nullReplacement) {
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Object element : array) {
            Object shown = element == null ? nullReplacement : element;
            if (shown != null) {
                text.append(first ? "" : delimiter).append(shown);
                first = false;
            }
        }
        return Utf8.of(text.toString());
    }

    public static List<Object> distinct(List<Object> array) {
        return new ArrayList<>(new LinkedHashSet<>(array));
    }

    public static List<Object> reverse(List<Object> array) {
        List<Object> result = new ArrayList<>(array);
        Collections.reverse(result);
        return result;
    }

    /** Ascending, nulls first. */
    public static List<Object> sort(List<Object> array) {
        return sort(array, true);
    }

    /** Ascending with nulls first, or descending with nulls last. */
    public static List<Object> sort(List<Object> array, boolean ascending) {
        return sort(array, ascending, ascending);
    }

    public static List<Object> sort(List<Object> array, boolean ascending, boolean nullsFirst) {
        Comparator<Object> order = ascending ? Comparisons::compareBoxed : Collections.reverseOrder(Comparisons::compareBoxed);
        List<Object> result = new ArrayList<>(array);
        result.sort(nullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order));
        return result;
    }

    /** The least element, nulls aside. */
    public static Object min(List<Object> array) {
        return extreme(array, 1);
    }

    /** The greatest element, nulls aside. */
    public static Object max(List<Object> array) {
        return extreme(array, -1);
    }

    private static Object extreme(List<Object> array, int sign) {
        Object best = null;
        for (Object element : array) {
            if (element != null && (best == null || sign * Comparisons.compareBoxed(element, best) < 0)) {
                best = element;
            }
        }
        return best;
    }

    /** Takes a null element. */
    public static List<Object> append(List<Object> array, Object element) {
        return array == null ? null : with(array, array.size(), element);
    }

    /** Takes a null element. */
    public static List<Object> prepend(List<Object> array, Object element) {
        return array == null ? null : with(array, 0, element);
    }

    private static List<Object> with(List<Object> array, int at, Object element) {
        List<Object> result = new ArrayList<>(array.size() + 1);
        result.addAll(array);
        result.add(at, element instanceof Utf8 text ? text.copy() : element);
        return result;
    }

    /** Without the elements that are equal to one; takes null for one. */
    public static List<Object> remove(List<Object> array, Object unwanted) {
        if (array == null) {
            return null;
        }
        List<Object> result = new ArrayList<>(array);
        result.removeIf(element -> Comparisons.same(element, unwanted));
        return result;
    }

    /** From a place to the end; negative places count from the end. */
    public static List<Object> slice(List<Object> array, int start) {
        return slice(array, start, array.size());
    }

    /** From a place to a place, both included; negative places count from the end, place 0, and the one before the first, is place 1. */
    public static List<Object> slice(List<Object> array, int start, int end) {
        int from = Math.max(place(array, start), 1);
        int last = place(array, end);
        int to = last == 0 ? 1 : Math.min(last, array.size());
        return from > to || array.isEmpty() ? List.of() : new ArrayList<>(array.subList(from - 1, to));
    }

    private static int place(List<Object> array, int place) {
        return place < 0 ? array.size() + place + 1 : place == 0 ? 1 : place;
    }

    /** All arrays one after the other. */
    @SafeVarargs
    public static List<Object> concat(List<Object>... arrays) {
        List<Object> result = new ArrayList<>();
        for (List<Object> array : arrays) {
            result.addAll(array);
        }
        return result;
    }

    /** Elements of either array, without duplicates. */
    public static List<Object> union(List<Object> a, List<Object> b) {
        Set<Object> result = new LinkedHashSet<>(a);
        result.addAll(b);
        return new ArrayList<>(result);
    }

    /** Elements of the first array that are not in the second one. */
    public static List<Object> except(List<Object> a, List<Object> b) {
        Set<Object> result = new LinkedHashSet<>(a);
        result.removeAll(new LinkedHashSet<>(b));
        return new ArrayList<>(result);
    }

    /** Elements of the first array that are in the second one too. */
    public static List<Object> intersect(List<Object> a, List<Object> b) {
        Set<Object> result = new LinkedHashSet<>(a);
        result.retainAll(new LinkedHashSet<>(b));
        return new ArrayList<>(result);
    }
}
