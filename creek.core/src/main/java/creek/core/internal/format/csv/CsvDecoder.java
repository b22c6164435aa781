package creek.core.internal.format.csv;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.RowDecoder;
import creek.core.internal.format.Utf8Validator;
import java.util.stream.IntStream;

/** Decodes records of delimited fields, one for each column of the table. */
final class CsvDecoder implements RowDecoder {
    private final CsvDialect dialect;
    private final CsvFields fields;
    private final boolean lenient;
    private final CsvColumn[] columns;
    private long ignored;

    CsvDecoder(DecoderContext context, CsvDialect dialect, boolean lenient) {
        this.dialect = dialect;
        this.lenient = lenient;
        fields = new CsvFields(dialect);
        columns = IntStream.range(0, context.schema().size()).mapToObj(column -> new CsvColumn(column, context, dialect, lenient))
                .toArray(CsvColumn[]::new);
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        row.clear();
        fields.reset();
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        int p = Utf8Validator.skipMark(bytes, from, end);
        if (dialect.comments()) {
            p = CsvFields.skipBlanks(bytes, p, end);
        }
        if (p == end || dialect.comments() && bytes[p] == '#') {
            return false;
        }
        try {
            decodeFields(bytes, p, end, row);
            return true;
        } catch (DecodeException e) {
            if (lenient) {
                ignored++;
                return false;
            }
            throw new DecodeException(e.getMessage(), e.offset() - from);
        }
    }

    private void decodeFields(byte[] bytes, int from, int to, Row row) throws DecodeException {
        int p = from;
        for (int column = 0; column < columns.length; column++) {
            int end = fields.read(bytes, p, to);
            columns[column].read(fields, p, row);
            if (end == to) {
                if (column < columns.length - 1 && !lenient) {
                    throw new DecodeException("expected " + columns.length + " fields but found " + (column + 1), to);
                }
                return;
            }
            p = end + 1;
        }
        int end = fields.read(bytes, p, to);
        for (int i = fields.from; i < fields.to; i++) {
            if (fields.bytes[i] > ' ' || fields.bytes[i] < 0) {
                end = -1;
            }
        }
        // One empty field too many is a delimiter at the end of the line.
        if (end != to) {
            throw new DecodeException("more than " + columns.length + " fields", p);
        }
    }

    @Override
    public long ignored() {
        return ignored;
    }
}
