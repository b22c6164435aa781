package creek.core.internal.state;

import creek.core.data.BinaryWriter;

/** One side of a join: the rows of each key. Knows how many there are, equal ones counted once. */
public final class RowBags extends KeyMap<RowBag> {
    private long rows;

    /** Number of rows of all keys. */
    public long rows() {
        return rows;
    }

    @Override
    protected void expired(RowBag bag) {
        rows -= bag.size();
    }

    /** Removes the row at that place of a bag if it has expired; another one may be there then. */
    public boolean removeExpired(RowBag bag, int place, TimeToLive timeToLive) {
        boolean removed = bag.removeExpired(place, timeToLive);
        if (removed) {
            rows--;
        }
        return removed;
    }

    /**
     * Adds a row to its key's bag, or takes it back; a bag that becomes empty goes. A row to be taken back that is not there is left out.
     *
     * @param retracting whether rows are ever taken back; if not, equal rows have entries of their own
     * @param matches    for a new entry
     * @param timeToLive how long an entry is kept; the bags have the same
     */
    public void update(BinaryWriter key, BinaryWriter row, boolean retraction, boolean retracting, int matches, TimeToLive timeToLive) {
        RowBag bag = get(key);
        if (!retraction) {
            if (bag == null) {
                bag = new RowBag();
                add(key.toBytes(), bag);
            } else if (timeToLive.isLimited()) {
                touch();
                rows -= bag.sweep(timeToLive);
            }
            RowBag.Entry entry = retracting ? bag.find(row) : null;
            if (entry == null) {
                entry = bag.add(row);
                entry.matches = matches;
                rows++;
            } else {
                entry.count++;
            }
            if (timeToLive.isLimited()) {
                entry.written = timeToLive.now();
            }
            return;
        }
        RowBag.Entry entry = bag == null ? null : bag.find(row);
        if (entry != null && --entry.count == 0) {
            bag.remove(entry);
            rows--;
            if (bag.size() == 0) {
                remove(key.toBytes());
            }
        }
    }
}
