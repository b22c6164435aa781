package creek.udf.api;

import java.util.ArrayList;
import java.util.List;

/** A list as a field of an accumulator, so that functions written for Flink need no change: a plain list with other names. Not thread-safe. */
public final class ListView<T> {
    private List<T> list = new ArrayList<>();

    public List<T> getList() {
        return list;
    }

    public void setList(List<T> newList) {
        list = new ArrayList<>(newList);
    }

    /** The elements; empty if there are none. */
    public Iterable<T> get() {
        return list;
    }

    public void add(T value) {
        list.add(value);
    }

    public void addAll(List<T> values) {
        list.addAll(values);
    }

    /** Removes the first element that is equal to the value, and tells whether there was one. */
    public boolean remove(T value) {
        return list.remove(value);
    }

    public void clear() {
        list.clear();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListView<?> view && list.equals(view.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return list.toString();
    }
}
