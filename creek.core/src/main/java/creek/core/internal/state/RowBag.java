package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A multiset of serialized rows, which lie one behind the other in one array, in the order in which they were added. An entry, which is a row with
 * how often it is there, is told by where it begins; that changes when entries are added or taken out, but not by {@link #remove}. Small bags are
 * searched through; larger ones have an index as soon as a row is looked for.
 */
public final class RowBag {
    private static final int SEARCHED = 16;
    /** The largest bag that lies in a page. Where rows are looked for, a larger one has an index instead. */
    private static final int MAX_PLAIN = 1 << 17;
    private static final int MAX_PLAIN_COUNTED = 1 << 12;
    private static final int UNKNOWN = -1;
    /** How many entries are looked at for expired ones when a row is added. */
    private static final int SWEPT = 2;
    /** From this size on the array grows by a half only. */
    private static final int LARGE = 1 << 16;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
    private static final byte[] NOTHING = {};
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** What only few bags need. */
    private static final class Rare {
        private RowIndex index;
        /** Bytes of entries that were removed. */
        private int dead;
        private int swept;
        private PartLog log;
    }

    private final RowBagLayout layout;
    private final int header;
    private byte[] slab = NOTHING;
    /** Where the first entry begins: 0, but in the bag that {@link #lookAt} uses. */
    private int start;
    private int used;
    private int size;
    /** Whether the array is not the bag's own. */
    private boolean looking;
    private Rare rare;

    public RowBag() {
        this(RowBagLayout.COUNTED);
    }

    RowBag(RowBagLayout layout) {
        this.layout = layout;
        header = layout.size();
    }

    /** Lets this bag, which has no array of its own, be the one whose entries lie there. Rows may be added only where there is room behind them. */
    void lookAt(byte[] bytes, int from, int length) {
        slab = bytes;
        start = from;
        used = from + length;
        size = UNKNOWN;
        looking = true;
    }

    /** Makes the bag one of the same entries as another, which has never had any removed. */
    void copyFrom(RowBag other) {
        clear();
        makeRoom(other.bytesUsed());
        System.arraycopy(other.slab, other.start, slab, 0, other.bytesUsed());
        used = other.bytesUsed();
        size = other.size();
    }

    /** Makes the bag empty. */
    void clear() {
        used = 0;
        size = 0;
        rare = null;
    }

    /** How many bytes the entries take. */
    int bytesUsed() {
        return used - start;
    }

    /** Whether the bag is small, and nothing but its entries' bytes is to be remembered. */
    boolean isPlain() {
        return rare == null && isPlain(bytesUsed());
    }

    /** Whether a bag of so many bytes is small. */
    boolean isPlain(long bytes) {
        return bytes <= (layout.isCounted() ? MAX_PLAIN_COUNTED : MAX_PLAIN);
    }

    /** How many bytes the bag takes with one more row. */
    long bytesWith(BinaryWriter row) {
        return (long) bytesUsed() + header + row.size();
    }

    /** Number of entries: of rows, equal ones counted once. */
    public int size() {
        if (size == UNKNOWN) {
            size = 0;
            for (int entry = first(); entry >= 0; entry = next(entry)) {
                size++;
            }
        }
        return size;
    }

    /** The first entry; -1 if there is none. */
    public int first() {
        return live(start);
    }

    /** The entry behind that one, which may have been removed meanwhile; -1 if there is none. */
    public int next(int entry) {
        return live(end(entry));
    }

    private int live(int from) {
        int entry = from;
        while (entry < used && count(entry) == 0) {
            entry = end(entry);
        }
        return entry < used ? entry : -1;
    }

    private int end(int entry) {
        return entry + header + length(entry);
    }

    /** The array that the rows lie in. */
    public byte[] bytes() {
        return slab;
    }

    /** Where an entry's row begins. */
    public int offset(int entry) {
        return entry + header;
    }

    /** How many bytes an entry's row has. */
    public int length(int entry) {
        return (int) INT.get(slab, entry + RowBagLayout.LENGTH);
    }

    /** How often the row is there. */
    public int count(int entry) {
        return layout.isCounted() ? (int) INT.get(slab, entry + RowBagLayout.COUNT) : 1;
    }

    /** Sets how often the row is there, which is at least once; only of bags that count. */
    public void setCount(int entry, int count) {
        INT.set(slab, entry + RowBagLayout.COUNT, count);
    }

    /** How many rows of the other side of a join match, for those who keep account of it. */
    public int matches(int entry) {
        return layout.isCounted() ? (int) INT.get(slab, entry + RowBagLayout.MATCHES) : 0;
    }

    void setMatches(int entry, int matches) {
        INT.set(slab, entry + RowBagLayout.MATCHES, matches);
    }

    void setTime(int entry, long time) {
        LONG.set(slab, entry + layout.time(), time);
    }

    private long time(int entry) {
        return (long) LONG.get(slab, entry + layout.time());
    }

    /** Notes that an entry is not as the last checkpoint took it. */
    void setChanged(int entry, int epoch) {
        if (layout.isTracked()) {
            INT.set(slab, entry + layout.changed(), epoch);
        }
    }

    private int changed(int entry) {
        return (int) INT.get(slab, entry + layout.changed());
    }

    private long part(int entry) {
        return (long) LONG.get(slab, entry + layout.part());
    }

    private void setPart(int entry, long part) {
        LONG.set(slab, entry + layout.part(), part);
    }

    /** The entry of a row, or -1. */
    public int find(BinaryWriter row) {
        if (!looking && size > SEARCHED) {
            return findIndexed(row);
        }
        for (int entry = first(); entry >= 0; entry = next(entry)) {
            if (holds(entry, row)) {
                return entry;
            }
        }
        return -1;
    }

    boolean holds(int entry, BinaryWriter row) {
        int length = length(entry);
        int from = offset(entry);
        return length == row.size() && Arrays.equals(slab, from, from + length, row.bytes(), 0, length);
    }

    private int findIndexed(BinaryWriter row) {
        if (rare().index == null) {
            rare.index = new RowIndex(size);
            for (int entry = first(); entry >= 0; entry = next(entry)) {
                rare.index.add(this, entry);
            }
        }
        return rare.index.find(this, row);
    }

    /** Adds an entry. Who wants to {@link #find} rows adds only those that are not there yet. */
    public int add(BinaryWriter row) {
        int length = row.size();
        makeRoom((long) header + length);
        int entry = used;
        INT.set(slab, entry + RowBagLayout.LENGTH, length);
        if (layout.isCounted()) {
            setCount(entry, 1);
            setMatches(entry, 0);
        }
        if (layout.isTracked()) {
            setPart(entry, -1);
        }
        System.arraycopy(row.bytes(), 0, slab, entry + header, length);
        used = end(entry);
        size += size == UNKNOWN ? 0 : 1;
        if (rare != null && rare.index != null && !rare.index.add(this, entry)) {
            rare.index = null;
        }
        return entry;
    }

    private void makeRoom(long more) {
        if (more > slab.length - used && rare != null && rare.dead > used / 4) {
            compact();
        }
        if (more > slab.length - used) {
            if (used + more > MAX_BYTES) {
                throw new IllegalStateException("the rows of one key take more than 2 GB");
            }
            long spare = used < LARGE ? used : used / 2;
            slab = Arrays.copyOf(slab, (int) Math.min(used + Math.max(more, spare), MAX_BYTES));
        }
    }

    private void compact() {
        int to = 0;
        for (int entry = first(); entry >= 0; ) {
            int end = end(entry);
            System.arraycopy(slab, entry, slab, to, end - entry);
            to += end - entry;
            entry = live(end);
        }
        used = to;
        rare.dead = 0;
        rare.swept = 0;
        rare.index = null;
    }

    /** Takes out an entry. The others stay where they are. */
    public void remove(int entry) {
        remove(entry, 0);
    }

    void remove(int entry, int epoch) {
        if (layout.isTracked() && part(entry) >= 0) {
            log().remove(part(entry), epoch);
        }
        size--;
        boolean indexed = rare != null && rare.index != null;
        if (end(entry) == used && !indexed) {
            used = entry;
        } else {
            setCount(entry, 0);
            rare().dead += end(entry) - entry;
        }
        if (size == 0) {
            used = 0;
        }
        if (rare != null && (size == 0 || rare.swept > used)) {
            rare.swept = 0;
            rare.dead = size == 0 ? 0 : rare.dead;
            rare.index = size == 0 ? null : rare.index;
        }
    }

    /** Gives memory back if much of it is that of removed entries. */
    public void trim() {
        if (rare != null && rare.dead > used / 2) {
            compact();
        }
        if (slab.length > LARGE && used < slab.length / 4) {
            slab = Arrays.copyOf(slab, used);
        }
    }

    /** Removes an entry if it has expired. */
    boolean removeExpired(int entry, TimeToLive timeToLive, int epoch) {
        if (!timeToLive.isLimited() || !timeToLive.isExpired(time(entry), timeToLive.now())) {
            return false;
        }
        remove(entry, epoch);
        return true;
    }

    /** Removes some entries if they have expired; how many. */
    int sweep(TimeToLive timeToLive, int epoch) {
        int removed = 0;
        rare();
        for (int i = 0; i < SWEPT && size > 0; i++) {
            int entry = live(rare.swept);
            if (entry < 0) {
                entry = first();
            }
            rare.swept = end(entry);
            if (removeExpired(entry, timeToLive, epoch)) {
                removed++;
            }
        }
        return removed;
    }

    /** When any entry was written last. */
    long lastTime() {
        long last = Long.MIN_VALUE;
        for (int entry = first(); entry >= 0; entry = next(entry)) {
            last = Math.max(last, time(entry));
        }
        return last;
    }

    private Rare rare() {
        if (rare == null) {
            rare = new Rare();
        }
        return rare;
    }

    private PartLog log() {
        if (rare().log == null) {
            rare.log = new PartLog();
        }
        return rare.log;
    }

    /** The log of the bag's parts; null if none has ever been removed. */
    PartLog logOrNull() {
        return rare == null ? null : rare.log;
    }

    /** An empty bag that remembers what this one, of which nothing else is needed any more, has to tell a checkpoint. */
    RowBag remains(int epoch) {
        for (int entry = first(); entry >= 0; entry = next(entry)) {
            if (part(entry) >= 0) {
                log().remove(part(entry), epoch);
            }
        }
        RowBag rest = new RowBag(layout);
        rest.log().follow(log());
        return rest;
    }

    /** Takes over what such a bag remembers; this one is new. */
    void follow(RowBag rest) {
        log().follow(rest.log());
    }

    /** Writes the entries that changed: whether a time follows, how often the row is there, its partners, the row. */
    void write(PartWriter output, PackedRows rows) {
        PartLog log = logOrNull();
        long next = log == null ? 0 : log.peek();
        for (int entry = first(); entry >= 0; entry = next(entry)) {
            if (part(entry) < 0) {
                // entries without a number lie behind all others
                setPart(entry, next);
            }
            next = Math.max(next, part(entry) + 1);
            if (output.includes(changed(entry))) {
                BinaryWriter value = output.value();
                value.writeBoolean(layout.isTimed());
                if (layout.isTimed()) {
                    value.writeLong(time(entry));
                }
                value.writeVarInt(count(entry));
                value.writeVarInt(matches(entry));
                rows.unpack(slab, offset(entry), length(entry), value);
                output.put(part(entry));
            }
        }
        if (log != null) {
            log.read(next - 1);
        }
    }

    /** Copies what was written of an entry up to its row. */
    static void copyHead(BinaryReader stored, BinaryWriter target) {
        boolean timed = stored.readBoolean();
        target.writeBoolean(timed);
        EntryRows.copy(timed ? Long.BYTES : 0, stored, target);
        target.writeVarInt(stored.readVarInt());
        target.writeVarInt(stored.readVarInt());
    }

    /** Adds an entry that was written. */
    void read(long part, BinaryReader input, long now, PackedRows rows) {
        long time = input.readBoolean() ? input.readLong() : now;
        int count = input.readVarInt();
        int matches = input.readVarInt();
        BinaryWriter row = new BinaryWriter();
        rows.pack(input, row);
        int entry = add(row);
        setCount(entry, count);
        setMatches(entry, matches);
        setChanged(entry, 0);
        setPart(entry, part);
        if (layout.isTimed()) {
            setTime(entry, time);
        }
    }
}
