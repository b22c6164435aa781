package creek.state.xodus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Transaction;

/**
 * Goes round the keys and writes the entries anew, a range at a time, so that they lie together with the nodes above them. Where keys change in no order,
 * each change writes the nodes above it and leaves the entries beside it where they are, spread over all files; to move those out of one
 * file would write their nodes again and leave as much behind as it frees. A whole range shares its nodes.
 */
final class RangeRewriter {
    private static final int MOST_ENTRIES = 2048;
    private static final int MOST_BYTES = 1 << 19;

    private final Database database;
    private byte[] from;

    /** @param from the key to begin at, or behind it */
    RangeRewriter(Database database, byte[] from) {
        this.database = database;
        this.from = from;
    }

    /** Where the next range begins. */
    byte[] from() {
        return from;
    }

    /** Rewrites the next range. */
    void rewrite() {
        List<byte[]> range = read();
        if (range.isEmpty()) {
            from = XodusStore.FIRST_KEY;
            return;
        }
        Transaction transaction = database.write();
        try {
            for (int i = 0; i < range.size(); i += 2) {
                database.entries().put(transaction, range.get(i), range.get(i + 1));
            }
            transaction.flush();
        } finally {
            transaction.abort();
        }
        byte[] last = range.get(range.size() - 2);
        from = Arrays.copyOf(last, last.length + 1);
    }

    /** Keys and values in turn. */
    private List<byte[]> read() {
        List<byte[]> range = new ArrayList<>();
        int bytes = 0;
        Transaction transaction = database.read();
        try (Cursor cursor = database.entries().cursor(transaction)) {
            boolean more = cursor.getSearchKeyRange(TreeKey.of(from)) != null;
            while (more && range.size() < 2 * MOST_ENTRIES && bytes < MOST_BYTES) {
                byte[] key = TreeKey.toKey(cursor.getKey());
                byte[] value = database.entries().complete(transaction, key, cursor.getValue());
                range.add(key);
                range.add(value);
                bytes += key.length + value.length;
                more = cursor.getNext();
            }
        } finally {
            transaction.abort();
        }
        return range;
    }
}
