package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SQL values as JSON text. */
public final class JsonTexts {
    private JsonTexts() {
    }

    /** Null stands for itself. Numbers and booleans are such, ARRAY, MAP and ROW nested, everything else a string. */
    public static Utf8 toJson(Object value, DataType type, ZoneId zone) {
        return value == null ? null : text(tree(value, type, zone));
    }

    static Utf8 text(Object tree) {
        StringBuilder json = new StringBuilder();
        JsonTree.write(tree, json);
        return Utf8.of(json.toString());
    }

    private static Object tree(Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return null;
        }
        return switch (type.root()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE -> value;
            case FLOAT -> new BigDecimal(value.toString());
            case DECIMAL -> value;
            case BINARY, VARBINARY -> Base64.getEncoder().encodeToString((byte[]) value);
            case ARRAY -> ((List<?>) value).stream().collect(java.util.ArrayList::new,
                    (list, element) -> list.add(tree(element, type.children().get(0), zone)), List::addAll);
            case MAP, MULTISET -> {
                Map<String, Object> object = new TreeMap<>();
                DataType element = type.children().size() > 1 ? type.children().get(1) : DataType.integer();
                ((Map<?, ?>) value).forEach((key, v) -> object.put(NestedTexts.toText(key, type.children().get(0), zone).toString(),
                        tree(v, element, zone)));
                yield object;
            }
            case ROW -> {
                Map<String, Object> object = new TreeMap<>();
                for (int i = 0; i < type.fields().size(); i++) {
                    DataType field = type.children().get(i);
                    object.put(type.fields().get(i).name(), tree(Boxes.get((Row) value, i, field), field, zone));
                }
                yield object;
            }
            default -> NestedTexts.toText(value, type, zone).toString();
        };
    }

    /** An object of keys and JSON texts by turns. A null text is written as null, or left out if {@code absentOnNull}. */
    public static Utf8 object(boolean absentOnNull, Utf8... keysAndTexts) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            Utf8 value = keysAndTexts[i + 1];
            if (value != null || !absentOnNull) {
                json.append(json.length() > 1 ? "," : "");
                JsonTree.quote(keysAndTexts[i].toString(), json);
                json.append(':').append(value);
            }
        }
        return Utf8.of(json.append('}').toString());
    }

    /** An array of JSON texts. A null text is written as null, or left out if {@code absentOnNull}. */
    public static Utf8 array(boolean absentOnNull, Utf8... texts) {
        StringBuilder json = new StringBuilder("[");
        for (Utf8 text : texts) {
            if (text != null || !absentOnNull) {
                json.append(json.length() > 1 ? "," : "").append(text);
            }
        }
        return Utf8.of(json.append(']').toString());
    }

    /** A string as JSON. */
    public static Utf8 quote(Utf8 text) {
        StringBuilder json = new StringBuilder();
        JsonTree.quote(text.toString(), json);
        return Utf8.of(json.toString());
    }

    /** The string that the JSON text is of; other text as it is. */
    public static Utf8 unquote(Utf8 text) {
        try {
            return JsonTree.parse(text.toString()) instanceof String string ? Utf8.of(string) : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
