package creek.core.internal.snapshot;

import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A small record in two files, NAME-a and NAME-b, that are written one after the other: whatever happens while it is written, one of them is whole,
 * and no later content is lost once {@link #write} has returned. For one thread.
 */
public final class TwinFile {
    private static final int FRAME = 2 * Integer.BYTES + Long.BYTES;
    private static final int MAX_LENGTH = 1 << 16;

    /** A copy as it was found. */
    private record Copy(long version, byte[] content) {
    }

    private final Path first;
    private final Path second;
    private long version;

    public TwinFile(Path folder, String name) {
        first = folder.resolve(name + "-a");
        second = folder.resolve(name + "-b");
    }

    /**
     * Reads what was written last, or null if nothing ever was. Changes nothing.
     *
     * @throws DamagedStateException if neither copy is whole
     */
    public byte[] read() throws IOException {
        Copy copy = readCopy();
        return copy == null ? null : copy.content;
    }

    private Copy readCopy() throws IOException {
        Copy newest = newestCopy();
        if (newest == null && (Files.exists(first) || Files.exists(second))) {
            throw new DamagedStateException("both copies of " + first + " are damaged or missing");
        }
        return newest;
    }

    /** The newest whole copy, or null. */
    private Copy newestCopy() throws IOException {
        Copy one = read(first);
        Copy other = read(second);
        if (one == null && other == null) {
            return null;
        }
        Copy newest = other == null || one != null && one.version >= other.version ? one : other;
        version = newest.version;
        return newest;
    }

    /** Has both copies be whole and the same, as after a write: to be called before anything is built on what was {@linkplain #read read}. */
    public void repair() throws IOException {
        Copy one = read(first);
        Copy other = read(second);
        boolean isRight = one != null && other != null && one.version == other.version;
        Copy newest = isRight ? one : readCopy();
        if (!isRight && newest != null) {
            write(newest.content);
        }
    }

    /** Writes a record that survives the loss of power, whatever is there. After an exception either the one before or this one is there. */
    public void write(byte[] content) throws IOException {
        if (content.length > MAX_LENGTH) {
            throw new IllegalArgumentException(content.length + " bytes are too many for " + first);
        }
        if (version == 0) {
            newestCopy();
        }
        version++;
        ByteBuffer bytes = SnapshotForm.buffer(FRAME + content.length);
        bytes.putInt(0).putInt(content.length).putLong(version).put(content);
        bytes.putInt(0, sum(bytes.array()));
        boolean isNew = !Files.exists(first) || !Files.exists(second);
        write(first, bytes.array());
        if (isNew) {
            DurableFiles.syncFolderOf(first);
        }
        write(second, bytes.array());
        if (isNew) {
            DurableFiles.syncFolderOf(second);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.truncate(bytes.length);
            channel.force(true);
        }
    }

    /** A copy, or null if it is not whole. */
    private static Copy read(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > FRAME + MAX_LENGTH) {
                return null;
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (bytes.length < FRAME) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean isWhole = frame.getInt(4) == bytes.length - FRAME && frame.getInt(0) == sum(bytes);
        return isWhole ? new Copy(frame.getLong(8), Arrays.copyOfRange(bytes, FRAME, bytes.length)) : null;
    }

    /** The bytes that a write puts on the medium. */
    public static long bytesFor(byte[] content) {
        return 2L * (FRAME + content.length);
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        return (int) sum.getValue();
    }
}
