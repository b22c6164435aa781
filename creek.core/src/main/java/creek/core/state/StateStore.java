package creek.core.state;

import java.io.IOException;
import java.util.Arrays;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An ordered map from byte keys to byte values that survives. Keys are ordered as unsigned bytes.
 *
 * <p>Reads come from any thread at any time. Changes come in checkpoints, from one thread, one checkpoint at a time; between the begin of a checkpoint
 * and its end a read of a key that the checkpoint changes may give the value before or after: the engine reads no such key. Each value that is read
 * is exactly one that was put, or the read fails with a {@link DamagedStateException}.
 */
@ConsumerType
public interface StateStore extends AutoCloseable {
    /** The number of the last complete checkpoint, or 0 where there is none yet. */
    long lastCheckpoint();

    /** The value of a key, or null. */
    byte[] get(byte[] key) throws IOException;

    /** Visits the entries whose keys start with that prefix, in order, until the visitor has enough. */
    void scan(byte[] prefix, Visitor visitor) throws IOException;

    /**
     * As the other one, without the keys before {@code from}. An engine that looks through a table a few entries at a time goes on like that, so a
     * store that can begin anywhere does.
     */
    default void scan(byte[] prefix, byte[] from, Visitor visitor) throws IOException {
        scan(prefix, (key, value) -> Arrays.compareUnsigned(key, from) < 0 || visitor.entry(key, value));
    }

    /**
     * The last complete checkpoint as it is now, to be read while later ones are written; null where the store can't do that. Called by the thread of the
     * checkpoints, between two of them.
     */
    default View view() throws IOException {
        return null;
    }

    /** Bytes written to the medium since the store was opened, everything counted. From any thread. */
    long bytesWritten();

    /** Bytes that the store takes up on its medium. From any thread. */
    long bytesStored();

    /** Begins a checkpoint with a number higher than any before. */
    Checkpoint begin(long number) throws IOException;

    /** Lets go of the store. A checkpoint that is not complete is as if it had never begun. */
    @Override
    void close() throws IOException;

    /** A store as it was at one checkpoint. It may hold up the reclaiming of space, so it is closed soon. For one thread, whichever that is. */
    @ConsumerType
    interface View extends AutoCloseable {
        /**
         * Visits all entries in order, until the visitor has enough.
         *
         * @throws IOException also if the store was closed meanwhile, or had to take back a checkpoint
         */
        void scan(Visitor visitor) throws IOException;

        @Override
        void close();
    }

    /** Takes entries of a scan. */
    @ConsumerType
    interface Visitor {
        /** Takes an entry, arrays of its own; whether to go on. */
        boolean entry(byte[] key, byte[] value) throws IOException;
    }

    /**
     * The changes of one checkpoint: all of them, or none, survive a crash. They come in an order: a key that is changed more than once, such as
     * one that is removed and put again, is as the last of its changes leaves it. Bounded in memory however many there are. After an exception the
     * checkpoint is {@linkplain #abort aborted}, and another may begin.
     */
    @ConsumerType
    interface Checkpoint {
        /** Sets the value of a key. The arrays are the store's from then on. */
        void put(byte[] key, byte[] value) throws IOException;

        /** Removes a key, whether it is there or not. The array is the store's from then on. */
        void remove(byte[] key) throws IOException;

        /** Makes the checkpoint durable and the last complete one. When this returns it survives the loss of power. */
        void complete() throws IOException;

        /**
         * Gives the checkpoint up: a crash from now on leaves the last complete one. What it changed may stay visible to reads: the next
         * checkpoint changes all of it again.
         */
        void abort() throws IOException;
    }
}
