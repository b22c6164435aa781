package creek.core.operator;

/** A session of one key: from its first row to the gap after its last, in local milliseconds. */
final class Session {
    final KeySessions owner;
    /** For a fixed order of sessions that end at the same time. */
    final long number;
    final Accumulator accumulator;
    long start;
    long end;
    /** When the operator looks at this session next; it may have grown by then. */
    long timer;
    /** Whether another session has taken this one over. */
    boolean merged;

    Session(KeySessions owner, long number, Accumulator accumulator, long start, long end) {
        this.owner = owner;
        this.number = number;
        this.accumulator = accumulator;
        this.start = start;
        this.end = end;
    }
}
