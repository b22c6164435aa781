package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import creek.core.internal.state.Changes;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.StateFormException;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TableStore;
import java.io.IOException;

/**
 * What a {@link WindowAggregateOperator} keeps, as state: an entry for each group of each slice, under the slice's end and the group's key, so that
 * a checkpoint writes the groups that rows came for. Slices stand in the store as they stand in memory, merged or not: a restart gives the same sums
 * in the same order, to the last digit.
 */
final class SliceTable implements StateTable {
    /** In place of a slice's end: the groups of {@link WindowContent#merged}. */
    static final long MERGED = Long.MAX_VALUE;

    private final WindowAggregateOperator operator;
    private final String form;
    private final KeyTable keys;
    private final SliceList slices;
    private final WindowContent content;

    SliceTable(WindowAggregateOperator operator, String form, KeyTable keys, SliceList slices, WindowContent content) {
        this.operator = operator;
        this.form = form;
        this.keys = keys;
        this.slices = slices;
        this.content = content;
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public void open(TableStore store, String storedForm, BinaryReader summary) throws IOException {
        if (storedForm != null && !storedForm.equals(form)) {
            throw new StateFormException("it holds " + storedForm + " and the job wants " + form);
        }
        slices.track(store.epochs());
        if (content.merged() != null) {
            content.merged().track(store.epochs());
        }
        if (summary.remaining() > 0) {
            operator.restore(summary.readLong());
            content.read(summary);
            BinaryReader reader = new BinaryReader();
            store.scan((key, value) -> {
                reader.reset(value, 0, value.length);
                read(key, reader);
            });
        }
    }

    private void read(byte[] entry, BinaryReader value) {
        byte[] key = TableStore.keyAfterTime(entry);
        sliceOf(TableStore.readTime(entry)).read(keys.number(key, key.length, Utf8.hash(key, 0, key.length)), value);
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
            content.merged().write(MERGED, changes);
        }
    }

    /** Begins an entry of a slice; ends stand in the order of their values. */
    static void beginEntry(long end, KeyTable keys, int key, Changes changes) {
        BinaryWriter entry = changes.key(KeyMap.usable(keys.hash(key)));
        TableStore.writeTime(end, entry);
        entry.writeRaw(keys.key(key), 0, keys.length(key));
    }
}
