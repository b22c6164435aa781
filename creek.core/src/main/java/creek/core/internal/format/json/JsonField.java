package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A wanted field of an object, or element of an array: which columns take its value, and what is wanted of the object or array that it is. */
final class JsonField {
    private static final int[] NONE = {};

    final Utf8 name;
    /** The number of the object that had it last, by which missing fields are found. */
    long seenIn;

    private JsonValue[] values = {};
    private int[] columns = NONE;
    private int[] allColumns = NONE;
    private JsonObject nested;
    private JsonElements elements;
    /** The value and column of a field that has one and is wanted as it is; otherwise null. */
    private JsonValue only;
    private int onlyColumn;

    JsonField(String name) {
        this.name = Utf8.of(name);
    }

    void addColumn(JsonValue value, int column) {
        List<JsonValue> more = new ArrayList<>(List.of(values));
        more.add(value);
        values = more.toArray(JsonValue[]::new);
        columns = Arrays.copyOf(columns, values.length);
        columns[values.length - 1] = column;
    }

    /** What is wanted from within this field. */
    JsonObject nested(JsonReadOptions options) {
        if (nested == null) {
            nested = new JsonObject(options);
        }
        return nested;
    }

    /** What is wanted of the elements of this field. */
    JsonElements elements(JsonReadOptions options) {
        if (elements == null) {
            elements = new JsonElements(options);
        }
        return elements;
    }

    /** To be called when all columns are added. */
    void complete() {
        if (nested != null) {
            nested.complete();
        }
        if (elements != null) {
            elements.complete();
        }
        IntStream within = IntStream.concat(IntStream.of(nested == null ? NONE : nested.columns()), IntStream.of(elements == null ? NONE : elements.columns()));
        allColumns = IntStream.concat(IntStream.of(columns), within).toArray();
        if (nested == null && elements == null && values.length == 1) {
            only = values[0];
            onlyColumn = columns[0];
        }
    }

    /** All columns that it sets, those of what is within it as well. */
    int[] columns() {
        return allColumns;
    }

    /** Makes all columns that it sets null. */
    void setNull(Row row) {
        for (int column : allColumns) {
            row.setNull(column);
        }
    }

    /** Decodes the value at {@code p} into its columns and returns the place after it. */
    int decode(byte[] b, int p, int to, Row row) throws DecodeException {
        return only != null ? only.decode(b, p, to, row, onlyColumn) : decodeAll(b, p, to, row);
    }

    private int decodeAll(byte[] b, int p, int to, Row row) throws DecodeException {
        int end = p;
        for (int i = 0; i < columns.length; i++) {
            end = values[i].decode(b, p, to, row, columns[i]);
        }
        if (nested != null) {
            end = nested.decodeNested(b, p, to, row);
        }
        return elements == null ? end : elements.decode(b, p, to, row);
    }
}
