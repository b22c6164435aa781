package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.Numbered;
import creek.core.internal.state.ValueForm;
import java.util.ArrayList;
import java.util.List;

/** The groups of one window, in order of their arrival, and by key. */
final class WindowPane {
    static final long NO_TIMER = Long.MIN_VALUE;

    final long end;
    final List<Group> groups = new ArrayList<>();
    private final KeyMap<Group> byKey = new KeyMap<>();
    /** Whether the window has ended and what was there then is out. */
    boolean fired;

    WindowPane(long end) {
        this.end = end;
    }

    /** One group of one window. */
    static final class Group extends Numbered {
        WindowPane pane;
        final byte[] key;
        final Accumulator accumulator;
        /** What was emitted last; null if nothing was, or if it was taken back. */
        Row emitted;
        /** Whether it was there when the window ended. */
        boolean fired;
        /** The processing time at which it is looked at next. */
        long timer = NO_TIMER;
        /** The timer's place among those of the same time. */
        long timerNumber;

        Group(WindowPane pane, byte[] key, Accumulator accumulator) {
            this.pane = pane;
            this.key = key;
            this.accumulator = accumulator;
        }
    }

    /** The group of a key, or null. */
    Group groupOf(BinaryWriter key) {
        return byKey.get(key);
    }

    Group add(Group group) {
        byKey.add(group.key, group);
        groups.add(group);
        fired |= group.fired;
        return group;
    }

    /** How groups are written, each with its window's end. */
    static final class GroupForm implements ValueForm<Group> {
        private static final int FIRED = 1;
        private static final int EMITTED = 2;

        private final String text;
        private final Accumulator prototype;
        private final RowSerializer results;
        private final int columns;

        /** @param text what groups have besides what they emit */
        GroupForm(String text, Accumulator prototype, Schema results) {
            this.text = text;
            this.prototype = prototype;
            this.results = new RowSerializer(results);
            columns = results.size();
        }

        @Override
        public String text() {
            return text + ", " + results.form();
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.describingThemselves(prototype.functionStates());
        }

        @Override
        public void write(Group group, BinaryWriter to) {
            to.writeLong(group.pane.end);
            to.writeBytes(group.key, 0, group.key.length);
            to.writeByte((group.fired ? FIRED : 0) | (group.emitted == null ? 0 : EMITTED));
            to.writeLong(group.timer);
            to.writeLong(group.timerNumber);
            if (group.emitted != null) {
                results.write(group.emitted, to);
            }
            group.accumulator.write(to);
        }

        /** The group has a pane of its own, which serves to say where it belongs. */
        @Override
        public Group read(BinaryReader from) {
            Group group = new Group(new WindowPane(from.readLong()), from.readBytes(), prototype.newInstance());
            int marks = from.readByte();
            group.fired = (marks & FIRED) != 0;
            group.timer = from.readLong();
            group.timerNumber = from.readLong();
            if ((marks & EMITTED) != 0) {
                Row row = new Row(columns);
                results.read(from, row);
                group.emitted = row.copy();
            }
            group.accumulator.read(from);
            return group;
        }
    }
}
