package creek.sql.internal.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The WITH clause of a table, in order, with where in the script each option stands. Immutable. */
public final class TableOptionTexts {
    /** A place in the script, both from 1; zero where it is not known. */
    public record Place(int line, int column) {
    }

    private final Map<String, String> texts;
    private final Map<String, Place> places;
    private final Place table;

    /** @param table where the table's name stands, for options that are missing */
    public TableOptionTexts(Map<String, String> texts, Map<String, Place> places, Place table) {
        this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        this.places = Map.copyOf(places);
        this.table = table;
    }

    public Map<String, String> texts() {
        return texts;
    }

    /** Where that option stands, or the table's name if it is not there. */
    public Place place(String key) {
        return places.getOrDefault(key, table);
    }

    /** These options without some. */
    public TableOptionTexts without(Set<String> keys) {
        Map<String, String> left = new LinkedHashMap<>(texts);
        left.keySet().removeAll(keys);
        return new TableOptionTexts(left, places, table);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableOptionTexts options && texts.equals(options.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** These options with others on top. */
    public TableOptionTexts with(TableOptionTexts others) {
        Map<String, String> allTexts = new LinkedHashMap<>(texts);
        allTexts.putAll(others.texts);
        Map<String, Place> allPlaces = new LinkedHashMap<>(places);
        allPlaces.putAll(others.places);
        others.texts.keySet().stream().filter(key -> !others.places.containsKey(key)).forEach(key -> allPlaces.put(key, others.table));
        return new TableOptionTexts(allTexts, allPlaces, others.table);
    }
}
