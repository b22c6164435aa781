package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a join over time, by key, of which a checkpoint takes those that changed. All of them are in memory. */
public final class TimedGroups extends StateMap<TimedGroup> {
    private long rows;

    /**
     * Makes the rows part of the operator's state.
     *
     * @param form         what keys hold, as text
     * @param schemas      the columns of the rows of each side
     * @param whenRestored told of each group that is there at the start
     */
    public void keep(OperatorContext context, String name, String form, List<Schema> schemas, Consumer<TimedGroup> whenRestored) throws IOException {
        keepInMemory(context, name, new Form(form, schemas), (key, group) -> {
            group.setKey(key);
            whenRestored.accept(group);
        });
    }

    /** Number of rows of all keys. */
    public long rows() {
        return rows;
    }

    /** Adds a row to a group: the one that {@link #get} gave last for that key or, if that was null, a new one, which is given back. */
    public TimedGroup add(TimedGroup known, BinaryWriter key, int side, long time, BinaryWriter row, boolean marked) {
        TimedGroup group = known;
        if (group == null) {
            group = new TimedGroup(this, key.toBytes());
            add(group.key(), group);
        } else {
            touch();
        }
        group.add(side, time, row.toBytes(), marked);
        rows++;
        return group;
    }

    /** Removes the first rows of a group's side. A group without rows goes when {@link #removeIfEmpty} is called. */
    public void removeFirst(TimedGroup group, int side, int count) {
        if (count > 0) {
            if (isKept()) {
                touch(group.key());
            }
            group.rows(side).removeFirst(count);
            rows -= count;
        }
    }

    /** Removes a group that has no rows any more; whether that was so. */
    public boolean removeIfEmpty(TimedGroup group) {
        boolean empty = group.size(0) + group.size(1) == 0;
        if (empty) {
            remove(group.key());
        }
        return empty;
    }

    private final class Form implements PartsForm<TimedGroup> {
        private final String text;
        private final List<Schema> schemas;

        Form(String text, List<Schema> schemas) {
            this.text = text;
            this.schemas = schemas;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public EntryRows entryRows() {
            return new EntryRows(schemas, (key, stored, target, upgrades) -> {
                byte side = stored.readByte();
                target.writeByte(side);
                EntryRows.copy(1 + Long.BYTES, stored, target);
                upgrades.get(side).copy(stored, target);
            });
        }

        @Override
        public TimedGroup create() {
            return new TimedGroup(TimedGroups.this, null);
        }

        @Override
        public void write(TimedGroup group, PartWriter output) {
            group.write(output);
        }

        @Override
        public void read(TimedGroup group, long part, BinaryReader input) {
            int side = input.readByte();
            boolean marked = input.readBoolean();
            long time = input.readLong();
            group.add(side, time, input.readRaw(input.remaining()), marked, part, 0);
            rows++;
        }

        @Override
        public int size(TimedGroup group) {
            return group.size(0) + group.size(1);
        }

        @Override
        public PartLog log(TimedGroup group) {
            return group.log();
        }

        @Override
        public TimedGroup remains(TimedGroup group) {
            // it has no rows any more, and its log knows which those were
            return group;
        }

        @Override
        public void follow(TimedGroup group, TimedGroup remains) {
            group.log().follow(remains.log());
        }
    }
}
