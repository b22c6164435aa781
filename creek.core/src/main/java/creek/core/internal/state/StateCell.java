package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.operator.OperatorContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** A few values of an operator that are one entry of its state, written when they differ from what was written last. */
public final class StateCell implements StateTable {
    private final String form;
    private final Consumer<BinaryWriter> write;
    private final Consumer<BinaryReader> read;
    private final BinaryWriter now = new BinaryWriter();
    private byte[] last = {};
    private int changed;
    private TableStore store;

    private StateCell(String form, Consumer<BinaryWriter> write, Consumer<BinaryReader> read) {
        this.form = form;
        this.write = write;
        this.read = read;
    }

    /**
     * Makes values part of an operator's state and sets them to what was written last, if there is something.
     *
     * @param form what is written, as text
     */
    public static void keep(OperatorContext context, String name, String form, Consumer<BinaryWriter> write, Consumer<BinaryReader> read)
            throws IOException {
        OperatorState.keep(context, name, new StateCell(form, write, read));
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public void open(TableStore newStore, BinaryReader summary) throws IOException {
        store = newStore;
        store.scan((key, value) -> {
            last = value;
            read.accept(new BinaryReader(value));
        });
    }

    @Override
    public void write(Changes changes) {
        now.reset();
        write.accept(now);
        if (!Arrays.equals(last, 0, last.length, now.bytes(), 0, now.size())) {
            last = now.toBytes();
            changed = store.epochs().current();
        }
        if (changes.includes(changed)) {
            changes.key(0);
            changes.value().writeRaw(last, 0, last.length);
            changes.put();
        }
    }
}
