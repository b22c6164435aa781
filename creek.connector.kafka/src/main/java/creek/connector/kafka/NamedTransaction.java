package creek.connector.kafka;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction as a checkpoint names it.
 *
 * @param id         what the broker knows it by
 * @param producerId who writes it, with {@code epoch}
 * @param rows       how many records it has
 */
record NamedTransaction(String id, long producerId, int epoch, long rows) {
    /** The form in which it is written. */
    static final int VERSION = 2;

    void write(BinaryWriter output) {
        output.writeString(id);
        output.writeLong(producerId);
        output.writeInt(epoch);
        output.writeLong(rows);
    }

    /** Reads all, written one by one. */
    static List<NamedTransaction> readAll(List<BinaryReader> written) throws PositionException {
        List<NamedTransaction> named = new ArrayList<>();
        for (BinaryReader each : written) {
            try {
                named.add(new NamedTransaction(each.readString(), each.readLong(), each.readInt(), each.readLong()));
            } catch (RuntimeException e) {
                throw new PositionException("what is known of transactions that are to be committed is damaged");
            }
        }
        return named;
    }
}
