package creek.core.function;

import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Functions that look into JSON text: those with a path into the tree that {@link #parse} makes of it, once for all of a row's paths. */
public final class JsonFunctions {
    /** What {@link #value} and {@link #query} give where the path leads to nothing usable. */
    public static final Object EMPTY = new Object();
    /** What {@link #value} and {@link #query} give for text that is not JSON, or a strict path that does not exist. */
    public static final Object ERROR = new Object();

    private JsonFunctions() {
    }

    /** Null text is not JSON. */
    public static boolean isJson(Utf8 text) {
        return parse(text) != ERROR;
    }

    public static boolean isJsonObject(Utf8 text) {
        return parse(text) instanceof Map;
    }

    public static boolean isJsonArray(Utf8 text) {
        return parse(text) instanceof List;
    }

    public static boolean isJsonScalar(Utf8 text) {
        Object value = parse(text);
        return value != ERROR && !isContainer(value);
    }

    /** The document as a tree for the functions here that take one; {@link #ERROR} for null and for what is not JSON. */
    public static Object parse(Utf8 text) {
        try {
            return text == null ? ERROR : JsonTree.parse(text.toString());
        } catch (IllegalArgumentException e) {
            return ERROR;
        }
    }

    private static boolean isContainer(Object value) {
        return value instanceof Map || value instanceof Collection;
    }

    private static Object read(Object root, JsonPath path) {
        if (root == null || root == ERROR) {
            return ERROR;
        }
        try {
            return path.read(root);
        } catch (IllegalArgumentException e) {
            return path.isLax() ? null : ERROR;
        }
    }

    /** Whether the path leads to something; {@code onError} where it can't be told. */
    public static Boolean exists(Object root, JsonPath path, Boolean onError) {
        Object found = read(root, path);
        return found == ERROR ? onError : Boolean.valueOf(found != null);
    }

    /** @throws IllegalArgumentException where it can't be told */
    public static Boolean existsOrFail(Object root, JsonPath path) {
        Object found = read(root, path);
        if (found == ERROR) {
            throw new IllegalArgumentException("JSON_EXISTS: the text is not JSON or lacks the strict path");
        }
        return found != null;
    }

    /** The scalar that the path leads to, or {@link #EMPTY} or {@link #ERROR}. */
    public static Object value(Object root, JsonPath path) {
        Object found = read(root, path);
        if (found == ERROR) {
            return ERROR;
        }
        return found == null ? EMPTY : !isContainer(found) ? found : path.isLax() ? EMPTY : ERROR;
    }

    /**
     * The object or array that the path leads to, as text, or {@link #EMPTY} or {@link #ERROR}.
     *
     * @param wrap  whether to put what is found into an array
     * @param always whether to do so with arrays too
     */
    public static Object query(Object root, JsonPath path, boolean wrap, boolean always) {
        Object found = read(root, path);
        if (found == ERROR || found == null) {
            return found == null ? EMPTY : ERROR;
        }
        Object wrapped = wrap && (always || !(found instanceof Collection)) ? List.of(found) : found;
        if (!isContainer(wrapped)) {
            return path.isLax() ? EMPTY : ERROR;
        }
        StringBuilder json = new StringBuilder();
        JsonTree.write(wrapped, json);
        return Utf8.of(json.toString());
    }

    /** As {@link #query}, with the elements of the array as strings. */
    public static Object queryArray(Object root, JsonPath path) {
        Object found = read(root, path);
        if (!(found instanceof List<?> array)) {
            return found == null ? EMPTY : ERROR;
        }
        List<Object> strings = new ArrayList<>();
        for (Object element : array) {
            strings.add(element == null ? null : isContainer(element) ? JsonTexts.text(element) : Utf8.of(element.toString()));
        }
        return strings;
    }

    /** @throws IllegalArgumentException always: ERROR ON EMPTY or ERROR ON ERROR says so */
    public static void fail(String function, Object reason) {
        throw new IllegalArgumentException(function + (reason == EMPTY ? ": the path leads to nothing that can be the result"
                : ": the text is not JSON, or the path does not exist or does not lead to a fitting value"));
    }

    public static Utf8 toText(Object scalar) {
        return Utf8.of(scalar.toString());
    }

    /** @throws CastException if it is no number */
    public static int toInt(Object scalar) {
        return scalar instanceof Number number ? number.intValue() : NumberCasts.toInt(toText(scalar));
    }

    /** @throws CastException if it is no number */
    public static long toLong(Object scalar) {
        return scalar instanceof Number number ? number.longValue() : NumberCasts.toLong(toText(scalar));
    }

    /** @throws CastException if it is no number */
    public static double toDouble(Object scalar) {
        return scalar instanceof Number number ? number.doubleValue() : NumberCasts.toDouble(toText(scalar));
    }

    /** @throws CastException if it is neither true nor false */
    public static boolean toBoolean(Object scalar) {
        return scalar instanceof Boolean truth ? truth : NumberCasts.toBoolean(toText(scalar));
    }
}
