package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Decodes single elements of an array. Of the others it is checked only that they are JSON. Not thread-safe. */
final class JsonElements {
    private final JsonReadOptions options;
    /** By their places, from 0; null for elements that nobody wants. */
    private JsonField[] wanted = {};
    private int[] columns = {};

    JsonElements(JsonReadOptions options) {
        this.options = options;
    }

    /** The element at that place, from 1, wanted from now on. */
    JsonField element(int place) {
        wanted = Arrays.copyOf(wanted, Math.max(wanted.length, place));
        if (wanted[place - 1] == null) {
            wanted[place - 1] = new JsonField(String.valueOf(place));
        }
        return wanted[place - 1];
    }

    /** To be called when all columns are added. */
    void complete() {
        List<JsonField> elements = Arrays.stream(wanted).filter(Objects::nonNull).toList();
        elements.forEach(JsonField::complete);
        columns = elements.stream().flatMapToInt(element -> IntStream.of(element.columns())).toArray();
    }

    /** All columns that it sets. */
    int[] columns() {
        return columns;
    }

    /** Decodes an array or null at {@code from}; columns of elements that it has not are set to null. */
    int decode(byte[] b, int from, int limit, Row row) throws DecodeException {
        int to = options.end().of(b, from, limit);
        for (int column : columns) {
            row.setNull(column);
        }
        int p = JsonScanner.skipSpace(b, from, to);
        if (p >= to || b[p] != '[') {
            int end = JsonScanner.skipValue(b, p, to);
            if (!JsonScanner.isNull(b, p) && !options.lenient()) {
                throw new ValueException("expected an array", p);
            }
            return end;
        }
        p = JsonScanner.skipSpace(b, p + 1, to);
        if (p < to && b[p] == ']') {
            return p + 1;
        }
        for (int i = 0;; i++) {
            JsonField element = i < wanted.length ? wanted[i] : null;
            p = JsonScanner.separator(']', b, element == null ? JsonScanner.skipValue(b, p, to) : element.decode(b, p, to, row), to);
            if (b[p - 1] == ']') {
                return p;
            }
        }
    }
}
