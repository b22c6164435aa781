package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;

/** The last row of each key, in pages with the key: behind its event time, where that is kept. */
public final class LastRows extends StateMap<LastRow> {
    private final boolean timed;
    private final BinaryReader reader = new BinaryReader();
    /** Of the row that was asked for last. */
    private final LastRow view = new LastRow();

    /** @param timed whether the rows' event times are kept */
    public LastRows(boolean timed) {
        super(true);
        this.timed = timed;
    }

    /**
     * Makes the rows part of the operator's state.
     *
     * @param form   what keys hold, and what is kept, as text
     * @param schema the columns of the rows
     */
    public void keep(OperatorContext context, String name, String form, Schema schema) throws IOException {
        keep(context, name, new Form(form, schema));
    }

    /**
     * Sets the row of the key that {@link #get} looked for last.
     *
     * @param known what that gave
     * @param row   with its time before it, where that is kept
     */
    public void put(BinaryWriter key, LastRow known, BinaryWriter row) {
        if (known == null) {
            addPacked(key, row.bytes(), row.size());
        } else {
            touch();
            replace(found(), null, row.bytes(), row.size());
        }
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
        private final Schema schema;

        Form(String text, Schema schema) {
            this.text = text;
            this.schema = schema;
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
        public void write(LastRow row, BinaryWriter output) {
            if (timed) {
                output.writeLong(row.time);
            }
            output.writeBytes(row.bytes, row.offset, row.length);
        }

        @Override
        public LastRow read(BinaryReader input) {
            BinaryWriter entry = new BinaryWriter();
            if (timed) {
                entry.writeLong(input.readLong());
            }
            byte[] row = input.readBytes();
            entry.writeRaw(row, 0, row.length);
            LastRow read = new LastRow();
            read.bytes = entry.toBytes();
            return read;
        }
    }
}
