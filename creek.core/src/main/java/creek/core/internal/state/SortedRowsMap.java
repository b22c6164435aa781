package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;

/** Rows in an order by keys, each row a part of its own. Knows how many rows there are. */
public abstract class SortedRowsMap<V extends SortedRows> extends StateMap<V> {
    private final Schema schema;
    private final PackedRows packed;
    /** Where the rows of all keys lie. */
    private final EntryPages rowPages = new EntryPages();
    private long rows;
    /** Those that are in the store only. */
    private long absentRows;

    /** @param schema the columns of the rows */
    protected SortedRowsMap(Schema schema) {
        super(true);
        this.schema = schema;
        packed = new PackedRows(schema);
    }

    final PackedRows packed() {
        return packed;
    }

    /** Packs a row, as it is given to {@link SortedRows}. */
    public final void pack(Row row, BinaryWriter target) {
        target.reset();
        packed.write(row, target);
    }

    /** Sets another row's columns to those of one that was packed; strings point into its bytes. */
    public final void read(BinaryWriter row, Row target) {
        packed.read(row.bytes(), 0, row.size(), target, 0);
    }

    final EntryPages rowPages() {
        return rowPages;
    }

    /** No rows, of which this map knows. */
    protected abstract V create();

    /** The sort key of a row, valid until the next one is asked for. */
    protected abstract BinaryWriter sortKey(Row row);

    /** Called with the place of each row that is read from state. */
    protected void added(V to, int place) {
    }

    /**
     * Makes the entries part of the operator's state.
     *
     * @param text   what keys are, and what is attached to rows
     * @param headed whether {@link SortedRows#last} or a time to live is part of it
     */
    public final void keep(OperatorContext context, String name, String text, boolean headed) throws IOException {
        keep(context, name, new Form(text, headed));
    }

    /** Number of rows of all keys. */
    public final long rows() {
        return rows;
    }

    final void count(int more) {
        rows += more;
        added(Math.max(0, more));
    }

    @Override
    protected final void expired(V value) {
        rows -= value.size();
        value.release();
    }

    @Override
    protected final void evicted(V value) {
        absentRows += value.size();
        value.release();
    }

    @Override
    protected final long valuesInMemory() {
        return rows - absentRows;
    }

    @Override
    protected final void writeCounts(BinaryWriter output) {
        output.writeLong(rows);
    }

    @Override
    protected final void setCount(long count, boolean absentOnes) {
        rows = count;
        absentRows = absentOnes ? count : 0;
    }

    @Override
    protected final void readCounts(BinaryReader input) {
        rows = input.readLong();
        absentRows = rows;
    }

    private final class Form implements PartsForm<V> {
        private final String text;
        private final boolean headed;
        private final Row row = new Row(schema.size());
        private final BinaryWriter bytes = new BinaryWriter();

        Form(String text, boolean headed) {
            this.text = text;
            this.headed = headed;
        }

        @Override
        public String text() {
            return headed ? text + ", last rank, time" : text;
        }

        @Override
        public EntryRows entryRows() {
            EntryRows rows = EntryRows.sizedBehind(0, schema);
            return new EntryRows(rows.schemas(), (key, stored, target, upgrades) -> {
                if (PartWriter.isHead(key)) {
                    EntryRows.copyRest(stored, target);
                } else {
                    rows.copier().copy(key, stored, target, upgrades);
                }
            });
        }

        @Override
        public V create() {
            return SortedRowsMap.this.create();
        }

        @Override
        public void write(V value, PartWriter output) {
            value.write(output);
            if (headed) {
                BinaryWriter head = output.value();
                head.writeLong(value.last);
                head.writeLong(output.written());
                output.put(HEAD);
            }
        }

        @Override
        public void read(V value, long part, BinaryReader input) {
            if (part == HEAD) {
                value.last = input.readLong();
                value.written = input.readLong();
                return;
            }
            packed.readStored(new BinaryReader(input.readBytes()), row);
            BinaryWriter key = sortKey(row);
            int place = value.placeFor(key);
            pack(row, bytes);
            value.restore(place, key, bytes, part, input);
            absentRows--;
            added(value, place);
        }

        @Override
        public int size(V value) {
            return value.size();
        }

        @Override
        public PartLog log(V value) {
            return value.log();
        }

        @Override
        public V remains(V value) {
            value.removeAll();
            if (headed) {
                value.log().remove(HEAD, epoch());
            }
            V rest = create();
            rest.log().follow(value.log());
            return rest;
        }

        @Override
        public void follow(V value, V remains) {
            value.log().follow(remains.log());
        }

        @Override
        public long written(V value) {
            return value.written;
        }
    }
}
