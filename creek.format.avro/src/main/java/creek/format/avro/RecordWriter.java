package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.util.List;

/** Writes rows as records of the schema that is derived from their columns. */
final class RecordWriter {
    private final Schema schema;
    private final int[] places;
    private final ValueWriters.NullableWriter[] writers;

    private RecordWriter(Schema schema, List<Integer> places) {
        this.schema = schema;
        this.places = places.stream().mapToInt(Integer::intValue).toArray();
        writers = schema.columns().stream().map(column -> new ValueWriters.NullableWriter(column.type()))
                .toArray(ValueWriters.NullableWriter[]::new);
    }

    /**
     * @param schema the columns to write
     * @param places of these in the rows
     */
    static RecordWriter of(Schema schema, List<Integer> places) {
        return new RecordWriter(schema, places);
    }

    /** @throws IllegalArgumentException if a value can't be written, naming the column */
    void write(Row row, BinaryWriter output) {
        for (int i = 0; i < writers.length; i++) {
            try {
                writers[i].write(row, places[i], output);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("column '" + schema.name(i) + "': " + e.getMessage(), e);
            }
        }
    }
}
