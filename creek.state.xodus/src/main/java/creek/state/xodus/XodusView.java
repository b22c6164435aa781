package creek.state.xodus;

import creek.core.state.StateStore;
import java.io.IOException;
import jetbrains.exodus.env.Transaction;

/** What a store was after one checkpoint: a root of the tree, which is never written again, and the changes that waited then. */
final class XodusView implements StateStore.View {
    private final XodusStore store;
    private final Database database;
    private final Transaction transaction;
    private final RecentChanges changes;
    private boolean closed;

    /** With the store's monitor held. */
    XodusView(XodusStore store, Database database, RecentChanges changes) {
        this.store = store;
        this.database = database;
        this.transaction = database.read();
        this.changes = changes;
    }

    @Override
    public void scan(StateStore.Visitor visitor) throws IOException {
        store.scan(new Scan(XodusStore.FIRST_KEY, XodusStore.FIRST_KEY), this, visitor);
    }

    Database database() {
        return database;
    }

    Transaction transaction() {
        return transaction;
    }

    RecentChanges changes() {
        return changes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.closed(this);
        }
    }
}
