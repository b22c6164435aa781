package creek.core.internal.match;

import creek.core.data.Row;

/** A row that is kept: because its time has not come, or because it is part of a match that has begun. Pooled by {@link SharedBuffer}. */
final class Event {
    final Row row;
    /** Its event time, or the processing time when it came. */
    long time;
    /** The order in which rows were handed to the pattern; greater than that of all rows before. */
    long number;
    /** How many entries are of this row, plus one while it waits or is handled. */
    int references;

    Event(int arity) {
        row = new Row(arity);
    }
}
