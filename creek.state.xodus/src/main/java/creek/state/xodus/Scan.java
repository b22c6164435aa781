package creek.state.xodus;

import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Transaction;

/** Visits the entries with a prefix, some at a time, from the tree and the recent changes together. */
final class Scan {
    private static final int MIN_ENTRIES = 16;
    private static final int MAX_ENTRIES = 512;
    private static final int MAX_BYTES = 1 << 18;

    private final byte[] prefix;
    /** Keys and values in turn. */
    private final List<byte[]> found = new ArrayList<>();
    private byte[] from;
    private int bytes;
    /** How many entries are read next: few at first, since some look at few only. */
    private int count = MIN_ENTRIES;

    Scan(byte[] prefix, byte[] from) {
        this.prefix = prefix.clone();
        this.from = Arrays.compareUnsigned(prefix, from) < 0 ? from.clone() : this.prefix;
    }

    /** Reads some more; whether there may be still more. */
    boolean read(Entries entries, Transaction transaction, RecentChanges recent, StoredValue values) throws DamagedStateException {
        found.clear();
        bytes = 0;
        try (Cursor cursor = entries.cursor(transaction)) {
            byte[] key = cursor.getSearchKeyRange(TreeKey.of(from)) == null ? null : key(TreeKey.toKey(cursor.getKey()));
            RecentChanges.Cursor changes = recent.new Cursor(from);
            byte[] changed = nextKey(changes);
            while (key != null || changed != null) {
                int order = key == null ? 1 : changed == null ? -1 : Arrays.compareUnsigned(key, changed);
                if (order < 0) {
                    add(key, values.decode(key, entries.complete(transaction, key, cursor.getValue())));
                } else {
                    if (changes.value() != RecentChanges.REMOVED) {
                        add(changed, changes.value());
                    }
                    from = Arrays.copyOf(changed, changed.length + 1);
                    changed = nextKey(changes);
                }
                if (order <= 0) {
                    from = Arrays.copyOf(key, key.length + 1);
                    key = cursor.getNext() ? key(TreeKey.toKey(cursor.getKey())) : null;
                }
                if (found.size() >= 2 * count || bytes >= MAX_BYTES) {
                    count = Math.min(MAX_ENTRIES, 2 * count);
                    return true;
                }
            }
        }
        return false;
    }

    private byte[] nextKey(RecentChanges.Cursor changes) {
        return changes.next() ? key(changes.key()) : null;
    }

    /** The key, or null where it does not begin with the prefix and all others are behind those that do. */
    private byte[] key(byte[] key) {
        return Arrays.mismatch(key, prefix) >= 0 && Arrays.mismatch(key, prefix) < prefix.length ? null : key;
    }

    private void add(byte[] key, byte[] value) {
        found.add(key);
        found.add(value);
        bytes += key.length + value.length;
    }

    /** Hands on what was read; whether to go on. */
    boolean visit(StateStore.Visitor visitor) throws IOException {
        for (int i = 0; i < found.size(); i += 2) {
            if (!visitor.entry(found.get(i), found.get(i + 1))) {
                return false;
            }
        }
        return true;
    }
}
