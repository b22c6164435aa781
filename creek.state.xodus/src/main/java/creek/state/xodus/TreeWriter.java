package creek.state.xodus;

import jetbrains.exodus.env.Transaction;

/** Writes changes, best in the order of their keys, in transactions whose nodes fit into memory. For one thread. */
final class TreeWriter implements AutoCloseable {
    private static final int MAX_CHANGES = 2048;
    private static final int MAX_BYTES = 1 << 20;

    private final Database database;
    private final StoredValue values;
    private final Transaction transaction;
    private int changes;
    private int bytes;

    TreeWriter(Database database, StoredValue values) {
        this.database = database;
        this.values = values;
        this.transaction = database.write();
    }

    /** Puts a value, or removes the key where it is null. */
    void write(byte[] key, byte[] value) {
        if (value == null) {
            database.entries().remove(transaction, key);
        } else {
            database.entries().put(transaction, key, values.encode(key, value));
            bytes += value.length;
        }
        bytes += key.length;
        changes++;
        if (changes >= MAX_CHANGES || bytes >= MAX_BYTES) {
            flush();
        }
    }

    /** Forgets the changes that have gone into the tree, with the last of them. */
    void clearChanges() {
        database.clearChanges(transaction);
        flush();
    }

    void flush() {
        transaction.flush();
        changes = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        transaction.abort();
    }
}
