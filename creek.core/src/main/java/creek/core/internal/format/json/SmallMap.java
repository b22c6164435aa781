package creek.core.internal.format.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** A map of few entries in the order in which they came, in one array. Nobody but its maker changes it. */
final class SmallMap extends AbstractMap<Object, Object> {
    static final int MAX = 8;

    /** A key, its value, the next key. */
    private Object[] entries;
    private int size;

    /** @param expected how many entries it will probably have */
    SmallMap(int expected) {
        entries = new Object[2 * Math.min(expected, MAX)];
    }

    /** Sets the value of a key; the map has fewer than {@link #MAX} entries, or the key among them. */
    void set(Object key, Object value) {
        int place = find(key);
        if (place < 0) {
            place = 2 * size++;
            if (place == entries.length) {
                entries = Arrays.copyOf(entries, 2 * MAX);
            }
            entries[place] = key;
        }
        entries[place + 1] = value;
    }

    private int find(Object key) {
        for (int i = 0; i < 2 * size; i += 2) {
            if (entries[i] == key || entries[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) >= 0;
    }

    @Override
    public Object get(Object key) {
        int place = find(key);
        return place < 0 ? null : entries[place + 1];
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Object, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<Object, Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < 2 * size;
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>(entries[next - 2], entries[next - 1]);
        }
    }
}
