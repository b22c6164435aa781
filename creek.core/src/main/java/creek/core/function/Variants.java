package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of type VARIANT. Inside they are JSON text without blanks in which equal texts are equal values, as Flink compares its binary form:
 * members in the order in which they were given, integers and decimals with their digits, floating-point numbers with an exponent.
 */
public final class Variants {
    private static final int MAX_DIGITS = 38;

    private Variants() {
    }

    /** @throws IllegalArgumentException if the text is not JSON, or an object has two members of one name */
    public static Utf8 parse(Utf8 json) {
        return parse(json, false);
    }

    /**
     * @param duplicates whether an object may have several members of one name, of which the last counts
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static Utf8 parse(Utf8 json, boolean duplicates) {
        JsonDocument document = new JsonDocument().read(json);
        StringBuilder text = new StringBuilder();
        if (!document.isValid() || !append(document, 0, duplicates, text)) {
            throw new IllegalArgumentException("PARSE_JSON needs JSON text" + (document.isValid() ? " without duplicate keys" : "") + ", not '" + json
                    + "'");
        }
        return Utf8.of(text.toString());
    }

    /** As {@link #parse(Utf8)}; null of what it refuses. */
    public static Utf8 tryParse(Utf8 json) {
        return tryParse(json, false);
    }

    /** As {@link #parse(Utf8, boolean)}; null of what it refuses. */
    public static Utf8 tryParse(Utf8 json, boolean duplicates) {
        JsonDocument document = new JsonDocument().read(json);
        StringBuilder text = new StringBuilder();
        return document.isValid() && append(document, 0, duplicates, text) ? Utf8.of(text.toString()) : null;
    }

    /** A value as Flink shows it: keys in order, numbers without zeros at their end. */
    public static Utf8 toText(Utf8 variant) {
        StringBuilder text = new StringBuilder();
        show(new JsonDocument().read(variant), 0, text);
        return Utf8.of(text.toString());
    }

    /** False if there are duplicate keys that there must not be. */
    private static boolean append(JsonDocument document, int node, boolean duplicates, StringBuilder text) {
        switch (document.kind(node)) {
            case JsonDocument.OBJECT -> {
                Map<String, Integer> members = new LinkedHashMap<>();
                for (int key = node + 1; key < document.next(node); key = document.next(key + 1)) {
                    String name = document.string(key);
                    // to the end, where it was written
                    if (members.remove(name) != null && !duplicates) {
                        return false;
                    }
                    members.put(name, key + 1);
                }
                text.append('{');
                for (Map.Entry<String, Integer> member : members.entrySet()) {
                    appendKey(member.getKey(), text);
                    if (!append(document, member.getValue(), duplicates, text)) {
                        return false;
                    }
                }
                text.append('}');
            }
            case JsonDocument.ARRAY -> {
                text.append('[');
                for (int child = node + 1; child < document.next(node); child = document.next(child)) {
                    separate('[', text);
                    if (!append(document, child, duplicates, text)) {
                        return false;
                    }
                }
                text.append(']');
            }
            case JsonDocument.STRING, JsonDocument.ESCAPED -> JsonStrings.quote(document.string(node), text);
            case JsonDocument.INTEGER, JsonDocument.DECIMAL -> text.append(number(ascii(document, node)));
            default -> text.append(ascii(document, node));
        }
        return true;
    }

    private static void appendKey(String name, StringBuilder text) {
        separate('{', text);
        JsonStrings.quote(name, text);
        text.append(':');
    }

    private static void separate(char start, StringBuilder text) {
        text.append(text.charAt(text.length() - 1) == start ? "" : ",");
    }

    private static String ascii(JsonDocument document, int node) {
        return new String(document.bytes(), document.start(node), document.end(node) - document.start(node), StandardCharsets.US_ASCII);
    }

    /** Exact as far as a DECIMAL can have its digits, and unless it has an exponent. */
    private static String number(String text) {
        if (text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            BigDecimal decimal = new BigDecimal(text);
            if (decimal.precision() <= MAX_DIGITS && decimal.scale() <= MAX_DIGITS) {
                return decimal.toPlainString();
            }
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? value > 0 ? "1E999" : "-1E999" : value + (Double.toString(value).indexOf('E') < 0 ? "E0" : "");
    }

    private static void show(JsonDocument document, int node, StringBuilder text) {
        switch (document.kind(node)) {
            case JsonDocument.OBJECT -> {
                Map<String, Integer> members = new TreeMap<>();
                for (int key = node + 1; key < document.next(node); key = document.next(key + 1)) {
                    members.put(document.string(key), key + 1);
                }
                text.append('{');
                members.forEach((name, value) -> {
                    appendKey(name, text);
                    show(document, value, text);
                });
                text.append('}');
            }
            case JsonDocument.ARRAY -> {
                text.append('[');
                for (int child = node + 1; child < document.next(node); child = document.next(child)) {
                    separate('[', text);
                    show(document, child, text);
                }
                text.append(']');
            }
            case JsonDocument.STRING, JsonDocument.ESCAPED -> JsonStrings.quote(document.string(node), text);
            case JsonDocument.DECIMAL -> {
                String number = ascii(document, node);
                text.append(number.indexOf('E') >= 0 ? Double.toString(Double.parseDouble(number))
                        : new BigDecimal(number).stripTrailingZeros().toPlainString());
            }
            default -> text.append(ascii(document, node));
        }
    }
}
