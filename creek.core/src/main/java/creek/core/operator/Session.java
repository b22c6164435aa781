package creek.core.operator;

import creek.core.internal.state.Numbered;

/** A session of one key: from its first row to the gap after its last, in local milliseconds. */
final class Session extends Numbered {
    /** The key's number in the {@link SessionTable}. */
    int key;
    Accumulator accumulator;
    long start;
    long end;
    /** The key's session before this one, or null. */
    Session earlier;
    /** Whether another session has taken this one over. */
    boolean merged;
}
