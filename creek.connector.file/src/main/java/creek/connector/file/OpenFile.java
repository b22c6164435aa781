package creek.connector.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file that is open for reading.
 *
 * @param file    its bytes
 * @param content its bytes, decompressed where its name says so
 */
record OpenFile(FileChannel file, ReadableByteChannel content) implements AutoCloseable {
    private static final int GZIP_BUFFER = 64 << 10;

    static OpenFile of(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        return new OpenFile(file, SourceFile.isGzip(path) ? gunzip(file) : file);
    }

    private static ReadableByteChannel gunzip(FileChannel file) throws IOException {
        try {
            return new StreamChannel(new GZIPInputStream(Channels.newInputStream(file), GZIP_BUFFER));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    boolean isCompressed() {
        return content != file;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** A stream as a channel that reads straight into the buffer's array. */
    private record StreamChannel(InputStream in) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (count > 0) {
                target.position(target.position() + count);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
