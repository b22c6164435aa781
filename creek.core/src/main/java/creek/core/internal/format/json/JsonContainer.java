package creek.core.internal.format.json;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.internal.format.Boxing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes values that consist of values: ARRAY, MAP, MULTISET and ROW. Not thread-safe. */
final class JsonContainer {
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_EXPECTED = 64;

    private final DataType type;
    private final JsonValue[] children;
    private final JsonObject fields;
    /** Takes elements and fields before they are boxed. */
    private final Row scratch;
    /** How many elements or entries there were last. */
    private int expected;
    /** The first keys of maps so far, which are often the same in the next. */
    private final Utf8[] lastKeys = new Utf8[SmallMap.MAX];

    JsonContainer(DataType type, JsonReadOptions options) {
        this.type = type;
        children = switch (type.root()) {
            case MAP -> new JsonValue[] {stringKey(type, options), new JsonValue(type.children().get(1), options)};
            case MULTISET -> new JsonValue[] {stringKey(type, options), new JsonValue(DataType.integer(), options)};
            case ARRAY -> new JsonValue[] {new JsonValue(type.children().get(0), options)};
            default -> new JsonValue[0];
        };
        fields = new JsonObject(options);
        for (int i = 0; i < type.fields().size(); i++) {
            Column field = type.fields().get(i);
            fields.field(field.name()).addColumn(new JsonValue(field.type(), options), i);
        }
        fields.complete();
        scratch = new Row(children.length > 0 ? children.length : type.fields().size());
    }

    private static JsonValue stringKey(DataType type, JsonReadOptions options) {
        if (!type.children().get(0).isString()) {
            throw new IllegalArgumentException("JSON can only carry maps whose keys are strings, not " + type);
        }
        return new JsonValue(type.children().get(0), options);
    }

    /** Decodes the value at {@code p}, which is not null, into the column. */
    int read(byte[] b, int p, int to, Row row, int column) throws DecodeException {
        boolean array = type.fields().isEmpty() && children.length == 1;
        if (p >= to || b[p] != (array ? '[' : '{')) {
            JsonScanner.skipValue(b, p, to);
            throw new ValueException("expected " + (array ? "an array" : "an object") + " for a value of type " + type, p);
        }
        return switch (type.root()) {
            case ARRAY -> readArray(b, p + 1, to, row, column);
            case ROW -> readRow(b, p + 1, to, row, column);
            default -> readMap(b, p + 1, to, row, column);
        };
    }

    private int readArray(byte[] b, int from, int to, Row row, int column) throws DecodeException {
        List<Object> elements = new ArrayList<>(Math.min(expected, MAX_EXPECTED));
        int p = JsonScanner.skipSpace(b, from, to);
        if (p < to && b[p] == ']') {
            row.setObject(column, Collections.unmodifiableList(elements));
            return p + 1;
        }
        while (true) {
            p = children[0].decode(b, p, to, scratch, 0);
            elements.add(Boxing.box(children[0].type(), scratch, 0));
            p = JsonScanner.separator(']', b, p, to);
            if (b[p - 1] == ']') {
                expected = elements.size();
                row.setObject(column, Collections.unmodifiableList(elements));
                return p;
            }
            p = JsonScanner.skipSpace(b, p, to);
        }
    }

    private int readMap(byte[] b, int from, int to, Row row, int column) throws DecodeException {
        SmallMap few = new SmallMap(expected);
        Map<Object, Object> many = null;
        int p = JsonScanner.skipSpace(b, from, to);
        if (p < to && b[p] == '}') {
            row.setObject(column, few);
            return p + 1;
        }
        while (true) {
            JsonScanner.expect('"', b, p, to);
            p = JsonScanner.skipSpace(b, children[0].decode(b, p, to, scratch, 0), to);
            Object key = key(few.size());
            JsonScanner.expect(':', b, p, to);
            p = children[1].decode(b, JsonScanner.skipSpace(b, p + 1, to), to, scratch, 1);
            Object value = Boxing.box(children[1].type(), scratch, 1);
            if (many == null && few.size() == SmallMap.MAX) {
                many = new LinkedHashMap<>(few);
            }
            if (many == null) {
                few.set(key, value);
            } else {
                many.put(key, value);
            }
            p = JsonScanner.separator('}', b, p, to);
            if (b[p - 1] == '}') {
                expected = few.size();
                row.setObject(column, many == null ? few : Collections.unmodifiableMap(many));
                return p;
            }
            p = JsonScanner.skipSpace(b, p, to);
        }
    }

    /** The key that was decoded, of the entry of that number. */
    private Utf8 key(int entry) {
        Utf8 key = scratch.getUtf8(0);
        Utf8 last = entry < SmallMap.MAX ? lastKeys[entry] : null;
        if (last != null && last.equals(key)) {
            return last;
        }
        Utf8 copy = key.copy();
        if (entry < SmallMap.MAX && copy.length() <= MAX_KEY_LENGTH) {
            lastKeys[entry] = copy;
        }
        return copy;
    }

    private int readRow(byte[] b, int from, int to, Row row, int column) throws DecodeException {
        scratch.clear();
        int p = fields.decode(b, from, to, scratch);
        row.setObject(column, scratch.copy());
        return p;
    }
}
