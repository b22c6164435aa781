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
        try {
            store.change(key, value);
        } catch (IOException e) {
            giveUp(e);
            throw e;
        }
    }

    @Override
    public void complete() throws IOException {
        requireOpen();
        try {
            store.complete(number);
            open = false;
        } catch (IOException e) {
            giveUp(e);
            throw e;
        }
    }

    private void giveUp(IOException reason) {
        try {
            abort();
        } catch (IOException e) {
            // The next checkpoint tries again.
            reason.addSuppressed(e);
        }
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
