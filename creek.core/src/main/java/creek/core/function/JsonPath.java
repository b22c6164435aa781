package creek.core.function;

import creek.core.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into JSON, made ready: {@code [strict | lax] $.name['name', ...][index, ...][from:to][*].*[?(filter)]}, {@code ..} for any depth, and a
 * {@linkplain JsonPathFunction function} at its end. A strict path, the default, must exist; a lax one gives null where it does not.
 */
public final class JsonPath {
    private static final Pattern MODE = Pattern.compile("\\s*(strict|lax)\\s+(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final boolean lax;
    private final List<JsonStep> steps;
    /** The steps of a path of names and indexes only: names as bytes, null for an index; null for other paths. */
    private final byte[][] names;
    private final int[] indexes;

    JsonPath(boolean lax, List<JsonStep> steps) {
        this.lax = lax;
        this.steps = steps;
        boolean plain = steps.stream().allMatch(step -> step instanceof JsonStep.Name || step instanceof JsonStep.Index);
        names = plain ? new byte[steps.size()][] : null;
        indexes = new int[steps.size()];
        for (int i = 0; plain && i < steps.size(); i++) {
            if (steps.get(i) instanceof JsonStep.Index index) {
                indexes[i] = index.place();
            } else {
                names[i] = ((JsonStep.Name) steps.get(i)).name().getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    /** @throws IllegalArgumentException if it is no path */
    public static JsonPath compile(Utf8 path) {
        Matcher mode = MODE.matcher(path.toString());
        boolean hasMode = mode.matches();
        String text = (hasMode ? mode.group(2) : path.toString()).strip();
        boolean lax = hasMode && mode.group(1).equalsIgnoreCase("lax");
        return new JsonPathParser(text.startsWith("$") || text.isEmpty() ? text : "$." + text).parse(lax);
    }

    boolean isLax() {
        return lax;
    }

    /** Whether it has names and indexes only: then {@link #find} finds its node. */
    boolean isPlain() {
        return names != null;
    }

    /** The node that a plain path leads to, {@link JsonDocument#NONE} if it leads nowhere. */
    int find(JsonDocument document) {
        int node = 0;
        for (int i = 0; i < indexes.length && node >= 0; i++) {
            node = names[i] == null ? document.element(node, indexes[i]) : document.member(node, names[i]);
        }
        return node;
    }

    /** What the path leads to from a place, null included. @throws IllegalArgumentException if it leads nowhere */
    Object read(Object place, Object root) {
        List<Object> places = Collections.singletonList(place);
        boolean deep = false;
        boolean wide = false;
        for (JsonStep step : steps) {
            if (step instanceof JsonPathFunction function) {
                return function.of(wide ? places : places.get(0));
            }
            if (step instanceof JsonStep.Deep) {
                deep = true;
                wide = true;
                continue;
            }
            List<Object> next = new ArrayList<>();
            for (Object each : places) {
                collect(each, root, step, deep, next);
            }
            wide |= step.isWide();
            if (next.isEmpty() && !wide) {
                throw new IllegalArgumentException("the JSON path leads nowhere");
            }
            places = next;
            deep = false;
        }
        return wide ? places : places.get(0);
    }

    private static void collect(Object place, Object root, JsonStep step, boolean deep, List<Object> found) {
        if (place instanceof Map<?, ?> object) {
            ofObject(object, root, step, found);
            if (deep) {
                object.values().forEach(child -> collect(child, root, step, true, found));
            }
        } else if (place instanceof List<?> array) {
            ofArray(array, root, step, deep, found);
            if (deep) {
                array.forEach(child -> collect(child, root, step, true, found));
            }
        }
    }

    private static void ofObject(Map<?, ?> object, Object root, JsonStep step, List<Object> found) {
        if (step instanceof JsonStep.Name name) {
            if (object.containsKey(name.name())) {
                found.add(object.get(name.name()));
            }
        } else if (step instanceof JsonStep.Names names) {
            Map<String, Object> part = new LinkedHashMap<>();
            names.names().stream().filter(object::containsKey).forEach(name -> part.put(name, object.get(name)));
            found.add(part);
        } else if (step instanceof JsonStep.Any) {
            found.addAll(object.values());
        } else if (step instanceof JsonFilter filter && filter.accepts(object, root)) {
            found.add(object);
        }
    }

    private static void ofArray(List<?> array, Object root, JsonStep step, boolean deep, List<Object> found) {
        if (step instanceof JsonStep.Index index) {
            add(array, index.place(), found);
        } else if (step instanceof JsonStep.Indexes indexes) {
            indexes.places().forEach(place -> add(array, place, found));
        } else if (step instanceof JsonStep.Slice slice) {
            int to = slice.to(array.size());
            for (int i = slice.from(array.size()); i < to; i++) {
                add(array, i, found);
            }
        } else if (step instanceof JsonStep.Any) {
            found.addAll(array);
        } else if (step instanceof JsonFilter filter) {
            // at any depth, objects within an array are met by themselves
            array.stream().filter(each -> !(deep && each instanceof Map) && filter.accepts(each, root)).forEach(found::add);
        }
    }

    private static void add(List<?> array, int place, List<Object> found) {
        int i = place < 0 ? array.size() + place : place;
        if (i >= 0 && i < array.size()) {
            found.add(array.get(i));
        }
    }
}
