package creek.core.connector;

import creek.core.data.BinaryReader;
import creek.core.data.Row;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one table for one job. All methods are called on the job's thread, {@link #open} first and {@link #close} last; none may block for
 * long: a writer that must wait says that it is not ready.
 *
 * <p>While a version of a connector takes over from another, what comes before and with {@link #open}, and {@link #close}, may be called on another
 * thread: one that does not come back in time is given up. The job's thread waits for it, but not for {@link #prepare}.
 */
@ConsumerType
public interface SinkWriter extends AutoCloseable {
    /** Takes what writing needs. Called once. */
    void open() throws Exception;

    /**
     * Whether rows may come now. The loop reads no further while a sink is not ready; rows that one step of it still makes (a thousand or
     * so) must be taken nevertheless.
     */
    default boolean isReady() {
        return true;
    }

    /** Takes one row, which is valid during the call only. */
    void write(Row row) throws Exception;

    /** How many rows it has lost for want of room, where an option allows that. Asked once a turn of the loop. */
    default long dropped() {
        return 0;
    }

    /** Called when the loop has nothing to read and at least once a second: passes on what is buffered, rolls what is due by time. */
    default void flush() throws Exception {
    }

    /**
     * The form of what {@link PendingCommit#write} writes: a number that rises whenever it changes.
     */
    default int commitVersion() {
        return 1;
    }

    /**
     * Of a job with checkpoints, called before {@link #open}, once, also when nothing is pending and at the very first start: commits what was
     * pending with the last complete checkpoint and takes back, as far as the outside lets it, what was written after that, since those rows come
     * again.
     *
     * @param version the form in which it was written
     * @param pending what {@link PendingCommit#write} wrote, oldest first
     */
    default void restore(int version, List<BinaryReader> pending) throws Exception {
    }

    /**
     * Whether this writer can {@linkplain #takeOver take over} units of that form from another writer of the table. Asked of a writer that is not
     * open, by whatever thread made it. Where the answer is no, the job holds reading until a checkpoint is complete, and this writer is
     * {@linkplain #restore restored} with nothing pending: always right, only slower.
     *
     * @param version as {@link #commitVersion} of the other writer
     */
    default boolean canTakeOver(int version) {
        return false;
    }

    /**
     * Of a writer that takes over from another one, which writes on meanwhile: does in advance what takes time, so that {@link #takeOver} or
     * {@link #restore}, and {@link #open}, which follow, keep the job waiting for as short as can be. It may block: connect, say, or load classes. It must
     * not disturb the other writer, so it leaves alone whatever only one of the two can have. Called at most once, on a thread of its own;
     * {@link #close} may follow at once.
     *
     * @throws Exception if it can't take over; the job goes on with the other one
     */
    default void prepare() throws Exception {
    }

    /**
     * Of a job with checkpoints, called instead of {@link #restore}, before {@link #open}, when a writer of another version of the connector hands over
     * to this one while the job runs. All that the other has written is in these units. They are not committed, perhaps not even
     * {@linkplain PendingCommit#prepare prepared}, and are not to be now: that comes with the next checkpoint. No row comes again, so nothing else
     * that was written may be taken back. The other writer has begun them with {@link #beginCommit} and leaves them alone when it is closed
     * without {@link #finish}, which comes before this one is opened. What it still has of them it then hands to the outside, in bounded time; if it
     * can't, {@link #close} throws, and the job goes back to its last checkpoint.
     *
     * @param version the form in which they were written
     * @param pending what {@link PendingCommit#write} wrote, oldest first; may be empty
     * @return units of this writer's own that stand for them, in the same order
     */
    default List<PendingCommit> takeOver(int version, List<BinaryReader> pending) throws Exception {
        throw new UnsupportedOperationException("this writer can't take over from another");
    }

    /**
     * Of a job with checkpoints: closes what was written since the last call as one unit that becomes final with a checkpoint. Never blocks: what
     * takes time belongs into {@link PendingCommit#prepare}. Rows that are written from now on belong to the next unit.
     *
     * @return null if nothing is to be committed, as for a sink whose rows are final at once
     */
    default PendingCommit beginCommit(long checkpoint) throws Exception {
        flush();
        return null;
    }

    /**
     * Called once, after the last row of a job that ended by itself or was told to stop: makes everything written final. In a job with
     * checkpoints the last one has been taken and committed before.
     */
    void finish() throws Exception;

    /**
     * Lets go of everything. Called once, also after a failure, and also of a writer that was never opened. Without {@link #finish} before it, nothing
     * that was not final may look as if it were; units that were begun or taken over and are not committed yet are left alone.
     */
    @Override
    void close() throws Exception;
}
