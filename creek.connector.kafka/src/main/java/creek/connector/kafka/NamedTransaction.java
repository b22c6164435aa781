package creek.connector.kafka;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

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

    static NamedTransaction read(BinaryReader input) {
        return new NamedTransaction(input.readString(), input.readLong(), input.readInt(), input.readLong());
    }
}
