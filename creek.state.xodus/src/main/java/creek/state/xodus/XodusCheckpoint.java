package creek.state.xodus;

import creek.core.state.StateStore;
import java.io.IOException;

/** A checkpoint being written. For one thread. */
final class XodusCheckpoint implements StateStore.Checkpoint {
    private final XodusStore store;
    private final long number;
    private boolean open = true;

    XodusCheckpoint(XodusStore store, long number) {
        this.store = store;
        this.number = number;
    }

    @Override
    public void put(byte[] key, byte[] value) throws IOException {
        change(key, value);
    }

    @Override
    public void remove(byte[] key) throws IOException {
        change(key, null);
    }

    private void change(byte[] key, byte[] value) throws IOException {
        requireOpen();
        store.change(key, value);
    }

    @Override
    public void complete() throws IOException {
        requireOpen();
        store.complete(number);
        open = false;
    }

    @Override
    public void abort() throws IOException {
        if (open) {
            open = false;
            store.abort();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("checkpoint " + number + " has ended");
        }
    }
}
