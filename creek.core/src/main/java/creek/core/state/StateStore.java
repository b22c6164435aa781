package creek.core.state;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An ordered map from byte keys to byte values that survives. Reads may come from the job's thread at any time; changes come in checkpoints, from
 * the store's own thread, one checkpoint at a time. Keys are ordered as unsigned bytes.
 */
@ConsumerType
public interface StateStore extends AutoCloseable {
    /** The number of the last complete checkpoint, or 0 where there is none yet. */
    long lastCheckpoint();

    /** The value of a key as of the last complete checkpoint, or null. */
    byte[] get(byte[] key) throws IOException;

    /** Visits the entries whose keys start with that prefix, in order, until the visitor has enough. */
    void scan(byte[] prefix, Visitor visitor) throws IOException;

    /** Begins a checkpoint with a number higher than the last one's. What it writes is not seen by reads until it is complete. */
    Checkpoint begin(long number) throws IOException;

    /** Lets go of the store. A checkpoint that is not complete is as if it had never begun. */
    @Override
    void close() throws IOException;

    /** Takes entries of a scan. */
    @ConsumerType
    interface Visitor {
        /** Takes an entry; whether to go on. */
        boolean entry(byte[] key, byte[] value) throws IOException;
    }

    /** The changes of one checkpoint: all of them, or none, survive a crash. Bounded in memory however many there are. */
    @ConsumerType
    interface Checkpoint {
        void put(byte[] key, byte[] value) throws IOException;

        void remove(byte[] key) throws IOException;

        /** Makes the checkpoint durable and the last complete one. When this returns it survives the loss of power. */
        void complete() throws IOException;

        /** Gives the checkpoint up, as if it had never begun. */
        void abort() throws IOException;
    }
}
