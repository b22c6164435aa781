package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.Arrays;

/** The last row of each key, in pages with the key: behind its event time, where that is kept. */
public final class LastRows extends StateMap<LastRow> {
    private final Schema schema;
    private final boolean timed;
    private final PackedRows rows;
    private final BinaryReader reader = new BinaryReader();
    /** What was {@linkplain #pack packed} last. */
    private final BinaryWriter entry = new BinaryWriter();
    /** Of the row that was asked for last. */
    private final LastRow view = new LastRow();

    /**
     * @param schema the columns of the rows
     * @param timed  whether the rows' event times are kept
     */
    public LastRows(Schema schema, boolean timed) {
        super(true);
        this.schema = schema;
        this.timed = timed;
        rows = new PackedRows(schema);
    }

    /**
     * Makes the rows part of the operator's state.
     *
     * @param form what keys hold, and what is kept, as text
     */
    public void keep(OperatorContext context, String name, String form) throws IOException {
        keep(context, name, new Form(form));
    }

    /** Says which row {@link #put} is to keep, with its event time, where that is kept. */
    public void pack(Row row, long time) {
        entry.reset();
        if (timed) {
            entry.writeLong(time);
        }
        rows.write(row, entry);
    }

    /** Whether a row is as the one that was packed, for rows without times. */
    public boolean isPacked(LastRow last) {
        return Arrays.equals(last.bytes, last.offset, last.offset + last.length, entry.bytes(), 0, entry.size());
    }

    /**
     * Keeps the row that was packed as that of the key that {@link #get} looked for last.
     *
     * @param known what that gave
     */
    public void put(BinaryWriter key, LastRow known) {
        if (known == null) {
            addPacked(key, entry.bytes(), entry.size());
        } else {
            touch();
            replace(found(), null, entry.bytes(), entry.size());
        }
    }

    /** Sets another row's columns to those of a last one; strings point into its bytes. */
    public void read(LastRow last, Row target) {
        rows.read(last.bytes, last.offset, last.length, target, 0);
    }

    @Override
    LastRow packed(byte[] page, int from, int length) {
        int head = timed ? Long.BYTES : 0;
        if (timed) {
            reader.reset(page, from, head);
            view.time = reader.readLong();
        }
        view.bytes = page;
        view.offset = from + head;
        view.length = length - head;
        return view;
    }

    @Override
    void pack(int place, LastRow row) {
        replace(place, null, row.bytes, row.bytes.length);
    }

    /** A row, behind its time if that is kept. */
    private final class Form implements ValueForm<LastRow> {
        private final String text;
        private final BinaryWriter row = new BinaryWriter();

        Form(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.sizedBehind(timed ? Long.BYTES : 0, schema);
        }

        @Override
        public void write(LastRow last, BinaryWriter output) {
            if (timed) {
                output.writeLong(last.time);
            }
            rows.unpackSized(last.bytes, last.offset, last.length, output);
        }

        @Override
        public LastRow read(BinaryReader input) {
            row.reset();
            if (timed) {
                row.writeLong(input.readLong());
            }
            rows.pack(new BinaryReader(input.readBytes()), row);
            LastRow read = new LastRow();
            read.bytes = row.toBytes();
            return read;
        }
    }
}
