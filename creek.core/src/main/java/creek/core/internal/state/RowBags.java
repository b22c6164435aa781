package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.List;

/** One side of a join: the rows of each key, of which a checkpoint takes those that changed. Knows how many there are, equal ones counted once. */
public final class RowBags extends StateMap<RowBag> {
    private final TimeToLive limit;
    private RowBagLayout layout;
    private long rows;
    private long rowsInMemory;

    /** @param limit how long a row is kept that nobody adds again */
    public RowBags(TimeToLive limit) {
        this.limit = limit;
        expireAfter(limit);
    }

    /**
     * Makes the rows part of the operator's state.
     *
     * @param form   what keys hold, as text
     * @param schema the columns of the rows
     */
    public void keep(OperatorContext context, String name, String form, Schema schema) throws IOException {
        keep(context, name, new Form(form, schema));
    }

    /** Number of rows of all keys. */
    public long rows() {
        return rows;
    }

    private RowBag newBag() {
        if (layout == null) {
            layout = new RowBagLayout(limit.isLimited(), isKept());
        }
        return new RowBag(layout);
    }

    @Override
    protected void expired(RowBag bag) {
        count(-bag.size());
    }

    private void count(int change) {
        rows += change;
        rowsInMemory += change;
    }

    @Override
    protected void loaded(RowBag bag) {
        rowsInMemory += bag.size();
    }

    @Override
    protected void evicted(RowBag bag) {
        rowsInMemory -= bag.size();
    }

    @Override
    protected long valuesInMemory() {
        return rowsInMemory;
    }

    @Override
    protected void writeCounts(BinaryWriter output) {
        output.writeLong(rows);
    }

    @Override
    protected void setCount(long count, boolean absentOnes) {
        rows = count;
    }

    @Override
    protected void readCounts(BinaryReader input) {
        rows = input.readLong();
    }

    /** Removes a row of the bag that {@link #get} gave last, if it has expired. */
    public boolean removeExpired(RowBag bag, int entry) {
        boolean removed = bag.removeExpired(entry, limit, epoch());
        if (removed) {
            count(-1);
            change();
        }
        return removed;
    }

    /** Sets how many partners a row has, of the bag that {@link #get} gave last. */
    public void setMatches(RowBag bag, int entry, int matches) {
        bag.setMatches(entry, matches);
        bag.setChanged(entry, epoch());
        change();
    }

    /**
     * Adds a row to its key's bag, or takes it back; a bag that becomes empty goes. A row to be taken back that is not there is left out.
     *
     * @param retracting whether rows are ever taken back; if not, equal rows have entries of their own
     * @param matches    for a new entry
     */
    public void update(BinaryWriter key, BinaryWriter row, boolean retraction, boolean retracting, int matches) {
        RowBag bag = get(key);
        if (!retraction) {
            add(key, bag, row, retracting, matches);
            return;
        }
        int entry = bag == null ? -1 : find(bag, row);
        if (entry < 0) {
            return;
        }
        change();
        int count = bag.count(entry) - 1;
        if (count > 0) {
            bag.setCount(entry, count);
            bag.setChanged(entry, epoch());
        } else if (bag.size() == 1) {
            count(-1);
            remove(key.toBytes());
        } else {
            count(-1);
            bag.remove(entry, epoch());
            bag.trim();
        }
    }

    /** The entry of a row that has not expired, or -1. */
    private int find(RowBag bag, BinaryWriter row) {
        int entry = bag.find(row);
        return entry >= 0 && removeExpired(bag, entry) ? -1 : entry;
    }

    private void add(BinaryWriter key, RowBag known, BinaryWriter row, boolean retracting, int matches) {
        RowBag bag = known;
        if (bag == null) {
            bag = newBag();
            add(key.toBytes(), bag);
        } else {
            touch();
            if (limit.isLimited()) {
                count(-bag.sweep(limit, epoch()));
            }
        }
        int entry = retracting ? find(bag, row) : -1;
        if (entry < 0) {
            entry = bag.add(row);
            bag.setMatches(entry, matches);
            count(1);
            added(1);
        } else {
            bag.setCount(entry, bag.count(entry) + 1);
        }
        bag.setChanged(entry, epoch());
        if (limit.isLimited()) {
            bag.setTime(entry, limit.now());
        }
    }

    private final class Form implements PartsForm<RowBag> {
        private final String text;
        private final Schema schema;

        Form(String text, Schema schema) {
            this.text = text;
            this.schema = schema;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public EntryRows entryRows() {
            return new EntryRows(List.of(schema), (key, stored, target, upgrades) -> {
                RowBag.copyHead(stored, target);
                upgrades.get(0).copy(stored, target);
            });
        }

        @Override
        public RowBag create() {
            return newBag();
        }

        @Override
        public void write(RowBag bag, PartWriter output) {
            bag.write(output);
        }

        @Override
        public void read(RowBag bag, long part, BinaryReader input) {
            bag.read(part, input, limit.now());
        }

        @Override
        public int size(RowBag bag) {
            return bag.size();
        }

        @Override
        public PartLog log(RowBag bag) {
            return bag.logOrNull();
        }

        @Override
        public RowBag remains(RowBag bag) {
            return bag.remains(epoch());
        }

        @Override
        public void follow(RowBag bag, RowBag remains) {
            bag.follow(remains);
        }

        @Override
        public long written(RowBag bag) {
            return bag.lastTime();
        }
    }
}
