package creek.core.function;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as a tree of {@code Map}, {@code List}, {@code String}, numbers, {@code Boolean} and null, written as text. */
final class JsonTree {
    private JsonTree() {
    }

    /** The tree as JSON text, without blanks, keys in order. What is infinite or not a number is a string. */
    static void write(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : new TreeMap<>(object).entrySet()) {
                text.append(separator);
                JsonStrings.quote((String) entry.getKey(), text);
                write(entry.getValue(), text.append(':'));
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> array) {
            String separator = "[";
            for (Object element : array) {
                write(element, text.append(separator));
                separator = ",";
            }
            text.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            JsonStrings.quote(string, text);
        } else if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                JsonStrings.quote(number.toString(), text);
            } else {
                text.append(BigDecimal.valueOf(number));
            }
        } else {
            text.append(value);
        }
    }
}
