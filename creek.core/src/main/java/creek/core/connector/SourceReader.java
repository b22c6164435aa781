package creek.core.connector;

import creek.core.data.Row;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one table for one job. All methods are called on the job's thread, {@link #open} first and {@link #close} last; none may block:
 * a reader that must wait keeps a thread of its own, hands over through a queue and calls {@link SourceContext#wakeUp}.
 */
@ConsumerType
public interface SourceReader extends AutoCloseable {
    /** Takes what reading needs. Called once. */
    void open() throws Exception;

    /**
     * Hands records to the output until it {@linkplain RecordOutput#isFull is full} or there is nothing more at once. Returns after a bounded
     * piece of work (one buffer, say) in any case, at a record boundary.
     *
     * @throws Exception fails the job, with this message
     */
    ReadStatus read(RecordOutput output) throws Exception;

    /**
     * Writes a metadata value of the record that is being handed out into a column. Called during {@link RecordOutput#record}, so it should
     * be as cheap as the rest of the hot path.
     *
     * @param key place in {@link SourceContext#metadataKeys}
     */
    default void readMetadata(int key, Row row, int column) {
        throw new UnsupportedOperationException("no metadata");
    }

    /** Where the record handed out last stands, for messages: {@code file readings.json, line 7, offset 812}. May be slow. */
    String location();

    /** Lets go of everything. Called once, also after a failure, and also when {@link #open} failed. */
    @Override
    void close() throws Exception;
}
