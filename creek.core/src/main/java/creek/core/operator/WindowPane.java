package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
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
    static final class Group {
        final byte[] key;
        final Accumulator accumulator;
        /** What was emitted last; null if nothing was, or if it was taken back. */
        Row emitted;
        /** Whether it was there when the window ended. */
        boolean fired;
        /** The processing time at which it is looked at next. */
        long timer = NO_TIMER;

        Group(byte[] key, Accumulator accumulator) {
            this.key = key;
            this.accumulator = accumulator;
        }
    }

    /** The group of a key, which is added if there is none. */
    Group groupOf(BinaryWriter key, Accumulator prototype) throws Exception {
        Group group = byKey.get(key);
        if (group == null) {
            group = new Group(key.toBytes(), prototype.newInstance());
            byKey.add(group.key, group);
            groups.add(group);
        }
        return group;
    }
}
