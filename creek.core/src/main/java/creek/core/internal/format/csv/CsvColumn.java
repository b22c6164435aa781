package creek.core.internal.format.csv;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.WantedColumn;
import java.util.List;
import java.util.stream.IntStream;

/** A column of the table: what of it is wanted, into which columns of the row. */
final class CsvColumn {
    /** Of a ROW several fields may be wanted, each as a column. */
    private final CsvValue[] values;
    private final int[] targets;
    /** The value and target of a column that is wanted once; otherwise null. */
    private final CsvValue only;
    private final int onlyTarget;

    CsvColumn(int column, DecoderContext context, CsvDialect dialect, boolean lenient) {
        List<WantedColumn> columns = context.columns();
        targets = IntStream.range(0, columns.size()).filter(i -> columns.get(i).column() == column).toArray();
        values = IntStream.of(targets).mapToObj(i -> new CsvValue(context.schema().type(column), columns.get(i).path(), dialect, lenient))
                .toArray(CsvValue[]::new);
        only = values.length == 1 ? values[0] : null;
        onlyTarget = values.length == 1 ? targets[0] : 0;
    }

    /** Sets columns of the row to what is wanted of the field that was read; {@code place} is where it stands. */
    void read(CsvFields field, int place, Row row) throws DecodeException {
        if (only != null) {
            only.read(field.bytes, field.from, field.to, place, row, onlyTarget);
        } else if (values.length > 0) {
            readAll(field, place, row);
        }
    }

    private void readAll(CsvFields field, int place, Row row) throws DecodeException {
        for (int i = 0; i < values.length; i++) {
            values[i].read(field.bytes, field.from, field.to, place, row, targets[i]);
        }
    }
}
