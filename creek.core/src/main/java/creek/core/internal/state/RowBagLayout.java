package creek.core.internal.state;

/**
 * What stands before each row of a {@link RowBag}: how long the row is, and more where that is wanted.
 *
 * @param isCounted whether there is how often the row is there, and how many partners it has. If not, it is there once, and stays
 * @param isTimed   whether there is a time at which the entry was written last
 * @param isTracked whether checkpoints take the entry
 */
record RowBagLayout(boolean isCounted, boolean isTimed, boolean isTracked) {
    static final RowBagLayout COUNTED = new RowBagLayout(true, false, false);

    static final int LENGTH = 0;
    // where entries are counted
    static final int COUNT = LENGTH + Integer.BYTES;
    static final int MATCHES = COUNT + Integer.BYTES;

    int time() {
        return isCounted ? MATCHES + Integer.BYTES : LENGTH + Integer.BYTES;
    }

    /** Where the epoch lies in which the entry was changed last. */
    int changed() {
        return isTimed ? time() + Long.BYTES : time();
    }

    /** Where the entry's part number lies; -1 until a checkpoint has taken it. */
    int part() {
        return changed() + Integer.BYTES;
    }

    int size() {
        return isTracked ? part() + Long.BYTES : changed();
    }
}
