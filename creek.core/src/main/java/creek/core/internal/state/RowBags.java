package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.List;

/**
 * One side of a join: the rows of each key, of which a checkpoint takes those that changed. Knows how many there are, equal ones counted once. The rows
 * of a key that has few lie in pages with the key, unless they expire.
 */
public final class RowBags extends StateMap<RowBag> {
    private final Schema schema;
    private final TimeToLive limit;
    /** Whether rows are ever taken back; if not, equal rows have entries of their own. */
    private final boolean retracting;
    private final boolean matched;
    private final PackedRows packed;
    private final BinaryWriter row = new BinaryWriter();
    private RowBagLayout layout;
    /** The bag in pages that {@link #get} gave last. */
    private RowBag view;
    /** The first row of a key is put together here. */
    private RowBag scratch;
    private long rows;
    private long rowsInMemory;

    /**
     * @param schema     the columns of the rows
     * @param limit      how long a row is kept that nobody adds again
     * @param retracting whether rows are ever taken back
     * @param matched    whether it is kept how many partners rows have
     */
    public RowBags(Schema schema, TimeToLive limit, boolean retracting, boolean matched) {
        super(true);
        this.schema = schema;
        this.limit = limit;
        this.retracting = retracting;
        this.matched = matched;
        packed = retracting ? new PackedRows(schema) : new PackedRows(schema).withDictionaries(this::valuesInMemory);
        expireAfter(limit);
    }

    /**
     * Makes the rows part of the operator's state.
     *
     * @param form what keys hold, as text
     */
    public void keep(OperatorContext context, String name, String form) throws IOException {
        keep(context, name, new Form(form));
    }

    /** Sets columns of another row, from {@code column} on, to those of a row of a bag; strings point into the bag's bytes. */
    public void read(RowBag bag, int entry, Row target, int column) {
        packed.read(bag.bytes(), bag.offset(entry), bag.length(entry), target, column);
    }

    /** Number of rows of all keys. */
    public long rows() {
        return rows;
    }

    private RowBag newBag() {
        if (layout == null) {
            // a checkpoint may be of a job that counted
            layout = new RowBagLayout(retracting || matched || limit.isLimited() || isKept(), limit.isLimited(), isKept());
            view = new RowBag(layout);
            scratch = new RowBag(layout);
        }
        return new RowBag(layout);
    }

    private RowBag copy(RowBag bag) {
        RowBag copy = newBag();
        copy.copyFrom(bag);
        return copy;
    }

    @Override
    RowBag packed(byte[] page, int from, int length) {
        view.lookAt(page, from, length);
        return view;
    }

    @Override
    void pack(int place, RowBag bag) {
        if (!limit.isLimited() && bag.isPlain()) {
            replace(place, null, bag.bytes(), bag.bytesUsed());
        }
    }

    /** A bag of its own instead of the one in pages that {@link #get} gave last. */
    private RowBag unpacked(RowBag bag) {
        if (bag != view) {
            return bag;
        }
        RowBag own = copy(view);
        replace(found(), own, own.bytes(), 0);
        return own;
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
     * @param matches how many partners a new entry has, where that is kept
     */
    public void update(BinaryWriter key, Row newRow, boolean retraction, int matches) {
        row.reset();
        packed.write(newRow, row);
        RowBag bag = get(key);
        if (!retraction) {
            add(key, bag, matches);
            return;
        }
        int entry = bag == null ? -1 : find(bag);
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
            RowBag own = unpacked(bag);
            own.remove(own == bag ? entry : entry - view.first(), epoch());
            own.trim();
        }
    }

    /** The entry of a row that has not expired, or -1. */
    private int find(RowBag bag) {
        int entry = bag.find(row);
        return entry >= 0 && removeExpired(bag, entry) ? -1 : entry;
    }

    private void add(BinaryWriter key, RowBag known, int matches) {
        if (known != null) {
            touch();
            if (limit.isLimited()) {
                count(-known.sweep(limit, epoch()));
            }
        }
        int entry = known != null && retracting ? find(known) : -1;
        if (entry >= 0) {
            known.setCount(entry, known.count(entry) + 1);
            written(known, entry);
            return;
        }
        RowBag bag = known != null ? withRoom(known) : newBag(key);
        int added = bag.add(row);
        if (matched) {
            bag.setMatches(added, matches);
        }
        written(bag, added);
        count(1);
        added(1);
        if (bag == scratch) {
            keepScratch(key);
        }
    }

    /** The bag that {@link #get} gave last, where one more row can be added. */
    private RowBag withRoom(RowBag bag) {
        if (bag != view) {
            return bag;
        }
        long bytes = view.bytesWith(row);
        return view.isPlain(bytes) ? resize(found(), (int) bytes, view.bytesUsed()) : unpacked(view);
    }

    private void written(RowBag bag, int entry) {
        bag.setChanged(entry, epoch());
        if (limit.isLimited()) {
            bag.setTime(entry, limit.now());
        }
    }

    /** The bag for a key that has none. */
    private RowBag newBag(BinaryWriter key) {
        if (!limit.isLimited() && isUnknown() && scratch != null) {
            scratch.clear();
            return scratch;
        }
        RowBag bag = newBag();
        add(key.toBytes(), bag);
        return bag;
    }

    private void keepScratch(BinaryWriter key) {
        if (scratch.isPlain()) {
            addPacked(key, scratch.bytes(), scratch.bytesUsed());
        } else {
            add(key.toBytes(), copy(scratch));
        }
    }

    private final class Form implements PartsForm<RowBag> {
        private final String text;

        Form(String text) {
            this.text = text;
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
            bag.write(output, packed);
        }

        @Override
        public void read(RowBag bag, long part, BinaryReader input) {
            bag.read(part, input, limit.now(), packed);
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
            return (bag == view ? copy(bag) : bag).remains(epoch());
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
