package creek.core.internal.state;

/** What a join over time keeps of one key: the rows of both sides, and when there is something to do. */
public final class TimedGroup {
    private final TimedGroups owner;
    /** Of the rows of both sides; null if no checkpoint takes them. */
    private final PartLog log;
    // of both sides, 0 and 1, in fields: there are many groups
    private TimedRows rows0;
    private TimedRows rows1;
    private long due0 = Long.MAX_VALUE;
    private long due1 = Long.MAX_VALUE;
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
        return side == 0 ? rows0 : rows1;
    }

    /** Number of rows of a side. */
    public int size(int side) {
        TimedRows rows = rows(side);
        return rows == null ? 0 : rows.size();
    }

    /** When there is something to do for that side, as {@link #setDue} says; at first never. */
    public long due(int side) {
        return side == 0 ? due0 : due1;
    }

    public void setDue(int side, long time) {
        if (side == 0) {
            due0 = time;
        } else {
            due1 = time;
        }
    }

    void add(int side, long time, byte[] row, boolean marked) {
        int epoch = epoch();
        add(side, time, row, marked, log == null ? 0 : log.next(epoch), epoch);
    }

    void add(int side, long time, byte[] row, boolean marked, long part, int epoch) {
        TimedRows rows = rows(side);
        if (rows == null) {
            rows = new TimedRows(this);
            setRows(side, rows);
        }
        rows.add(time, row, marked, part, epoch);
    }

    private void setRows(int side, TimedRows rows) {
        if (side == 0) {
            rows0 = rows;
        } else {
            rows1 = rows;
        }
    }

    void write(PartWriter output) {
        for (int side = 0; side < 2; side++) {
            if (rows(side) != null) {
                rows(side).write(side, output);
            }
        }
    }
}
