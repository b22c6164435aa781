package creek.connector.kafka;

import java.util.ArrayList;
import java.util.List;

/** The identifiers of one sink's transactions: a fixed few, so that whoever comes after a crash knows them all. */
final class TransactionalIds {
    /** One being written, one pending, one that the last checkpoint still names, and some for checkpoints that fail and units of other writers. */
    private static final int COUNT = 16;

    private TransactionalIds() {
    }

    /**
     * All that a sink has.
     *
     * @param prefix what the table says
     * @param sink   what tells this sink from others of the job for the same table, and stays so when the job is started again
     */
    static List<String> of(String prefix, String table, String sink) {
        List<String> all = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            all.add(prefix + "-" + table + "-" + sink + "-" + number);
        }
        return List.copyOf(all);
    }
}
