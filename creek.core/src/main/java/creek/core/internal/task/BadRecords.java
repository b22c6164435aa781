package creek.core.internal.task;

import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.operator.Input;
import java.time.Clock;
import java.util.Arrays;

/** What becomes of a source's records that can't be decoded where the table's options leave them out. They are counted. */
final class BadRecords {
    private final Utf8 table;
    private final Clock clock;
    /** Null where they go nowhere. */
    private final Input deadLetters;
    private final Row row = new Row(6);
    private long count;

    BadRecords(String table, Clock clock, Input deadLetters) {
        this.table = Utf8.of(table);
        this.clock = clock;
        this.deadLetters = deadLetters;
    }

    /**
     * @param location where the record stands
     * @param bytes    the record; null if it has no value, or is no longer known
     * @param key      the message's key; null if it has none
     */
    void add(String location, String reason, byte[] bytes, int from, int to, byte[] key, int keyFrom, int keyTo) throws Exception {
        count++;
        if (deadLetters == null) {
            return;
        }
        row.setUtf8(0, table);
        row.setUtf8(1, Utf8.of(location));
        row.setUtf8(2, Utf8.of(reason));
        set(3, bytes, from, to);
        set(4, key, keyFrom, keyTo);
        row.setLong(5, clock.millis());
        deadLetters.process(row);
    }

    private void set(int column, byte[] bytes, int from, int to) {
        if (bytes == null) {
            row.setNull(column);
        } else {
            row.setObject(column, Arrays.copyOfRange(bytes, from, to));
        }
    }

    long count() {
        return count;
    }
}
