package creek.state.xodus;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import jetbrains.exodus.io.AbstractDataWriter;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.RemoveBlockType;

/** What Xodus appends its log with. For one thread. */
final class LogWriter extends AbstractDataWriter {
    private final LogFolder folder;
    private LogFile current;
    private RandomAccessFile file;

    LogWriter(LogFolder folder) {
        this.folder = folder;
    }

    @Override
    protected Block openOrCreateBlockImpl(long address, long length) {
        try {
            current = folder.file(address);
            file = new RandomAccessFile(current.path().toFile(), "rw");
            long surplus = file.length() - length;
            if (surplus != 0) {
                current.cut(file, length);
                folder.countStored(-surplus);
            }
            file.seek(length);
            return current;
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + current.path(), e);
        }
    }

    @Override
    public Block write(byte[] bytes, int offset, int count) {
        append(bytes, offset, count);
        current.added(bytes, offset, count);
        return current;
    }

    private void append(byte[] bytes, int offset, int count) {
        try {
            folder.requireRoom(count);
            file.write(bytes, offset, count);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + current.path() + ": " + e.getMessage(), e);
        }
        folder.countWritten(count);
        folder.countStored(count);
    }

    @Override
    protected void syncImpl() {
        if (current.isFull() && !current.isSealed()) {
            byte[] trailer = current.seal();
            append(trailer, 0, trailer.length);
        }
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + current.path() + ": " + e.getMessage(), e);
        }
    }

    /** Makes the names of new files durable. */
    @Override
    public void syncDirectory() {
        sync(folder.path());
    }

    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        } catch (IOException e) {
            // Where a directory can't be opened, its entries are durable without that.
        }
    }

    @Override
    protected void closeImpl() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + current.path(), e);
        } finally {
            file = null;
            current = null;
        }
    }

    /** Closes what may still be open, when Xodus could not. */
    void abandon() {
        if (file != null) {
            closeImpl();
        }
    }

    @Override
    protected void clearImpl() {
        throw new UnsupportedOperationException("a log is never cleared");
    }

    @Override
    public void removeBlock(long address, RemoveBlockType type) {
        try {
            folder.forget(address);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete a file of the log: " + e.getMessage(), e);
        }
    }

    @Override
    public void truncateBlock(long address, long length) {
        LogFile block = folder.file(address);
        try (RandomAccessFile shorter = new RandomAccessFile(block.path().toFile(), "rw")) {
            folder.countStored(length - shorter.length());
            block.cut(shorter, length);
        } catch (IOException e) {
            throw new UncheckedIOException("can't shorten " + block.path() + ": " + e.getMessage(), e);
        }
    }

    /** The store has locked its folder. */
    @Override
    public boolean lock(long timeout) {
        return true;
    }

    @Override
    public boolean release() {
        return true;
    }

    @Override
    public String lockInfo() {
        return "";
    }
}
