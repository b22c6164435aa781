package creek.core.internal.format.json;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A wanted field of an object: which columns take its value, and what is wanted of the object that it is. */
final class JsonField {
    final Utf8 name;
    /** The number of the object that had it last, by which missing fields are found. */
    long seenIn;

    private JsonValue[] values = {};
    private int[] columns = {};
    private JsonObject nested;
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

    /** To be called when all columns are added. */
    void complete() {
        if (nested != null) {
            nested.complete();
        } else if (values.length == 1) {
            only = values[0];
            onlyColumn = columns[0];
        }
    }

    /** Makes all columns that it sets null. */
    void setNull(Row row) {
        for (int column : columns) {
            row.setNull(column);
        }
        if (nested != null) {
            nested.setNull(row);
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
        return nested == null ? end : nested.decodeNested(b, p, to, row);
    }
}
