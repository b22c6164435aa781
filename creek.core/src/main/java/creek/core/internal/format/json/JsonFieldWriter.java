package creek.core.internal.format.json;

import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.Row;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes columns of a row as an object's fields. Not thread-safe. */
final class JsonFieldWriter {
    private final JsonValueWriter[] values;
    private final int[] places;
    /** Each field's name in quotes, with the comma before it and the colon after it. */
    private final byte[][] names;
    private final String[] plainNames;
    private final boolean ignoreNulls;

    /** @param places where the columns stand in the rows */
    JsonFieldWriter(List<Column> columns, int[] places, Options options) {
        this.places = places;
        values = columns.stream().map(column -> new JsonValueWriter(column.type(), options)).toArray(JsonValueWriter[]::new);
        names = columns.stream().map(column -> quotedName(column.name())).toArray(byte[][]::new);
        plainNames = columns.stream().map(Column::name).toArray(String[]::new);
        ignoreNulls = options.get(JsonFormat.IGNORE_NULL_FIELDS);
    }

    private static byte[] quotedName(String name) {
        BinaryWriter quoted = new BinaryWriter();
        quoted.writeByte(',');
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        JsonValueWriter.writeString(bytes, 0, bytes.length, quoted);
        quoted.writeByte(':');
        return quoted.toBytes();
    }

    void write(Row row, BinaryWriter output) {
        int start = output.size();
        for (int i = 0; i < values.length; i++) {
            if (ignoreNulls && row.isNullAt(places[i])) {
                continue;
            }
            output.writeRaw(names[i], 0, names[i].length);
            try {
                values[i].write(row, places[i], output);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("column '" + plainNames[i] + "': " + e.getMessage(), e);
            }
        }
        if (output.size() == start) {
            output.writeByte(',');
        }
        output.setByte(start, '{');
        output.writeByte('}');
    }
}
