package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;

/**
 * Makes a complete changelog of changes by key: keeps the last row of each key, so that an update gets its {@code -U}, a {@code -D} all its
 * values, and what changes nothing is left out. A row that is taken back goes, one that is not there is not.
 */
public final class ChangelogNormalizeOperator extends KeyedRowsOperator<LastRow> {
    private final boolean updateBefore;

    /**
     * @param schema       the columns of the rows
     * @param keys         those of the key
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public ChangelogNormalizeOperator(Schema schema, KeySelector keys, boolean updateBefore) {
        super(schema, keys);
        this.updateBefore = updateBefore;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "last", new LastRow.Form(form("last"), serializer.schema(), false));
    }

    @Override
    public void process(Row row) throws Exception {
        LastRow last = find(row);
        if (row.kind().isRetraction()) {
            if (last != null) {
                kept.remove(key.toBytes());
                emit(last.row, RowKind.DELETE);
            }
            return;
        }
        serialize(row);
        if (last == null) {
            last = new LastRow();
            last.row = bytes.toBytes(last.row);
            kept.add(key.toBytes(), last);
            emit(last.row, RowKind.INSERT);
        } else if (limited || !isSerialized(last.row)) {
            kept.touch();
            if (updateBefore) {
                emit(last.row, RowKind.UPDATE_BEFORE);
            }
            last.row = bytes.toBytes(last.row);
            emit(last.row, RowKind.UPDATE_AFTER);
        }
    }

    @Override
    public String toString() {
        return "changelog normalize";
    }
}
