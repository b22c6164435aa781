package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Things of an operator's own structures, as state: each is an entry under a number that it got when it was added, and is told again in the order of
 * these numbers after a restart, so that the structures are built as they were. The things stay in memory. Those that changed last stand at one end of
 * a list, so that a checkpoint looks at what changed and at nothing else. Without checkpoints it gives numbers and nothing more.
 */
public final class NumberedTable<T extends Numbered> implements StateTable {
    /** Takes back what was kept. */
    public interface Restore<T> {
        void accept(T thing) throws Exception;
    }

    private final ValueForm<T> form;
    private final Restore<T> restore;
    private final Numbered ends = new Numbered() {
    };
    private long next;
    /** Null if no checkpoint takes the things. */
    private Epochs epochs;
    private boolean incremental;

    // what the store may have and need not have any more
    private long[] removed = new long[16];
    private int[] removedHashes = new int[16];
    private int[] removedAt = new int[16];
    private int removals;

    /** @param restore told of each thing that was kept, in the order in which they were added */
    public NumberedTable(ValueForm<T> form, Restore<T> restore) {
        this.form = form;
        this.restore = restore;
        ends.before = ends;
        ends.after = ends;
    }

    /** Makes the things part of the operator's state. Called while it opens. */
    public void keep(OperatorContext context, String name) throws IOException {
        OperatorState.keep(context, name, this);
    }

    /**
     * Adds a thing, or adds it again after it was removed, and gives it the next number.
     *
     * @param hash of the key that it belongs to
     */
    public void add(T thing, int hash) {
        thing.number = next++;
        if (epochs != null) {
            thing.hash = KeyMap.usable(hash);
            thing.changed = epochs.mark(0);
            thing.stored = false;
            link(thing);
        }
    }

    /** Says that a thing has changed or is about to. */
    public void touch(T thing) {
        if (epochs != null && thing.changed != epochs.current()) {
            thing.changed = epochs.mark(thing.changed);
            unlink(thing);
            link(thing);
        }
    }

    public void remove(T thing) {
        if (epochs == null) {
            return;
        }
        unlink(thing);
        if (thing.stored) {
            if (removals == removed.length) {
                removed = Arrays.copyOf(removed, 2 * removals);
                removedHashes = Arrays.copyOf(removedHashes, removed.length);
                removedAt = Arrays.copyOf(removedAt, removed.length);
            }
            removed[removals] = thing.number;
            removedHashes[removals] = thing.hash;
            removedAt[removals++] = epochs.current();
        }
    }

    /** Removes all things of a list. */
    public void removeAll(List<? extends T> things) {
        for (int i = 0; epochs != null && i < things.size(); i++) {
            remove(things.get(i));
        }
    }

    private void link(Numbered thing) {
        thing.before = ends.before;
        thing.after = ends;
        ends.before.after = thing;
        ends.before = thing;
    }

    private static void unlink(Numbered thing) {
        thing.before.after = thing.after;
        thing.after.before = thing.before;
        thing.before = null;
        thing.after = null;
    }

    @Override
    public String form() {
        return form.text();
    }

    @Override
    public EntryRows entryRows() {
        return form.entryRows();
    }

    @Override
    public void open(TableStore store, BinaryReader summary) throws IOException {
        epochs = store.epochs();
        incremental = store.isIncremental();
        List<T> things = new ArrayList<>();
        BinaryReader reader = new BinaryReader();
        store.scan((key, value) -> {
            reader.reset(value, 0, value.length);
            T thing = form.read(reader);
            thing.number = TableStore.readTime(key);
            thing.hash = TableStore.keyGroup(key);
            thing.stored = incremental;
            things.add(thing);
        });
        things.sort(Comparator.comparingLong(Numbered::number));
        for (T thing : things) {
            next = thing.number + 1;
            link(thing);
            restore(thing);
        }
    }

    private void restore(T thing) throws IOException {
        try {
            restore.accept(thing);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void write(Changes changes) {
        writeRemovals(changes);
        for (Numbered thing = ends.before; thing != ends && changes.includes(thing.changed); thing = thing.before) {
            TableStore.writeTime(thing.number, changes.key(thing.hash));
            BinaryWriter value = changes.value();
            form.write((T) thing, value);
            changes.put();
            thing.stored = incremental;
        }
    }

    private void writeRemovals(Changes changes) {
        int kept = 0;
        for (int i = 0; i < removals; i++) {
            if (!changes.isCompleted(removedAt[i])) {
                TableStore.writeTime(removed[i], changes.key(removedHashes[i]));
                changes.remove();
                removed[kept] = removed[i];
                removedHashes[kept] = removedHashes[i];
                removedAt[kept++] = removedAt[i];
            }
        }
        removals = kept;
    }
}
