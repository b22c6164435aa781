package creek.core.function;

import creek.core.data.Row;
import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions on MAP values, whose entries keep the order of insertion. */
public final class MapFunctions {
    private MapFunctions() {
    }

    /** A map of keys and values by turns; of equal keys the last one counts. */
    public static Map<Object, Object> of(Object[] keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    public static List<Object> keys(Map<Object, Object> map) {
        return new ArrayList<>(map.keySet());
    }

    public static List<Object> values(Map<Object, Object> map) {
        return new ArrayList<>(map.values());
    }

    /** Rows of key and value. */
    public static List<Object> entries(Map<Object, Object> map) {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            Row row = new Row(2);
            Boxes.set(row, 0, key);
            Boxes.set(row, 1, value);
            entries.add(row);
        });
        return entries;
    }

    /** @throws IllegalArgumentException if the arrays differ in length */
    public static Map<Object, Object> fromArrays(List<Object> keys, List<Object> values) {
        if (keys.size() != values.size()) {
            throw new IllegalArgumentException("MAP_FROM_ARRAYS needs as many keys as values: " + keys.size() + " and " + values.size());
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    /** The entries of all maps; of equal keys the last one counts. */
    @SafeVarargs
    public static Map<Object, Object> union(Map<Object, Object>... maps) {
        Map<Object, Object> result = new LinkedHashMap<>();
        for (Map<Object, Object> map : maps) {
            result.putAll(map);
        }
        return result;
    }

    /** {@code a=1,b=2} to a map. */
    public static Map<Object, Object> fromText(Utf8 text) {
        return fromText(text, ",", "=");
    }

    /** The delimiters are regular expressions. A part without the second one becomes a key with a null. */
    public static Map<Object, Object> fromText(Utf8 text, Utf8 entryDelimiter, Utf8 keyDelimiter) {
        return fromText(text, entryDelimiter.toString(), keyDelimiter.toString());
    }

    private static Map<Object, Object> fromText(Utf8 text, String entryDelimiter, String keyDelimiter) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return map;
        }
        for (String entry : text.toString().split(entryDelimiter)) {
            String[] parts = entry.split(keyDelimiter, 2);
            map.put(Utf8.of(parts[0]), parts.length < 2 ? null : Utf8.of(parts[1]));
        }
        return map;
    }
}
