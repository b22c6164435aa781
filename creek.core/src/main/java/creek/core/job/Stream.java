package creek.core.job;

import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import org.osgi.annotation.versioning.ProviderType;

/** The rows that a source or an operator puts out; may be used several times. */
@ProviderType
public interface Stream {
    /**
     * Feeds this stream to an operator and gives its output.
     *
     * @param id the operator's id, unique in the job; derived from what the operator does, so that a changed job finds its old state
     */
    Stream then(String id, Operator operator);

    /**
     * The same rows, those of one key in one place: in a parallel job the rows of this stream that have equal keys go to the same of its subtasks. With a
     * key of no columns all rows go to the first. Rows from one subtask to another stay in their order. In a job that is not parallel it is this stream.
     */
    Stream keyBy(KeySelector key);

    /**
     * The rows that the operator whose output this is has dropped because they came too late: all columns that it took, and behind them, as a
     * BIGINT, by how many milliseconds. No watermarks. Windows by event time have such rows.
     */
    Stream lateRows();

    /**
     * The records of the source whose stream this is that could not be decoded, where the table says that they are written to a table: as STRINGs the
     * table's name, the record's place and the reason; as BYTES the record and the message's key; the time as TIMESTAMP_LTZ(3). No watermarks.
     */
    Stream deadLetters();

    /** Writes this stream to a table. */
    void sink(String id, TableSink sink);
}
