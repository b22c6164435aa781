package creek.connector.file;

import creek.core.connector.RecordOutput;
import creek.core.data.BinaryWriter;
import creek.core.format.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into records, in one buffer that is used again and again and grows only for a record that does not fit. On the job's
 * thread only.
 */
final class RecordCutter {
    static final int BUFFER_SIZE = 128 << 10;
    /** Decoders may read whole words beyond a record's end. */
    private static final int SPARE = 8;

    private final Framing framing;
    /** Bytes between a record and the next. */
    private final int delimiterLength;
    private final int maxRecordSize;
    /** Whether a decoder may find a record's end. */
    private final boolean lines;

    private byte[] bytes;
    private ByteBuffer buffer;
    /** Place in the stream of the buffer's first byte. */
    private long base;
    /** The bytes that are not handed out yet are those from {@code next} to {@code end}. */
    private int next;
    private int end;
    /** Where the record handed out last starts; negative once it has left the buffer. */
    private int record;
    private long count;
    /** Records that begin here or later in the stream are not handed out. */
    private long limit = Long.MAX_VALUE;

    RecordCutter(Framing framing, long maxRecordSize) {
        this(framing, maxRecordSize, BUFFER_SIZE);
    }

    RecordCutter(Framing framing, long maxRecordSize, int bufferSize) {
        this.framing = framing;
        this.delimiterLength = framing.isDelimited() ? 1 : 0;
        this.lines = framing == Framing.LINES;
        this.maxRecordSize = (int) Math.min(maxRecordSize, Integer.MAX_VALUE / 2);
        allocate(new byte[(int) Math.min(bufferSize, this.maxRecordSize + 1L) + SPARE]);
    }

    private void allocate(byte[] newBytes) {
        bytes = newBytes;
        buffer = ByteBuffer.wrap(newBytes, 0, newBytes.length - SPARE);
    }

    /** Starts a new stream; what was left of the one before is dropped. */
    void begin() {
        begin(0);
    }

    /** Starts in the middle of a stream, at that place. */
    void begin(long offset) {
        base = offset;
        next = 0;
        end = 0;
        record = 0;
        count = 0;
    }

    /** Goes on in a stream, with bytes of it that another one has read and not handed out. */
    void begin(long offset, long handedOut, byte[] unread) {
        begin(offset);
        count = handedOut;
        if (unread.length > bytes.length - SPARE) {
            allocate(new byte[unread.length + SPARE]);
        }
        System.arraycopy(unread, 0, bytes, 0, unread.length);
        end = unread.length;
    }

    /** Writes the bytes that were read and not handed out. */
    void writeUnread(BinaryWriter output) {
        output.writeRaw(bytes, next, end - next);
    }

    /** Hands out only records that begin before that place in a stream. */
    void setLimit(long newLimit) {
        limit = newLimit;
    }

    /** Place in the stream of the first byte of the record handed out last. */
    long recordOffset() {
        return base + record;
    }

    /** Place in the stream of the first byte that was not handed out. */
    long nextOffset() {
        return base + next;
    }

    /** Whether the first record of a stream is needed to decode the others. */
    boolean hasHeader() {
        return framing.hasHeader();
    }

    /** Whether records are delimited, so that lines say where they are. */
    boolean isDelimited() {
        return delimiterLength > 0;
    }

    /** How many records of the stream have been handed out. */
    long recordCount() {
        return count;
    }

    /** How many bytes of the stream have been read. */
    long position() {
        return base + end;
    }

    /**
     * Hands out the whole records in the buffer, those that begin before the limit.
     *
     * @return false if the output was full before all were out
     */
    boolean drain(RecordOutput output) throws Exception {
        int last = (int) Math.min(limit - base, Integer.MAX_VALUE);
        while (next < last) {
            if (output.isFull()) {
                return false;
            }
            int lineFeed = lines && next < end ? output.decodeLine(bytes, next, end) : -1;
            if (lineFeed >= 0) {
                advance(lineFeed + 1);
                output.decodedLine();
                continue;
            }
            int recordEnd = framing.findEnd(bytes, next, end);
            if (recordEnd < 0) {
                return true;
            }
            hand(output, recordEnd, recordEnd + delimiterLength);
        }
        return true;
    }

