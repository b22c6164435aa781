package creek.connector.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The identifiers of one sink's transactions: a fixed few, so that whoever comes after a crash knows them all. Several sinks of one table, of the
 * same process, get different ones, in the order in which they are made.
 */
final class TransactionalIds implements AutoCloseable {
    /** One being written, one pending, one that the last checkpoint still names, and some for checkpoints that fail. */
    static final int COUNT = 8;

    private static final Set<String> CLAIMED = new HashSet<>();

    private final String prefix;

    private TransactionalIds(String prefix) {
        this.prefix = prefix;
    }

    static TransactionalIds claim(String prefix, String table) {
        synchronized (CLAIMED) {
            for (int writer = 0;; writer++) {
                String own = prefix + "-" + table + "-" + writer + "-";
                if (CLAIMED.add(own)) {
                    return new TransactionalIds(own);
                }
            }
        }
    }

    String id(int number) {
        return prefix + number;
    }

    List<String> all() {
        List<String> all = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            all.add(id(number));
        }
        return all;
    }

    @Override
    public void close() {
        synchronized (CLAIMED) {
            CLAIMED.remove(prefix);
        }
    }
}
