package creek.core.internal.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps others, in this process and in others, from using a folder. The file {@value #NAME} stays. */
public final class FolderLock implements AutoCloseable {
    /** The name of the locked file. */
    public static final String NAME = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException if somebody else has the lock; a {@link FolderInUseException} if that is another process */
    public static FolderLock of(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(channel);
            }
            channel.close();
            throw new FolderInUseException(folder);
        } catch (OverlappingFileLockException e) {
            // said below
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException("folder " + folder + " is in use by another job or process");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
