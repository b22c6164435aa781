package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.function.ArrayFunctions;
import creek.core.internal.format.Boxing;
import java.util.List;

/** Takes the elements that are wanted from arrays and maps, for formats that decode them whole. */
final class ElementDecoder implements RowDecoder {
    private final RowDecoder decoder;
    private final List<WantedColumn> columns;
    /** The elements' keys in the form that maps have them; null for other columns. */
    private final Utf8[] keys;

    /** @param decoder gives the whole columns */
    ElementDecoder(RowDecoder decoder, List<WantedColumn> columns) {
        this.decoder = decoder;
        this.columns = columns;
        keys = columns.stream().map(column -> column.element() instanceof String key ? Utf8.of(key) : null).toArray(Utf8[]::new);
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        return decoder.decode(bytes, from, to, row) && take(row);
    }

    @Override
    public boolean decodeNull(Row row) {
        return decoder.decodeNull(row) && take(row);
    }

    @Override
    public boolean givesSeveralRows() {
        return decoder.givesSeveralRows();
    }

    @Override
    public boolean next(Row row) throws DecodeException {
        return decoder.next(row) && take(row);
    }

    @Override
    public long ignored() {
        return decoder.ignored();
    }

    private boolean take(Row row) {
        for (int i = 0; i < keys.length; i++) {
            WantedColumn column = columns.get(i);
            if (column.element() != null && !row.isNullAt(i)) {
                Object value = keys[i] == null ? ArrayFunctions.item(row.getList(i), (Integer) column.element()) : row.getMap(i).get(keys[i]);
                // the column's object is the array or map, which a value of another form does not replace
                row.setObject(i, null);
                Boxing.unbox(column.wantedType(), value, row, i);
            }
        }
        return true;
    }
}
