package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A few numbers of an operator that are one entry of its state, written when they differ from what was written last. Each subtask has its own, in the first
 * of its key groups.
 */
public final class StateCell implements StateTable {
    private final String form;
    private final Consumer<BinaryWriter> write;
    private final Consumer<BinaryReader> read;
    private final BinaryWriter now = new BinaryWriter();
    private byte[] last = {};
    private int changed;
    private int opened;
    private TableStore store;
    /** Where else in this subtask's part there are cells, of others that are no more. */
    private final List<Integer> groups = new ArrayList<>();

    private StateCell(String form, Consumer<BinaryWriter> write, Consumer<BinaryReader> read) {
        this.form = form;
        this.write = write;
        this.read = read;
    }

    /**
     * Makes values part of an operator's state and sets them to what was written last, if there is something.
     *
     * @param form what is written, as text
     * @param write writes 64-bit numbers only
     */
    public static void keep(OperatorContext context, String name, String form, Consumer<BinaryWriter> write, Consumer<BinaryReader> read)
            throws IOException {
        OperatorState.keep(context, name, new StateCell(form, write, read));
    }

    @Override
    public String form() {
        return form;
    }

    /** Of cells of subtasks that are others now there may be several, nearly always equal; the lowest values count. */
    @Override
    public void open(TableStore newStore, BinaryReader summary) throws IOException {
        store = newStore;
        opened = store.epochs().current();
        if (store.groups().areNone()) {
            return;
        }
        List<byte[]> values = new ArrayList<>();
        store.scanAll((key, value) -> {
            if (store.groups().has(TableStore.keyGroup(key))) {
                groups.add(TableStore.keyGroup(key));
            }
            if (!store.isRedistributed() && !store.groups().has(TableStore.keyGroup(key))) {
                return;
            }
            values.add(value);
        });
        groups.remove(Integer.valueOf(store.groups().first()));
        if (!values.isEmpty()) {
            last = lowest(values);
            read.accept(new BinaryReader(last));
            changed = store.isRedistributed() ? opened : 0;
        }
    }

    private static byte[] lowest(List<byte[]> values) {
        if (values.size() == 1) {
            return values.get(0);
        }
        List<BinaryReader> readers = values.stream().map(BinaryReader::new).toList();
        BinaryWriter lowest = new BinaryWriter();
        while (readers.get(0).remaining() > 0) {
            lowest.writeLong(readers.stream().mapToLong(BinaryReader::readLong).min().orElseThrow());
        }
        return lowest.toBytes();
    }

    @Override
    public void write(Changes changes) {
        if (store.groups().areNone()) {
            return;
        }
        now.reset();
        write.accept(now);
        if (!Arrays.equals(last, 0, last.length, now.bytes(), 0, now.size())) {
            last = now.toBytes();
            changed = store.epochs().current();
        }
        if (changes.includesRemoval(opened)) {
            for (int group : groups) {
                changes.key(group);
                changes.remove();
            }
        }
        if (changes.includes(changed)) {
            changes.key(store.groups().first());
            changes.value().writeRaw(last, 0, last.length);
            changes.put();
        }
    }
}
