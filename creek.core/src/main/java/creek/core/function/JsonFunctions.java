package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Functions that look into JSON texts, which were read once for all functions on the same text. */
public final class JsonFunctions {
    /** What {@link #text}, {@link #value} and {@link #query} give where the path leads to nothing usable. */
    public static final Object EMPTY = new Object();
    /** What they give for text that is not JSON, or a strict path that does not exist. */
    public static final Object ERROR = new Object();

    private JsonFunctions() {
    }

    public static boolean isJson(JsonDocument document) {
        return document.isValid();
    }

    public static boolean isJsonObject(JsonDocument document) {
        return document.isValid() && document.kind(0) == JsonDocument.OBJECT;
    }

    public static boolean isJsonArray(JsonDocument document) {
        return document.isValid() && document.kind(0) == JsonDocument.ARRAY;
    }

    public static boolean isJsonScalar(JsonDocument document) {
        return document.isValid() && !document.isContainer(0);
    }

    private static boolean isContainer(Object value) {
        return value instanceof Map || value instanceof Collection;
    }

    /** What a path that is not plain leads to; null for nothing, which is {@link #ERROR} in a strict path. */
    private static Object read(JsonDocument document, JsonPath path) {
        Object root = document.tree(0);
        try {
            return path.read(root, root);
        } catch (IllegalArgumentException e) {
            return missing(path) == ERROR ? ERROR : null;
        }
    }

    /** Where a path leads nowhere, or to something else than it should. */
    private static Object missing(JsonPath path) {
        return path.isLax() ? EMPTY : ERROR;
    }

    /** Whether the path leads to something; {@code onError} where it can't be told. */
    public static Boolean exists(JsonDocument document, JsonPath path, Boolean onError) {
        Object found = exists(document, path);
        return found == ERROR ? onError : (Boolean) found;
    }

    /** @throws IllegalArgumentException where it can't be told */
    public static Boolean existsOrFail(JsonDocument document, JsonPath path) {
        Object found = exists(document, path);
        if (found == ERROR) {
            throw new IllegalArgumentException("JSON_EXISTS: the text is not JSON or lacks the strict path");
        }
        return (Boolean) found;
    }

    private static Object exists(JsonDocument document, JsonPath path) {
        if (!document.isValid()) {
            return path.isLax() ? (Object) Boolean.FALSE : ERROR;
        }
        if (path.isPlain()) {
            int node = path.find(document);
            return node == JsonDocument.NONE && !path.isLax() ? ERROR
                    : (Object) (node != JsonDocument.NONE && document.kind(node) != JsonDocument.NULL);
        }
        Object found = read(document, path);
        return found == ERROR ? ERROR : (Object) (found != null);
    }

    /** The scalar that the path leads to as text, or {@link #EMPTY} or {@link #ERROR}. */
    public static Object text(JsonDocument document, JsonPath path) {
        if (!document.isValid() || !path.isPlain()) {
            Object value = value(document, path);
            return value == EMPTY || value == ERROR ? value : Utf8.of(value.toString());
        }
        int node = scalar(document, path);
        return node >= 0 ? document.text(node) : node == JsonDocument.NONE ? EMPTY : ERROR;
    }

    /** The scalar that the path leads to, or {@link #EMPTY} or {@link #ERROR}. */
    public static Object value(JsonDocument document, JsonPath path) {
        if (!document.isValid()) {
            return missing(path);
        }
        if (path.isPlain()) {
            int node = scalar(document, path);
            return node >= 0 ? document.tree(node) : node == JsonDocument.NONE ? EMPTY : ERROR;
        }
        Object found = read(document, path);
        return found == ERROR || !isContainer(found) ? found == null ? EMPTY : found : missing(path);
    }

    /** The scalar's node, {@link JsonDocument#NONE} for EMPTY, less than that for ERROR. */
    private static int scalar(JsonDocument document, JsonPath path) {
        int node = path.find(document);
        return node >= 0 && !document.isContainer(node) ? document.kind(node) == JsonDocument.NULL ? JsonDocument.NONE : node
                : path.isLax() ? JsonDocument.NONE : JsonDocument.NONE - 1;
    }

    /**
     * The object or array that the path leads to, as text, or {@link #EMPTY} or {@link #ERROR}.
     *
     * @param wrap  whether to put what is found into an array
     * @param always whether to do so with arrays too
     */
    public static Object query(JsonDocument document, JsonPath path, boolean wrap, boolean always) {
        if (!document.isValid() || !path.isPlain()) {
            Object found = found(document, path, wrap, always);
            return found == EMPTY || found == ERROR ? found : JsonTexts.text(found);
        }
        int node = path.find(document);
        if (node == JsonDocument.NONE) {
            return missing(path);
        }
        if (document.kind(node) == JsonDocument.NULL) {
            return missing(path);
        }
        boolean wrapped = wrap && (always || document.kind(node) != JsonDocument.ARRAY);
        return wrapped || document.isContainer(node) ? document.json(node, wrapped) : missing(path);
    }

    /** As {@link #query}, with the elements of the array as strings. */
    public static Object queryArray(JsonDocument document, JsonPath path, boolean wrap, boolean always) {
        Object found = found(document, path, wrap, always);
        if (found == EMPTY || !(found instanceof List<?> array)) {
            return found == EMPTY ? EMPTY : ERROR;
        }
        List<Object> strings = new ArrayList<>();
        for (Object element : array) {
            strings.add(element == null ? null : isContainer(element) ? JsonTexts.text(element) : Utf8.of(element.toString()));
        }
        return strings;
    }

    private static Object found(JsonDocument document, JsonPath path, boolean wrap, boolean always) {
        Object found = document.isValid() ? read(document, path) : missing(path);
        if (found == ERROR || found == EMPTY || found == null) {
            return found == null ? missing(path) : found;
        }
        Object wrapped = wrap && (always || !(found instanceof Collection)) ? Collections.singletonList(found) : found;
        return isContainer(wrapped) ? wrapped : missing(path);
    }

    /** @throws IllegalArgumentException always: ERROR ON EMPTY or ERROR ON ERROR says so */
    public static void fail(String function, Object reason) {
        throw new IllegalArgumentException(function + (reason == EMPTY ? ": the path leads to nothing that can be the result"
                : ": the text is not JSON, or the path does not exist or does not lead to a fitting value"));
    }

    /** @throws IllegalArgumentException if it is not an integer that is an INT */
    public static int toInt(Object scalar) {
        return scalar instanceof Integer number ? number : (int) wrong(scalar, "INTEGER", "an integer number");
    }

    /** @throws IllegalArgumentException if it is not a number with a fraction or an exponent */
    public static double toDouble(Object scalar) {
        return scalar instanceof BigDecimal number ? number.doubleValue() : scalar instanceof Double number ? number
                : (double) wrong(scalar, "DOUBLE", "a number with a fraction, such as 1.0");
    }

    /** @throws IllegalArgumentException if it is neither true nor false */
    public static boolean toBoolean(Object scalar) {
        return scalar instanceof Boolean truth ? truth : (boolean) wrong(scalar, "BOOLEAN", "true or false");
    }

    private static Object wrong(Object scalar, String type, String wanted) {
        throw new IllegalArgumentException("JSON_VALUE ... RETURNING " + type + " takes only " + wanted + ", and this is " + JsonTexts.text(scalar)
                + "; TRY_CAST(JSON_VALUE(...) AS " + type + ") takes more");
    }
}
