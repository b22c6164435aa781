package creek.core.function;

import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A path into JSON, made ready: {@code [strict | lax] $.name['name'][index][*].*}, and {@code ..name} at any depth. A strict path, the default,
 * must exist; a lax one gives null where it does not.
 */
public final class JsonPath {
    /** Steps of a path: a String is a name, an Integer an index, ANY all children, and DEEP all descendants. */
    private static final Object ANY = new Object();
    private static final Object DEEP = new Object();

    private final String text;
    private final boolean lax;
    private final List<Object> steps = new ArrayList<>();
    private int at;

    private JsonPath(String text) {
        String stripped = text.strip();
        boolean strict = stripped.startsWith("strict ");
        this.lax = stripped.startsWith("lax ");
        this.text = lax ? stripped.substring("lax ".length()).strip() : strict ? stripped.substring("strict ".length()).strip() : stripped;
        parse();
    }

    /** @throws IllegalArgumentException if it is no path */
    public static JsonPath compile(Utf8 path) {
        return new JsonPath(path.toString());
    }

    boolean isLax() {
        return lax;
    }

    private void parse() {
        if (!text.startsWith("$")) {
            throw wrong("it must start with $");
        }
        at = 1;
        while (at < text.length()) {
            if (text.startsWith("..", at)) {
                at++;
                steps.add(DEEP);
            }
            if (text.charAt(at) == '.') {
                at++;
                dotted();
            } else if (text.charAt(at) == '[') {
                at++;
                bracketed();
            } else {
                throw wrong("'.' or '[' is expected at character " + (at + 1));
            }
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("JSON path '" + text + "': " + what);
    }

    private void dotted() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            at++;
        }
        String name = text.substring(from, at).strip();
        if (name.isEmpty() && !(at < text.length() && text.charAt(at) == '[')) {
            throw wrong("a name is missing at character " + (from + 1));
        }
        if (!name.isEmpty()) {
            steps.add(name.equals("*") ? ANY : name);
        }
    }

    private void bracketed() {
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote == '\'' || quote == '"') {
            int end = text.indexOf(quote + "]", at + 1);
            if (end < 0) {
                throw wrong("the name that starts at character " + (at + 1) + " has no end");
            }
            steps.add(text.substring(at + 1, end));
            at = end + 2;
            return;
        }
        int end = text.indexOf(']', at);
        String inside = end < 0 ? "" : text.substring(at, end).strip();
        if (inside.equals("*")) {
            steps.add(ANY);
        } else {
            try {
                steps.add(Integer.valueOf(inside));
            } catch (NumberFormatException e) {
                throw wrong("a name in quotes, an index or * is expected at character " + (at + 1));
            }
        }
        at = end + 1;
    }

    /** Whether it can lead to several places: then it gives a list. */
    private boolean isIndefinite() {
        return steps.contains(ANY) || steps.contains(DEEP);
    }

    /** What the path leads to, null included. @throws IllegalArgumentException if it leads nowhere */
    Object read(Object root) {
        List<Object> places = new ArrayList<>();
        places.add(root);
        boolean deep = false;
        boolean wide = false;
        for (Object step : steps) {
            if (step == DEEP) {
                deep = true;
                wide = true;
                continue;
            }
            wide |= step == ANY;
            List<Object> next = new ArrayList<>();
            for (Object place : places) {
                collect(place, step, deep, next);
            }
            if (next.isEmpty() && !wide) {
                throw wrong("there is nothing");
            }
            places = next;
            deep = false;
        }
        return isIndefinite() ? places : places.get(0);
    }

    private static void collect(Object place, Object step, boolean deep, List<Object> found) {
        if (place instanceof Map<?, ?> object) {
            if (step instanceof String && object.containsKey(step)) {
                found.add(object.get(step));
            }
            if (step == ANY) {
                found.addAll(object.values());
            }
            if (deep) {
                object.values().forEach(child -> collect(child, step, true, found));
            }
        } else if (place instanceof List<?> array) {
            if (step instanceof Integer index) {
                int i = index < 0 ? array.size() + index : index;
                if (i >= 0 && i < array.size()) {
                    found.add(array.get(i));
                }
            }
            if (step == ANY) {
                found.addAll(array);
            }
            if (deep) {
                array.forEach(child -> collect(child, step, true, found));
            }
        }
    }
}
