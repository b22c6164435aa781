package creek.core.connector;

import creek.core.data.Row;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one table for one job. All methods are called on the job's thread, {@link #open} first and {@link #close} last; none may block for
 * long: a writer that must wait says that it is not ready.
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

    /** Called when the loop has nothing to read and at least once a second: passes on what is buffered, rolls what is due by time. */
    default void flush() throws Exception {
    }

    /** Called once, after the last row of a job that ended by itself or was told to stop: makes everything written final. */
    void finish() throws Exception;

    /**
     * Lets go of everything. Called once, also after a failure. Without {@link #finish} before it, nothing that was not final may look as if
     * it were.
     */
    @Override
    void close() throws Exception;
}
