package creek.core.format;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import org.osgi.annotation.versioning.ConsumerType;

/** Encodes rows into records. One instance serves one writer, on the job's thread. */
@ConsumerType
public interface RowEncoder {
    /**
     * Appends the row's record to the output, without a delimiter after it.
     *
     * @throws IllegalArgumentException if the row has a value that the format can't carry, naming the column
     */
    void encode(Row row, BinaryWriter output);
}