    /** The bytes of the next whole record; null if there is none. */
    byte[] peek() {
        int recordEnd = framing.findEnd(bytes, next, end);
        return recordEnd < 0 ? null : Arrays.copyOfRange(bytes, next, endWithoutReturn(next, recordEnd));
    }

    /** Hands out a record again that was handed out to another decoder. */
    static void repeat(RecordOutput output, byte[] record) throws Exception {
        output.record(Arrays.copyOf(record, record.length + SPARE), 0, record.length);
    }

    /** Leaves out what is left of a record; whether its end is in the buffer. */
    boolean skipRecord() {
        int recordEnd = framing.findEnd(bytes, next, end);
        next = recordEnd < 0 ? end : recordEnd + delimiterLength;
        record = next;
        return recordEnd >= 0;
    }

    /** Hands out what follows the last delimiter of a stream that has come to its end; the output must not be full. */
    void drainLast(RecordOutput output) throws Exception {
        if (next < end) {
            hand(output, end, end);
        }
    }

    private void hand(RecordOutput output, int to, int following) throws Exception {
        int from = next;
        advance(following);
        output.record(bytes, from, endWithoutReturn(from, to));
    }

    private void advance(int following) {
        record = next;
        next = following;
        count++;
    }

    private int endWithoutReturn(int from, int to) {
        boolean isLine = delimiterLength > 0 && (to == end || bytes[to] == '\n');
        return isLine && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    }

    /**
     * Hands out the first whole record, if there is one; the output must not be full.
     *
     * @return whether there was one
     */
    boolean drainFirst(RecordOutput output) throws Exception {
        int recordEnd = framing.findEnd(bytes, next, end);
        if (recordEnd < 0) {
            return false;
        }
        hand(output, recordEnd, recordEnd + delimiterLength);
        return true;
    }

    /**
     * Leaves out what comes before a place in the stream, one buffer at most.
     *
     * @return how many bytes are still to be left out
     * @throws EOFException if the stream ends before
     */
    long skipTo(long offset, ReadableByteChannel source) throws IOException {
        if (offset > position()) {
            base = position();
            next = 0;
            end = 0;
            int room = (int) Math.min(bytes.length - SPARE, offset - base);
            int read = source.read(buffer.limit(room).position(0));
            if (read < 0) {
                throw new EOFException();
            }
            base += read;
        } else {
            next = Math.max(next, (int) (offset - base));
        }
        record = next;
        return Math.max(offset - position(), 0);
    }

    /** Reads once, after everything whole was handed out. Returns the number of bytes, 0 for none now, -1 at the end. */
    int fill(ReadableByteChannel source) throws IOException {
        return fill(source, Long.MAX_VALUE);
    }

    /** The same, of so many bytes at most. */
    int fill(ReadableByteChannel source, long most) throws IOException {
        if (next > 0) {
            System.arraycopy(bytes, next, bytes, 0, end - next);
            base += next;
            record -= next;
            end -= next;
            next = 0;
        }
        if (end == bytes.length - SPARE) {
            grow();
        }
        int room = (int) Math.min(bytes.length - SPARE, end + Math.min(most, bytes.length));
        int read = source.read(buffer.limit(room).position(end));
        end += Math.max(read, 0);
        return read;
    }

    private void grow() throws IOException {
        if (end > maxRecordSize) {
            throw new IOException("the record at offset " + base + " is longer than " + maxRecordSize
                    + " bytes; 'source.max-record-size' says how long records may be");
        }
        allocate(Arrays.copyOf(bytes, (int) Math.min(end * 2L, maxRecordSize + 1L) + SPARE));
    }
}
