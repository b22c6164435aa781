package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;

/** Encodes rows as one datum each, without schema. */
final class DatumEncoder implements RowEncoder {
    private final RecordWriter writer;

    DatumEncoder(RecordWriter writer) {
        this.writer = writer;
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        writer.write(row, output);
    }
}
