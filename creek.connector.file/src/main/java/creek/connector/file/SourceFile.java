package creek.connector.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file as it was found.
 *
 * @param path         absolute
 * @param name         the path as people know it: relative where it lies below the working directory
 * @param modified     epoch milliseconds
 * @param fileKey      what stays the same when the file is renamed
 */
record SourceFile(Path path, String name, long size, long modified, Object fileKey) {
    private static final int GZIP_BUFFER = 64 << 10;

    static SourceFile of(Path path, Path workingDirectory, BasicFileAttributes attributes) {
        Path shown = path.startsWith(workingDirectory) ? workingDirectory.relativize(path) : path;
        // File systems without keys tell a new file from an old one by its birth.
        Object key = attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        return new SourceFile(path, shown.toString(), attributes.size(), attributes.lastModifiedTime().toMillis(), key);
    }

    static boolean isGzip(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") || name.endsWith(".gzip");
    }

    /** The file's content, decompressed where its name says so. */
    ReadableByteChannel open() throws IOException {
        try {
            FileChannel channel = FileChannel.open(path);
            return isGzip(path) ? gunzip(channel) : channel;
        } catch (IOException e) {
            throw Problems.explain("can't read file " + name, e);
        }
    }

    private static ReadableByteChannel gunzip(FileChannel channel) throws IOException {
        try {
            return new StreamChannel(new GZIPInputStream(Channels.newInputStream(channel), GZIP_BUFFER));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where a record stands, for messages; the line is counted by reading the file once more. */
    String locate(long offset) {
        try (ReadableByteChannel channel = open()) {
            return locate(channel, offset);
        } catch (IOException e) {
            return "file " + name + ", offset " + offset;
        }
    }

    /** The same from the content itself, from its start, where the name may mean another file by now. */
    String locate(ReadableByteChannel content, long offset) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(content), GZIP_BUFFER);
        long line = 1;
        for (long i = 0; i < offset; i++) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            line += next == '\n' ? 1 : 0;
        }
        return "file " + name + ", line " + line + ", offset " + offset;
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
