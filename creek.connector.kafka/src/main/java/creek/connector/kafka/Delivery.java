package creek.connector.kafka;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How records come to the broker, with the guarantee that the table asks for. On the job's thread but where said otherwise. */
interface Delivery {
    /** How long closing waits for rows of units that were begun, perhaps for another writer to commit. */
    long FLUSH_AT_CLOSE_MILLIS = 3_000;

    /** Commits what was pending with the last checkpoint and takes back what was written after it. May block. */
    void restore(List<BinaryReader> pending) throws Exception;

    /** Takes units of another writer over, instead of {@link #restore}. */
    List<PendingCommit> takeOver(List<BinaryReader> pending) throws Exception;

    /** While another writer still writes: connects if that does not disturb it. Waits for that, for a bounded time. */
    default void prepare() throws Exception {
    }

    /** Begins to connect; does not wait for it. */
    void open();

    /** Whether records may come: connected, and not too much on its way. Also if something failed, so that {@link #check} says so. */
    boolean isReady();

    /** Passes on what has failed. */
    void check() throws Exception;

    /** Takes a record, whether it is ready or not. */
    void send(ProducerRecord<byte[], byte[]> record) throws Exception;

    /** Closes a unit of what was sent; null if there is nothing to commit. */
    PendingCommit beginCommit() throws Exception;

    /** Waits until all is with the broker. */
    void finish() throws Exception;

    /** @throws Exception if rows of units that were begun did not come to the broker */
    void close() throws Exception;
}
