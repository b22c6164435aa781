package creek.connector.file;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * A part being written, under a hidden name until it is final. Rows are encoded straight into its buffer, on the job's thread; what takes the disk's
 * time may be done on others.
 */
final class PartFile {
    private static final int GZIP_BUFFER = 32 << 10;

    private final PartName name;
    private final FileChannel channel;
    private final boolean gzip;
    private final long created;
    private final RowEncoder encoder;
    private final boolean delimited;

    private final BinaryWriter buffer = new BinaryWriter();
    /** Where the buffer is written to: the channel, or a compressor, of which there is none while nothing was written since the last cut. */
    private OutputStream out;
    private long written;
    private long lastWritten;
    /** Up to where the disk was asked to have the file. */
    private long writtenBack;
    /** Whether a checkpoint may know of this part, so that it must be found after a restart. */
    private volatile boolean pending;

    // under this object's lock
    private boolean nameForced;
    private boolean sealed;
    private long forced;

    /**
     * @param now     epoch milliseconds
     * @param encoder for this part alone
     */
    PartFile(PartName name, boolean gzip, long now, RowEncoder encoder) throws IOException {
        this.name = name;
        this.gzip = gzip;
        this.encoder = encoder;
        delimited = encoder.isDelimited();
        created = now;
        lastWritten = now;
        try {
            PartName.createDirectories(name.directory());
            channel = FileChannel.open(name.hidden(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Problems.explain("can't write file " + name.target(), e);
        }
        encoder.begin(buffer);
    }

    PartName name() {
        return name;
    }

    void write(Row row) {
        encoder.encode(row, buffer);
        if (delimited) {
            buffer.writeByte('\n');
        }
    }

    /** Bytes that were not flushed. */
    int buffered() {
        return buffer.size();
    }

    /** When the part was begun. */
    long created() {
        return created;
    }

    /** When a row was last written out of the buffer. */
    long lastWritten() {
        return lastWritten;
    }

    /** Bytes of the file so far and of what is buffered for it, which counts uncompressed. */
    long size() {
        return written + buffer.size();
    }

    /** Writes what is buffered to the file. */
    void flush(long now) throws IOException {
        if (buffer.size() == 0) {
            return;
        }
        try {
            if (out == null) {
                OutputStream file = Channels.newOutputStream(channel);
                out = gzip ? new GZIPOutputStream(new KeptOpen(file), GZIP_BUFFER) : file;
            }
            out.write(buffer.bytes(), 0, buffer.size());
            written = channel.position();
        } catch (IOException e) {
            throw Problems.explain("can't write file " + name.target(), e);
        }
        buffer.reset();
        lastWritten = now;
    }

    /** Writes all rows, so that the file is whole if it ends here; more may follow. Returns its length. */
    long cut(long now) throws IOException {
        encoder.flush(buffer);
        flush(now);
        if (gzip && out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw Problems.explain("can't write file " + name.target(), e);
            }
            out = null;
            written = channel.position();
        }
        return written;
    }

    /** Whether so many bytes were written since the disk was last asked to have them, which is to be done now if so: by {@link #force}. */
    boolean startsWritingBack(long bytes) {
        if (written - writtenBack < bytes) {
            return false;
        }
        writtenBack = written;
        return true;
    }

    /** Notes that the part, up to some length, belongs to a checkpoint. */
    void setPending() {
        pending = true;
    }

    /** Has the first bytes, and the part's hidden name, on disk. On any one thread. */
    synchronized void force(long length) throws IOException {
        if (!sealed && forced < length) {
            try {
                channel.force(false);
                forceName();
            } catch (IOException e) {
                throw Problems.explain("can't write file " + name.target(), e);
            }
            forced = length;
        }
    }

    /** Has the whole part on disk, after its last {@link #cut}. On any thread; does nothing when it had already been done. */
    synchronized void seal() throws IOException {
        if (sealed) {
            return;
        }
        try (channel) {
            channel.force(true);
            forceName();
        } catch (IOException e) {
            throw Problems.explain("can't finish file " + name.target(), e);
        }
        sealed = true;
    }

    private void forceName() throws IOException {
        if (!nameForced) {
            name.forceDirectories();
            nameForced = true;
        }
    }

    /** Gives the part, sealed, its own name. On any one thread. */
    void publish() throws IOException {
        name.publish();
    }

    /** Lets go of a part that is not to become final now: removes it, unless a restart may need it. */
    void abandon() throws IOException {
        try {
            if (gzip && out != null) {
                out.close();
            }
        } catch (IOException e) {
            // a compressor's last bytes, which nobody will read
        }
        channel.close();
        if (!pending) {
            Files.deleteIfExists(name.hidden());
        }
    }

    /** A stream that is not closed with the compressor before it. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
