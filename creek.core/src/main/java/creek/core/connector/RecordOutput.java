package creek.core.connector;

import creek.core.data.Row;
import org.osgi.annotation.versioning.ProviderType;

/** Where a {@link SourceReader} hands its records to. Valid during the call of {@link SourceReader#read} only, on its thread. */
@ProviderType
public interface RecordOutput {
    /**
     * Takes one record of bytes, which the table's format decodes.
     *
     * @param bytes may be reused once the call returns; at least eight bytes can be read beyond {@code to}, whatever they hold, so that
     *              decoders may read whole words
     */
    void record(byte[] bytes, int from, int to) throws Exception;

    /**
     * Decodes the line that starts at {@code from} if its end needs not be known for that; {@link #decodedLine} must come next and hands it on.
     *
     * @param to the end of the bytes that there are, more than {@code from}; at least eight more can be read
     * @return the place of the line feed, or -1 if nothing was taken: the line is to be handed over by {@link #record}
     */
    default int decodeLine(byte[] bytes, int from, int to) {
        return -1;
    }

    /** Hands on the row of the line that {@link #decodeLine} has decoded. */
    default void decodedLine() throws Exception {
        throw new IllegalStateException("no line was decoded");
    }

    /**
     * Takes one message, which the table's formats decode: as {@link #record}, with a key.
     *
     * @param key   null for a message without a key; otherwise as {@code value}
     * @param value null for a message without a value; otherwise eight bytes can be read beyond its end
     */
    default void message(byte[] key, int keyFrom, int keyTo, byte[] value, int from, int to) throws Exception {
        if (value != null) {
            record(value, from, to);
        }
    }

    /** Takes one row of {@link SourceContext#schema}, from a connector that uses no format. */
    void row(Row row) throws Exception;

    /**
     * Says that what follows comes from that split (a file, a partition). Each split has its own watermark; the source's is the lowest of
     * them. A reader with one split only needs not call this.
     */
    void beginSplit(String split);

    /** Says that no more comes from that split, so that its watermark holds back no longer. */
    void endSplit(String split);

    /** Says that there are no splits at present, so that nobody waits for what this reader knows of time until one begins. */
    default void noSplits() throws Exception {
    }

    /** Whether the reader must return before it hands out another record. */
    boolean isFull();
}
