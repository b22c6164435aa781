package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.LastRow;

/**
 * Makes a complete changelog of changes by key: keeps the last row of each key, so that an update gets its {@code -U}, a {@code -D} all its
 * values, and what changes nothing is left out. A row that is taken back goes, one that is not there is not.
 */
public final class ChangelogNormalizeOperator extends LastRowsOperator {
    private final boolean updateBefore;

    /**
     * @param schema       the columns of the rows
     * @param keys         those of the key
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public ChangelogNormalizeOperator(Schema schema, KeySelector keys, boolean updateBefore) {
        super(schema, keys, false);
        this.updateBefore = updateBefore;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "last", form("last"));
    }

    @Override
    public void process(Row row) throws Exception {
        LastRow last = find(row);
        if (row.kind().isRetraction()) {
            if (last != null) {
                emit(last, RowKind.DELETE);
                kept.remove(key.toBytes());
            }
            return;
        }
        kept.pack(row, 0);
        if (last == null) {
            kept.put(key, null);
            pass(row, RowKind.INSERT);
        } else if (limited || !kept.isPacked(last)) {
            if (updateBefore) {
                emit(last, RowKind.UPDATE_BEFORE);
            }
            kept.put(key, last);
            pass(row, RowKind.UPDATE_AFTER);
        }
    }

    @Override
    public String toString() {
        return "changelog normalize";
    }
}
