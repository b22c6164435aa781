package creek.core.format;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import org.osgi.annotation.versioning.ConsumerType;

/** Encodes rows into records. One instance serves one writer, on the job's thread. */
@ConsumerType
public interface RowEncoder {
    /**
     * Appends the row's record to the output, without a delimiter after it. An encoder of a stream may hold rows back until {@link #flush}.
     *
     * @throws IllegalArgumentException if the row has a value that the format can't carry, naming the column
     */
    void encode(Row row, BinaryWriter output);

    /** Whether records in a stream are ended by line feeds, which the caller writes. Always the same. */
    default boolean isDelimited() {
        return true;
    }

    /** Appends what a stream starts with, before its first row. Not called for messages. */
    default void begin(BinaryWriter output) {
    }

    /** Appends what was held back, so that the stream is whole up to here; also before its end. Not called for messages. */
    default void flush(BinaryWriter output) {
    }
}
