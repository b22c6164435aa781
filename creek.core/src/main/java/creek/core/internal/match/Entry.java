package creek.core.internal.match;

/**
 * A row in the place of a pattern variable, and by {@link #previous} the whole match so far up to it. Matches that began alike share their
 * first entries. The rows of one variable follow each other, so that a match is a chain of blocks. Pooled by {@link SharedBuffer}.
 */
final class Entry {
    Event event;
    int variable;
    /** The entry before, null for the first of a match. */
    Entry previous;
    /** The first entry of this variable. */
    Entry first;
    /** The place among the rows of this variable, from 0. */
    int index;
    /** How many entries and runs refer to this one as theirs. */
    int references;

    /** The last entry of the variable before this one's, or null. */
    Entry beforeBlock() {
        return first.previous;
    }

    /** The entry so many places before this one in the same block. */
    Entry back(int places) {
        if (places == index) {
            return first;
        }
        Entry entry = this;
        for (int i = 0; i < places; i++) {
            entry = entry.previous;
        }
        return entry;
    }

    /** The first entry of the whole match. */
    Entry origin() {
        Entry origin = first;
        while (origin.previous != null) {
            origin = origin.previous.first;
        }
        return origin;
    }
}
