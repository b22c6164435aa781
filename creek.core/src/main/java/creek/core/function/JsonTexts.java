package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SQL values as JSON text. */
public final class JsonTexts {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

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
            case FLOAT -> Float.isFinite((Float) value) ? (Object) new BigDecimal(value.toString()) : value.toString();
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
            case ROW, STRUCTURED_TYPE -> {
                Map<String, Object> object = new TreeMap<>();
                for (int i = 0; i < type.fields().size(); i++) {
                    DataType field = type.children().get(i);
                    object.put(type.fields().get(i).name(), tree(Boxes.get((Row) value, i, field), field, zone));
                }
                yield object;
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TIMESTAMP.format(time(value));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIMESTAMP.format(time(value)) + "Z";
            default -> NestedTexts.toText(value, type, zone).toString();
        };
    }

    private static LocalDateTime time(Object value) {
        Timestamp timestamp = value instanceof Timestamp fine ? fine : new Timestamp((Long) value, 0);
        long seconds = Math.floorDiv(timestamp.millis(), 1000L);
        return LocalDateTime.ofEpochSecond(seconds, (int) (timestamp.millis() - seconds * 1000) * 1_000_000 + timestamp.nanos(), ZoneOffset.UTC);
    }

    /** JSON text that becomes part of other JSON text: without blanks, keys in order. @throws IllegalArgumentException if it is not JSON */
    public static Utf8 embedded(Utf8 text) {
        if (text == null) {
            return null;
        }
        JsonDocument document = new JsonDocument().read(text);
        if (!document.isValid() && !text.toString().isBlank()) {
            throw new IllegalArgumentException("JSON(...) needs JSON text, not '" + text + "'");
        }
        return document.isValid() ? document.json(0, false) : null;
    }

    /** An object of keys and JSON texts by turns. A null text is written as null, or left out if {@code absentOnNull}. */
    public static Utf8 object(boolean absentOnNull, Utf8... keysAndTexts) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            Utf8 value = keysAndTexts[i + 1];
            if (value != null || !absentOnNull) {
                json.append(json.length() > 1 ? "," : "");
                JsonStrings.quote(keysAndTexts[i].toString(), json);
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

    /** A string as JSON, in ASCII: what Flink makes of other characters, of those beyond U+FFFF no valid escape. */
    public static Utf8 quote(Utf8 text) {
        String string = text.toString();
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\', '/' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x80) {
                        json.append(c);
                    } else {
                        json.append(String.format("\\u%04x", string.codePointAt(i)));
                    }
                }
            }
        }
        return Utf8.of(json.append('"').toString());
    }

    /** The string that the JSON text is of; text that is not a string in quotes as it is. */
    public static Utf8 unquote(Utf8 text) {
        if (text.length() < 2 || text.byteAt(0) != '"' || text.byteAt(text.length() - 1) != '"') {
            return text;
        }
        try {
            return Utf8.of(JsonStrings.unescape(new Utf8(text.bytes(), text.offset() + 1, text.length() - 2).toString()));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
