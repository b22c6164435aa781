package creek.core.format;

import creek.core.data.Row;
import org.osgi.annotation.versioning.ConsumerType;

/** Decodes records into rows. One instance serves one reader, on the job's thread. */
@ConsumerType
public interface RowDecoder {
    /**
     * Decodes the record that is {@code bytes[from, to)} into the row, whose wanted columns are all set, to null where the record has no value.
     * Strings in the row may point into {@code bytes}. At least eight bytes can be read beyond {@code to}.
     *
     * @return false if there is no row in the record (an empty line, a comment, an error that the format's options say to ignore)
     * @throws DecodeException if the bytes are not a record of this format; the row's content is then undefined
     */
    boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException;

    /**
     * Decodes the line that starts at {@code from}, which {@link Framing#LINES} would make a record, without being told where it ends: formats whose
     * records show it need not have it looked for. Only for decoders of one row a record. Otherwise as {@link #decode}.
     *
     * @param to the end of the bytes that there are; more than {@code from}
     * @return the place of the line feed, or -1 where {@link #decode} must be called, with the record's end: it is not there yet, the record has no row,
     *         is damaged, or of a form that this decoder does not expect
     */
    default int decodeLine(byte[] bytes, int from, int to, Row row) {
        return -1;
    }

    /** Whether a record may have several rows, so that {@link #next} must be asked. Always the same. */
    default boolean givesSeveralRows() {
        return false;
    }

    /**
     * Decodes a message that is null rather than bytes, if the format can say so in a row.
     *
     * @return false if there is no row in it, as for most formats
     */
    default boolean decodeNull(Row row) {
        return false;
    }

    /**
     * Decodes the next row of the record that {@link #decode} was called with last and found a row in. The record's bytes may be gone by now:
     * a decoder of several rows keeps what it needs.
     *
     * @return false if there is no further row in the record
     * @throws DecodeException as {@link #decode}
     */
    default boolean next(Row row) throws DecodeException {
        return false;
    }

    /** How many records this decoder has left out because an option says to ignore errors. */
    default long ignored() {
        return 0;
    }
}
