package creek.udf.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map as a field of an accumulator, so that functions written for Flink need no change: a plain map with other names. Not thread-safe. */
public final class MapView<K, V> {
    private Map<K, V> map = new LinkedHashMap<>();

    public Map<K, V> getMap() {
        return map;
    }

    public void setMap(Map<K, V> newMap) {
        map = new LinkedHashMap<>(newMap);
    }

    /** The key's value, or null. */
    public V get(K key) {
        return map.get(key);
    }

    public void put(K key, V value) {
        map.put(key, value);
    }

    public void putAll(Map<K, V> values) {
        map.putAll(values);
    }

    public void remove(K key) {
        map.remove(key);
    }

    public boolean contains(K key) {
        return map.containsKey(key);
    }

    public Iterable<Map.Entry<K, V>> entries() {
        return map.entrySet();
    }

    public Iterable<K> keys() {
        return map.keySet();
    }

    public Iterable<V> values() {
        return map.values();
    }

    public Iterator<Map.Entry<K, V>> iterator() {
        return map.entrySet().iterator();
    }

    public boolean isEmpty() {
        return map.isEmpty();
    }

    public void clear() {
        map.clear();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapView<?, ?> view && map.equals(view.map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    @Override
    public String toString() {
        return map.toString();
    }
}
