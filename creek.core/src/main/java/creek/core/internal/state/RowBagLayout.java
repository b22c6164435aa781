package creek.core.internal.state;

/**
 * What stands before each row of a {@link RowBag}: how long the row is, how often it is there, how many partners it has, and more where that is wanted.
 *
 * @param isTimed   whether there is a time at which the entry was written last
 * @param isTracked whether checkpoints take the entry
 */
record RowBagLayout(boolean isTimed, boolean isTracked) {
    static final RowBagLayout PLAIN = new RowBagLayout(false, false);

    static final int LENGTH = 0;
    static final int COUNT = LENGTH + Integer.BYTES;
    static final int MATCHES = COUNT + Integer.BYTES;
    static final int TIME = MATCHES + Integer.BYTES;

    /** Where the epoch lies in which the entry was changed last. */
    int changed() {
        return isTimed ? TIME + Long.BYTES : TIME;
    }

    /** Where the entry's part number lies; -1 until a checkpoint has taken it. */
    int part() {
        return changed() + Integer.BYTES;
    }

    int size() {
        return isTracked ? part() + Long.BYTES : changed();
    }
}
