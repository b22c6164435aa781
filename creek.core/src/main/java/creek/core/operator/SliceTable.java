package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import creek.core.internal.state.Changes;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TableStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a {@link WindowAggregateOperator} keeps, as state: an entry for each group of each slice, under the slice's end and the group's key, so that
 * a checkpoint writes the groups that rows came for. Slices stand in the store as they stand in memory, merged or not: a restart gives the same sums
 * in the same order, to the last digit.
 */
final class SliceTable implements StateTable {
    /** In place of a slice's end: the groups of {@link WindowContent#merged}. */
    static final long MERGED = Long.MAX_VALUE;
    /** Bytes of memory that a group takes beside its serialized bytes. */
    private static final int GROUP_BYTES = 48;

    private final WindowAggregateOperator operator;
    private final String form;
    private final EntryRows rows;
    private final KeyTable keys;
    private final SliceList slices;
    private final WindowContent content;
    private final BinaryReader reader = new BinaryReader();
    private TableStore store;
    /** Of what was written or read, to estimate what the rest takes. */
    private long sampledBytes = 32;
    private long sampledGroups = 1;
    /** Groups that may leave memory, as of the complete checkpoint with that mark. */
    private long atRest;
    private int countedAt = -1;

    SliceTable(WindowAggregateOperator operator, String form, EntryRows rows, KeyTable keys, SliceList slices, WindowContent content) {
        this.operator = operator;
        this.form = form;
        this.rows = rows;
        this.keys = keys;
        this.slices = slices;
        this.content = content;
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public EntryRows entryRows() {
        return rows;
    }

    @Override
    public void open(TableStore newStore, BinaryReader summary) throws IOException {
        store = newStore;
        slices.track(this, store.epochs());
        if (content.merged() != null) {
            content.merged().track(store.epochs());
        }
        if (summary.remaining() > 0) {
            if (store.isRedistributed()) {
                new FormerSlices(operator, keys, slices, content).restore(store, this::readAnew);
                return;
            }
            operator.restore(summary.readLong());
            content.read(summary);
            store.scan((entry, value) -> read(sliceOf(TableStore.readTime(entry)), entry, value));
        }
    }

    private void read(Slice slice, byte[] entry, byte[] value) {
        slice.read(key(entry, value), reader);
    }

    private void readAnew(byte[] entry, byte[] value) {
        sliceOf(TableStore.readTime(entry)).readAnew(key(entry, value), reader);
    }

    /** The number of an entry's key; the reader stands at its value. */
    private int key(byte[] entry, byte[] value) {
        byte[] key = TableStore.keyAfterTime(entry);
        reader.reset(value, 0, value.length);
        sample(value.length);
        return keys.number(key, key.length, Utf8.hash(key, 0, key.length));
    }

    /** Fills a slice that has left memory. */
    void read(long end, Slice slice) {
        BinaryWriter prefix = new BinaryWriter();
        TableStore.writeTime(end, prefix);
        try {
            for (int group = store.groups().first(); group <= store.groups().last(); group++) {
                store.scan(prefix.bytes(), prefix.size(), group, (entry, value) -> read(slice, entry, value));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Takes note of how large a group was. */
    void sample(int bytes) {
        sampledBytes += bytes;
        sampledGroups++;
    }

    private Slice sliceOf(long end) {
        if (end == MERGED) {
            return content.merged();
        }
        int place = slices.find(end);
        return place >= 0 ? slices.get(place) : slices.insert(-place - 1, end, operator.nextWindow(end));
    }

    @Override
    public void writeSummary(BinaryWriter output) {
        output.writeLong(operator.progress());
        content.write(output);
    }

    @Override
    public void write(Changes changes) {
        slices.write(changes, content.merged());
        if (content.merged() != null) {
            content.merged().write(MERGED, changes, this);
        }
    }

    /**
     * Slices leave as a whole, and only while no rows come for them: those that the stream is at would be back at once. Counted once for each
     * checkpoint, since this is asked often.
     */
    @Override
    public long evictableBytes() {
        if (!store.isIncremental()) {
            return 0;
        }
        if (countedAt != store.epochs().completed()) {
            countedAt = store.epochs().completed();
            atRest = slices.groupsAtRest();
        }
        return atRest * groupBytes();
    }

    @Override
    public long evict(long bytes) {
        if (!store.isIncremental()) {
            return 0;
        }
        operator.leaveSlice();
        long gone = slices.evict(bytes / groupBytes() + 1);
        atRest = slices.groupsAtRest();
        return gone * groupBytes();
    }

    private long groupBytes() {
        return GROUP_BYTES + sampledBytes / sampledGroups;
    }

    /** Begins an entry of a slice; ends stand in the order of their values. */
    static void beginEntry(long end, KeyTable keys, int key, Changes changes) {
        BinaryWriter entry = changes.key(KeyMap.usable(keys.hash(key)));
        TableStore.writeTime(end, entry);
        entry.writeRaw(keys.key(key), 0, keys.length(key));
    }
}
