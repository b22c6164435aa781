package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A {@link KeyMap} whose entries are part of checkpoints, once it is {@linkplain #keep kept}. Entries that the last complete checkpoint has may
 * leave memory and are read when they are looked for. Who changes a value calls {@link #touch}.
 */
public class StateMap<V> extends KeyMap<V> implements StateTable {
    /** Bytes of memory that an entry takes beside those of its key and its value, and a value beside its serialized bytes: by measurement. */
    private static final int ENTRY_BYTES = 72;
    private static final int VALUE_BYTES = 48;
    /** How many entries in the store are looked at in one go for expired ones, at least and at most: {@link #SWEPT} for each that is added. */
    private static final int STORE_SWEPT = 256;
    private static final int MOST_SWEPT = 4 * STORE_SWEPT;
    /** How many places in memory are looked at with each checkpoint, whether anything comes or not. */
    private static final int SWEPT_AT_CHECKPOINT = 1024;
    /** What stands before each value: whether a time follows. */
    private static final int UNTIMED = 0;
    static final int TIMED = 1;

    /** One of the two is null. */
    ValueForm<V> form;
    PartsForm<V> parts;
    private BiConsumer<byte[], V> restored;
    private TableStore store;
    private boolean evictable;
    private int hand;
    /** Where in the store the search for expired entries goes on; null for the start. */
    private byte[] sweepFrom;
    /** How many entries in the store should be looked at, for those that were added. */
    private long unswept;
    /** Of what was written or read last, to estimate what the rest takes. */
    private long sampledBytes = 32;
    private long sampledValues = 1;

    public StateMap() {
        this(false);
    }

    StateMap(boolean paged) {
        super(paged);
    }

    /** Makes the entries part of the operator's state; they may leave memory. Called after {@link #expireAfter}, while there are none. */
    public final void keep(OperatorContext context, String name, ValueForm<V> newForm) throws IOException {
        form = newForm;
        OperatorState.keep(context, name, this);
    }

    /** As the other one, for values that are collections. */
    public final void keep(OperatorContext context, String name, PartsForm<V> newForm) throws IOException {
        parts = newForm;
        OperatorState.keep(context, name, this);
    }

    /**
     * Makes the entries part of the operator's state; all of them are always in memory, since something else refers to them.
     *
     * @param whenRestored told of each entry that is there at the start
     */
    public final void keepInMemory(OperatorContext context, String name, ValueForm<V> newForm, BiConsumer<byte[], V> whenRestored)
            throws IOException {
        restored = whenRestored;
        keep(context, name, newForm);
    }

    /** As the other one, for values that are collections. */
    public final void keepInMemory(OperatorContext context, String name, PartsForm<V> newForm, BiConsumer<byte[], V> whenRestored)
            throws IOException {
        restored = whenRestored;
        keep(context, name, newForm);
    }

    /** Whether the entries are part of checkpoints. */
    public final boolean isKept() {
        return epochs != null;
    }

    /** The mark of what changes now; 0 if no checkpoint will ask. */
    public final int epoch() {
        return epochs == null ? 0 : epochs.current();
    }

    @Override
    public final String form() {
        return form == null ? parts.text() : form.text();
    }

    @Override
    public final EntryRows entryRows() {
        if (form == null) {
            return parts.entryRows();
        }
        EntryRows rows = form.entryRows();
        return new EntryRows(rows.schemas(), (key, stored, target, upgrades) -> {
            byte timed = stored.readByte();
            target.writeByte(timed);
            EntryRows.copy(timed == TIMED ? Long.BYTES : 0, stored, target);
            rows.copier().copy(key, stored, target, upgrades);
        });
    }

    @Override
    public final void open(TableStore newStore, BinaryReader summary) throws IOException {
        store = newStore;
        evictable = store.isIncremental() && restored == null;
        track(store.epochs());
        if (summary.remaining() > 0) {
            if (store.isRedistributed()) {
                openRedistributed();
                return;
            }
            long entries = summary.readLong();
            readCounts(summary);
            if (evictable) {
                absent = entries;
            } else {
                readAll();
            }
        }
    }

    /** No summary counts what there is. */
    private void openRedistributed() throws IOException {
        if (evictable) {
            MapCount<V> count = new MapCount<>(this);
            store.scan(count);
            absent = count.entries();
            setCount(count.values(), true);
            return;
        }
        readAll();
        long count = 0;
        for (int place = 0; parts != null && place < capacity(); place++) {
            count += isTaken(place) ? parts.size(value(place)) : 0;
        }
        setCount(count, false);
    }

    /** Says how many parts all collections have together, and whether all are out of memory. */
    protected void setCount(long count, boolean absentOnes) {
    }

    @Override
    public final void writeSummary(BinaryWriter output) {
        output.writeLong(size());
        writeCounts(output);
    }

    /** Writes what else is counted over all entries. */
    protected void writeCounts(BinaryWriter output) {
    }

    /** Reads what {@link #writeCounts} wrote. */
    protected void readCounts(BinaryReader input) {
    }

    private void readAll() throws IOException {
        BinaryReader reader = new BinaryReader();
        int[] open = {-1};
        store.scan((key, value) -> {
            reader.reset(key, TableStore.PREFIX, key.length - TableStore.PREFIX);
            byte[] own = parts == null ? TableStore.ownKey(key) : reader.readBytes();
            if (parts == null) {
                open[0] = insertStored(own, hash(own, own.length), null);
            } else if (open[0] < 0 || !hasKey(open[0], own, own.length)) {
                finish(open[0]);
                open[0] = insertStored(own, hash(own, own.length), parts.create());
            }
            long part = parts == null ? 0 : PartWriter.readNumber(reader);
            readValue(open[0], part, value);
            if (parts == null) {
                finish(open[0]);
            }
        });
        if (parts != null) {
            finish(open[0]);
        }
    }

    /** After an entry of {@link #readAll} is complete. */
    private void finish(int place) {
        if (place >= 0) {
            loaded(place);
            if (restored != null) {
                restored.accept(keyAt(place), value(place));
            }
        }
    }

    private void loaded(int place) {
        V value = value(place);
        if (parts != null && written != null) {
            written[place] = parts.written(value);
        }
        loaded(value);
        pack(place, value);
    }

    /** Called with a value that was read and its place, so that it can be put into pages. */
    void pack(int place, V value) {
    }

    /** Called with a value that was read. */
    protected void loaded(V value) {
    }

    private int insertStored(byte[] key, int hash, V value) {
        int place = insertNew(key, hash, value, 0);
        flags[place] = (byte) (store.isIncremental() ? STORED | USED : USED);
        return place;
    }

    private void readValue(int place, long part, byte[] bytes) {
        BinaryReader input = new BinaryReader(bytes);
        if (parts != null) {
            readPart(value(place), part, bytes);
        } else {
            long time = input.readByte() == TIMED ? input.readLong() : timeToLive == null ? 0 : timeToLive.now();
            setValue(place, form.read(input));
            if (written != null) {
                written[place] = time;
            }
        }
        sample(bytes.length, 1);
    }

    /** Adds a part to a collection. */
    final void readPart(V collection, long part, byte[] bytes) {
        PartLog log = parts.log(collection);
        if (log != null) {
            log.read(part);
        }
        parts.read(collection, part, new BinaryReader(bytes));
    }

    @Override
    final int load(byte[] bytes, int length) {
        try {
            int hash = hash(bytes, length);
            int place = parts == null ? loadValue(bytes, length, hash) : loadParts(bytes, length, hash);
            if (place >= 0) {
                absent--;
                loaded(place);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private int loadValue(byte[] bytes, int length, int hash) throws IOException {
        byte[] value = store.get(bytes, length, hash);
        if (value == null) {
            return -1;
        }
        int place = insertStored(Arrays.copyOf(bytes, length), hash, null);
        readValue(place, 0, value);
        return place;
    }

    private int loadParts(byte[] bytes, int length, int hash) throws IOException {
        BinaryWriter prefix = new BinaryWriter();
        prefix.writeBytes(bytes, 0, length);
        int[] place = {-1};
        BinaryReader reader = new BinaryReader();
        store.scan(prefix.bytes(), prefix.size(), hash, (key, value) -> {
            if (place[0] < 0) {
                place[0] = insertStored(Arrays.copyOf(bytes, length), hash, parts.create());
            }
            int from = TableStore.PREFIX + prefix.size();
            reader.reset(key, from, key.length - from);
            readValue(place[0], PartWriter.readNumber(reader), value);
        });
        return place[0];
    }

    @Override
    final void sweepAbsent() {
        added(1);
        if (unswept >= STORE_SWEPT) {
            sweepStore(Math.min(unswept, MOST_SWEPT));
        }
    }

    /** Says that so many entries were added which the store will have, besides those of new keys. */
    final void added(int entries) {
        if (absent > 0 && timeToLive != null) {
            unswept += SWEPT * entries;
        }
    }

    private void sweepStore(long entries) {
        unswept = Math.max(0, unswept - entries);
        try {
            StoreSweep<V> sweep = new StoreSweep<>(this, (int) entries);
            store.scanFrom(sweepFrom, sweep);
            sweepFrom = sweep.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public final void write(Changes changes) {
        if (timeToLive != null) {
            sweep(SWEPT_AT_CHECKPOINT);
            if (absent > 0) {
                sweepStore(Math.min(unswept + STORE_SWEPT, MOST_SWEPT));
            }
        }
        PartWriter partWriter = new PartWriter(changes);
        for (int place = 0; place < capacity(); place++) {
            while (isTaken(place) && (flags[place] & REMOVED) != 0 && changes.isCompleted(changed[place])) {
                removeAt(place);
            }
            if (isTaken(place) && changes.includes(changed[place])) {
                writeEntry(place, changes, partWriter);
            }
        }
        sample(partWriter.bytes(), partWriter.parts());
    }

    /** A method of its own, so that it is compiled after some hundred entries of the first checkpoint. */
    private void writeEntry(int place, Changes changes, PartWriter partWriter) {
        if (parts == null) {
            writeValue(place, changes);
        } else {
            writeParts(place, value(place), partWriter);
        }
    }

    private void writeValue(int place, Changes changes) {
        BinaryWriter key = changes.key(hashAt(place));
        byte[] own = keyAt(place);
        key.writeRaw(own, 0, own.length);
        if ((flags[place] & REMOVED) != 0) {
            changes.remove();
            return;
        }
        BinaryWriter value = changes.value();
        value.writeByte(written == null ? UNTIMED : TIMED);
        if (written != null) {
            value.writeLong(written[place]);
        }
        form.write(value(place), value);
        sample(changes.put(), 1);
        flags[place] |= store.isIncremental() ? STORED : 0;
    }

    private void writeParts(int place, V collection, PartWriter output) {
        output.collection(keyAt(place), hashAt(place), written == null ? 0 : written[place]);
        PartLog log = parts.log(collection);
        if (log != null) {
            log.write(output);
        }
        if ((flags[place] & REMOVED) == 0) {
            parts.write(collection, output);
            flags[place] |= store.isIncremental() ? STORED : 0;
        }
    }

    @Override
    final V remains(V value) {
        return parts == null ? null : parts.remains(value);
    }

    @Override
    final void follow(V value, V remains) {
        if (parts != null) {
            parts.follow(value, remains);
        }
    }

    private void sample(long bytes, long values) {
        sampledBytes += bytes;
        sampledValues += values;
    }

    @Override
    public final long evictableBytes() {
        return evictable ? keyBytes() + (long) taken * ENTRY_BYTES + valuesInMemory() * (VALUE_BYTES + sampledBytes / sampledValues) : 0;
    }

    /** Number of values in memory, or of parts of collections. */
    protected long valuesInMemory() {
        return taken;
    }

    @Override
    public final long evict(long bytes) {
        long freed = 0;
        // the second round finds those that the first one has marked as not used
        for (int steps = 2 * capacity(); evictable && freed < bytes && steps > 0; steps--) {
            hand = hand + 1 & capacity() - 1;
            while (isTaken(hand) && changed[hand] <= epochs.completed() && (flags[hand] & USED) == 0 && !isHeld(hand)) {
                int values = parts == null || (flags[hand] & REMOVED) != 0 ? 1 : parts.size(value(hand));
                freed += keyLength(hand) + ENTRY_BYTES + values * (VALUE_BYTES + sampledBytes / sampledValues);
                if ((flags[hand] & REMOVED) == 0) {
                    absent++;
                    evicted(value(hand));
                }
                removeAt(hand);
            }
            if (isTaken(hand)) {
                flags[hand] &= ~USED;
            }
        }
        return freed;
    }

    private boolean isHeld(int place) {
        return (flags[place] & REMOVED) == 0 && isInUse(value(place));
    }

    /** Called with a value that leaves memory. */
    protected void evicted(V value) {
    }
}
