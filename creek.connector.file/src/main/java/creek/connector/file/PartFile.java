package creek.connector.file;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** A part being written, under a hidden name until it is final. Rows are encoded straight into its buffer. */
final class PartFile {
    private static final int GZIP_BUFFER = 32 << 10;

    private final Path hidden;
    private final Path target;
    private final FileChannel channel;
    private final OutputStream out;
    private final long created;
    private final RowEncoder encoder;
    private final boolean delimited;

    private final BinaryWriter buffer = new BinaryWriter();
    private long written;
    private long lastWritten;

    /**
     * @param now     epoch milliseconds
     * @param encoder for this part alone
     */
    PartFile(Path directory, String name, boolean gzip, long now, RowEncoder encoder) throws IOException {
        this.encoder = encoder;
        delimited = encoder.isDelimited();
        target = directory.resolve(name);
        hidden = directory.resolve("." + name + ".inprogress");
        created = now;
        lastWritten = now;
        try {
            createDirectories(directory);
            channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            out = gzip ? compress() : Channels.newOutputStream(channel);
        } catch (IOException e) {
            throw Problems.explain("can't write file " + target, e);
        }
        encoder.begin(buffer);
    }

    /** Also takes a link to a directory for one. */
    static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    private OutputStream compress() throws IOException {
        try {
            return new GZIPOutputStream(Channels.newOutputStream(channel), GZIP_BUFFER);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(hidden);
            throw e;
        }
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
            out.write(buffer.bytes(), 0, buffer.size());
            written = channel.position();
        } catch (IOException e) {
            throw Problems.explain("can't write file " + target, e);
        }
        buffer.reset();
        lastWritten = now;
    }

    /** Flushes all rows; none is written afterwards. */
    void complete(long now) throws IOException {
        encoder.flush(buffer);
        flush(now);
    }

    /** Makes the part, {@linkplain #complete complete}, final: on disk, and under its own name. On any one thread. */
    void commit() throws IOException {
        try {
            try (channel) {
                if (out instanceof GZIPOutputStream gzip) {
                    gzip.finish();
                }
                channel.force(true);
            }
            rename();
        } catch (IOException e) {
            throw Problems.explain("can't finish file " + target, e);
        }
    }

    private void rename() throws IOException {
        try {
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(hidden, target);
        }
        try (FileChannel directory = FileChannel.open(target.getParent())) {
            directory.force(true);
        } catch (IOException e) {
            // Not every system lets a directory be opened; there the name is on disk a little later.
        }
    }

    /** Removes the part. */
    void discard() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            // a compressor's last bytes, which nobody will read
        }
        channel.close();
        Files.deleteIfExists(hidden);
    }
}
