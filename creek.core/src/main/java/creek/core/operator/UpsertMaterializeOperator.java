package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.ValueForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings changes in an order by a table's primary key, of which several rows may be there at a time: the table gets the one that came last, and
 * when that is taken back the one before it. Gives {@code +I}, {@code +U} and {@code -D} by primary key.
 */
public final class UpsertMaterializeOperator extends KeyedRowsOperator<List<byte[]>, StateMap<List<byte[]>>> {
    private final KeySelector updateKey;
    private final BinaryWriter wanted = new BinaryWriter();
    private final BinaryWriter candidate = new BinaryWriter();

    /**
     * @param schema    the columns of the rows
     * @param updateKey the columns that tell which row an update is of; null if all do
     */
    public UpsertMaterializeOperator(Schema schema, KeySelector primaryKey, KeySelector updateKey) {
        super(schema, primaryKey, new StateMap<>());
        this.updateKey = updateKey;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "rows", new RowsForm());
    }

    /** The rows in the order of their arrival. */
    private final class RowsForm implements ValueForm<List<byte[]>> {
        @Override
        public String text() {
            return form("rows in the order of their arrival");
        }

        @Override
        public EntryRows entryRows() {
            return new EntryRows(List.of(serializer.schema()), (ownKey, stored, target, upgrades) -> {
                int size = stored.readVarInt();
                target.writeVarInt(size);
                for (int i = 0; i < size; i++) {
                    upgrades.get(0).copySized(stored, target);
                }
            });
        }

        @Override
        public void write(List<byte[]> rows, BinaryWriter to) {
            to.writeVarInt(rows.size());
            rows.forEach(row -> to.writeBytes(row, 0, row.length));
        }

        @Override
        public List<byte[]> read(BinaryReader from) {
            List<byte[]> rows = new ArrayList<>(1);
            for (int size = from.readVarInt(); rows.size() < size; ) {
                rows.add(from.readBytes());
            }
            return rows;
        }
    }

    @Override
    public void process(Row row) throws Exception {
        serialize(row);
        List<byte[]> rows = find(row);
        if (row.kind().isRetraction()) {
            int place = rows == null ? -1 : find(rows, row);
            if (place >= 0) {
                kept.touch();
                remove(rows, place);
            }
            return;
        }
        if (rows == null) {
            rows = new ArrayList<>(1);
            kept.add(key.toBytes(), rows);
        } else {
            kept.touch();
        }
        RowKind kind = rows.isEmpty() ? RowKind.INSERT : RowKind.UPDATE_AFTER;
        int place = updateKey == null ? -1 : find(rows, row);
        byte[] added = bytes.toBytes();
        if (place < 0) {
            rows.add(added);
        } else {
            rows.set(place, added);
        }
        emit(added, kind);
    }

    private void remove(List<byte[]> rows, int place) throws Exception {
        byte[] removed = rows.remove(place);
        if (rows.isEmpty()) {
            kept.remove(key.toBytes());
            emit(removed, RowKind.DELETE);
        } else if (place == rows.size()) {
            emit(rows.get(place - 1), RowKind.UPDATE_AFTER);
        }
    }

    /** The first of the rows that is the same one, or -1. */
    private int find(List<byte[]> rows, Row row) {
        if (updateKey != null) {
            wanted.reset();
            updateKey.write(row, wanted);
        }
        for (int i = 0; i < rows.size(); i++) {
            byte[] other = rows.get(i);
            if (updateKey == null ? isSerialized(other) : hasWantedKey(other)) {
                return i;
            }
        }
        return -1;
    }

    private boolean hasWantedKey(byte[] other) {
        candidate.reset();
        updateKey.write(read(other), candidate);
        return Arrays.equals(candidate.bytes(), 0, candidate.size(), wanted.bytes(), 0, wanted.size());
    }

    @Override
    public String toString() {
        return "upsert materialize";
    }
}
