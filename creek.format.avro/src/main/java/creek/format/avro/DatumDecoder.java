package creek.format.avro;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;

/** Decodes messages that are one datum of a known schema. */
final class DatumDecoder implements RowDecoder {
    private final RecordReader reader;
    private final AvroInput in = new AvroInput();

    DatumDecoder(RecordReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        row.clear();
        in.set(bytes, from, to);
        reader.read(in, row);
        if (in.remaining() > 0) {
            throw in.error("the datum is followed by " + in.remaining() + " more bytes");
        }
        return true;
    }
}
