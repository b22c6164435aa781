package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.Framing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decodes the wanted fields of an object into the columns of a row. It remembers how the keys of earlier objects were written and in which
 * order they came, and expects the same again; anything else is found out step by step. What it remembers is bounded. Not thread-safe.
 */
final class JsonObject {
    private static final int MAX_KEY_LENGTH = 128;
    private static final int KEY_SLOTS = 512;
    private static final int MAX_KEYS = KEY_SLOTS / 2;

    private final JsonReadOptions options;
    private final Map<String, JsonField> byName = new LinkedHashMap<>();
    private JsonField[] fields = {};
    private int[] columns = {};

    private final JsonKey start = new JsonKey();
    private final JsonKey unknown = new JsonKey();
    private JsonKey[] keys = {};
    private int keyCount;
    private long objects;
    /** How many of the fields the object at hand has. */
    private int found;
    /** The key after whose value {@link #skipUnwanted} has ended. */
    private JsonKey last;

    JsonObject(JsonReadOptions options) {
        this.options = options;
    }

    /** The field of that name, added if it is not there yet. */
    JsonField field(String name) {
        return byName.computeIfAbsent(name, JsonField::new);
    }

    /** To be called when all fields are added. */
    void complete() {
        fields = byName.values().toArray(JsonField[]::new);
        byName.values().forEach(JsonField::complete);
        columns = byName.values().stream().flatMapToInt(field -> IntStream.of(field.columns())).toArray();
    }

    /** Decodes an object or null at {@code p}; columns without a value are set to null. */
    int decodeNested(byte[] b, int from, int to, Row row) throws DecodeException {
        if (from < to && b[from] == '{') {
            int end = decode(b, from + 1, to, row);
            setMissingNull(row);
            return end;
        }
        setNull(row);
        int end = from + 4;
        return end <= to && JsonScanner.isNull(b, from) ? end : decodeOdd(b, from, options.end().of(b, from, to), row);
    }

    /** Decodes an object or null after white space, or says that it is neither. */
    private int decodeOdd(byte[] b, int from, int to, Row row) throws DecodeException {
        int p = JsonScanner.skipSpace(b, from, to);
        if (p > from) {
            return decodeNested(b, p, to, row);
        }
        int end = JsonScanner.skipValue(b, p, to);
        if (!options.lenient()) {
            throw new ValueException("expected an object", p);
        }
        return end;
    }

    /** Sets the columns of fields that the object decoded last does not have to null. */
    void setMissingNull(Row row) {
        if (found < fields.length) {
            for (JsonField field : fields) {
                if (field.seenIn != objects) {
                    field.setNull(row);
                }
            }
        }
    }

    /** Sets all columns to null. */
    void setNull(Row row) {
        for (int column : columns) {
            row.setNull(column);
        }
    }

    /** All columns that it sets. */
    int[] columns() {
        return columns;
    }

    /** Decodes the object whose opening brace is before {@code p} and returns the place after it. Columns of missing fields are left alone. */
    int decode(byte[] b, int from, int to, Row row) throws DecodeException {
        objects++;
        found = 0;
        JsonKey key = start;
        int p = from;
        while (true) {
            JsonKey next = key.next;
            if (!next.isAt(b, p, to)) {
                int recordEnd = p < to && b[p] == '}' ? to : options.end().of(b, p, to);
                int end = JsonScanner.skipSpace(b, p, recordEnd);
                if (end < recordEnd && b[end] == '}') {
                    if (options.failOnMissing()) {
                        checkMissing(end);
                    }
                    return end + 1;
                }
                next = readKey(key, b, p, end, recordEnd);
            }
            p += next.length;
            JsonField field = next.field;
            if (field == null) {
                p = skipUnwanted(next, b, p, to);
                next = last;
            } else {
                if (field.seenIn != objects) {
                    field.seenIn = objects;
                    found++;
                }
                p = field.decode(b, p, to, row);
            }
            key = next;
        }
    }

    /**
     * Skips the value at {@code from} of a key that nobody wants, and those after it, as long as the keys are what is expected and nobody wants them
     * either. The last of them is then {@link #last}.
     */
    private int skipUnwanted(JsonKey first, byte[] b, int from, int to) throws DecodeException {
        JsonKey key = first;
        int p = from;
        while (true) {
            int end = JsonShort.end(b, p, to);
            p = end > 0 && end <= to ? end : JsonScanner.skipLong(b, p, options.end().of(b, p, to));
            JsonKey next = key.next;
            if (next.field != null || !next.isAt(b, p, to)) {
                last = key;
                return p;
            }
            p += next.length;
            key = next;
        }
    }

    private void checkMissing(int end) throws DecodeException {
        for (JsonField field : fields) {
            if (field.seenIn != objects) {
                throw new ValueException("the field '" + field.name + "' is missing", end);
            }
        }
    }

    /** Reads the key whose first byte that is no space is at {@code first}. */
    private JsonKey readKey(JsonKey previous, byte[] b, int from, int first, int to) throws DecodeException {
        int p = first;
        if (previous != start) {
            if (p >= to) {
                throw JsonScanner.truncated(to);
            }
            if (b[p] != ',') {
                throw new DecodeException("expected , or } but found " + JsonScanner.shown(b[p]), p);
            }
            p = JsonScanner.skipSpace(b, p + 1, to);
        }
        JsonScanner.expect('"', b, p, to);
        JsonText text = options.text();
        int colon = JsonScanner.skipSpace(b, text.read(b, p, to), to);
        JsonScanner.expect(':', b, colon, to);
        int end = JsonScanner.skipSpace(b, colon + 1, to);
        JsonKey known = remembered(b, from, end);
        if (known != null) {
            previous.next = known;
            return known;
        }
        unknown.field = find(text);
        unknown.length = end - from;
        unknown.next = JsonKey.NONE;
        return unknown;
    }

    private JsonField find(JsonText name) {
        for (JsonField field : fields) {
            Utf8 wanted = field.name;
            if (wanted.length() == name.to - name.from && Arrays.equals(wanted.bytes(), wanted.offset(),
                    wanted.offset() + wanted.length(), name.bytes, name.from, name.to)) {
                return field;
            }
        }
        return null;
    }

    /** The key of exactly these bytes, remembered from now on, or null where there is no room. */
    private JsonKey remembered(byte[] b, int from, int to) {
        if (to - from > MAX_KEY_LENGTH) {
            return null;
        }
        if (keys.length == 0) {
            keys = new JsonKey[KEY_SLOTS];
        }
        int slot = Utf8.hash(b, from, to - from) & KEY_SLOTS - 1;
        while (keys[slot] != null) {
            if (keys[slot].equalsSlice(b, from, to)) {
                return keys[slot];
            }
            slot = slot + 1 & KEY_SLOTS - 1;
        }
        if (keyCount == MAX_KEYS) {
            return null;
        }
        keyCount++;
        keys[slot] = new JsonKey(b, from, to, find(options.text()));
        if (Framing.find((byte) '\n', b, from, to) >= 0 || Framing.find((byte) '\r', b, from, to) >= 0) {
            options.end().keepGiven();
        }
        return keys[slot];
    }
}
