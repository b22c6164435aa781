package creek.core.internal.state;

/** What a join over time keeps of one key: the rows of both sides, and when there is something to do. */
public final class TimedGroup {
    private final TimedGroups owner;
    /** Of the rows of both sides; null if no checkpoint takes them. */
    private final PartLog log;
    /** Null where a side has had no row yet. */
    private final TimedRows[] rows = new TimedRows[2];
    private final long[] due = {Long.MAX_VALUE, Long.MAX_VALUE};
    private byte[] key;

    TimedGroup(TimedGroups owner, byte[] key) {
        this.owner = owner;
        this.key = key;
        log = owner.isKept() ? new PartLog() : null;
    }

    byte[] key() {
        return key;
    }

    void setKey(byte[] newKey) {
        key = newKey;
    }

    PartLog log() {
        return log;
    }

    int epoch() {
        return owner.epoch();
    }

    /** The rows of a side; null if there has been none yet. */
    public TimedRows rows(int side) {
        return rows[side];
    }

    /** Number of rows of a side. */
    public int size(int side) {
        return rows[side] == null ? 0 : rows[side].size();
    }

    /** When there is something to do for that side, as {@link #setDue} says; at first never. */
    public long due(int side) {
        return due[side];
    }

    public void setDue(int side, long time) {
        due[side] = time;
    }

    void add(int side, long time, byte[] row, boolean marked) {
        int epoch = epoch();
        add(side, time, row, marked, log == null ? 0 : log.next(epoch), epoch);
    }

    void add(int side, long time, byte[] row, boolean marked, long part, int epoch) {
        if (rows[side] == null) {
            rows[side] = new TimedRows(this);
        }
        rows[side].add(time, row, marked, part, epoch);
    }

    void write(PartWriter output) {
        for (int side = 0; side < rows.length; side++) {
            if (rows[side] != null) {
                rows[side].write(side, output);
            }
        }
    }
}
