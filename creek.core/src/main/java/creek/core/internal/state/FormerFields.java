package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import java.io.UncheckedIOException;

/** Rows that say themselves which columns they have. */
public final class FormerFields {
    private FormerFields() {
    }

    /** Writes what must stand before a row. */
    public static void write(Schema schema, BinaryWriter output) {
        SchemaBytes.write(schema, output);
    }

    /** Reads a row with its columns, as one with the columns that are wanted; those that it has not are null. */
    public static Row read(Schema wanted, BinaryReader input) {
        Schema stored = SchemaBytes.read(input);
        Row row = new Row(stored.size());
        new RowSerializer(stored).read(input, row);
        if (stored.equals(wanted)) {
            return row;
        }
        try {
            Row changed = new Row(wanted.size());
            RowUpgrade.set(RowUpgrade.fields("", stored, wanted), row, changed);
            return changed;
        } catch (StateFormException e) {
            throw new UncheckedIOException("an accumulator can't be read: " + e.getMessage(), e);
        }
    }
}
