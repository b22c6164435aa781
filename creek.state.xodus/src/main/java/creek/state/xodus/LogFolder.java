package creek.state.xodus;

import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.log.LogUtil;

/**
 * The files of Xodus's log: what Xodus reads from, and what a manifest vouches for. A file that Xodus lets go of stays on the medium until no
 * manifest needs it.
 *
 * <p>Changed by one thread at a time, read by any.
 */
final class LogFolder implements DataReader {
    private static final Logger LOG = System.getLogger(LogFolder.class.getName());

    private final Path path;
    private final int fileSize;
    private final ConcurrentNavigableMap<Long, LogFile> files = new ConcurrentSkipListMap<>();
    private final OpenFiles openFiles = new OpenFiles();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    /** Files that Xodus has let go of and that are still there: the manifest in force needs them, or they could not be deleted. */
    private final List<LogFile> forgotten = new ArrayList<>();
    private volatile long limit = Long.MAX_VALUE;
    private Manifest manifest;

    LogFolder(Path path, Manifest manifest) {
        this.path = path;
        this.fileSize = manifest.fileSize();
        this.manifest = manifest;
    }

    Path path() {
        return path;
    }

    int fileSize() {
        return fileSize;
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    Manifest manifest() {
        return manifest;
    }

    /** Sets how many bytes the files may take up. From any thread. */
    void setLimit(long bytes) {
        limit = bytes;
    }

    /** Fails where that many more bytes would be too many. */
    void requireRoom(int count) throws IOException {
        if (stored.get() + count > limit) {
            throw new IOException("the state in " + path + " takes up its limit of " + limit + " bytes (state.backend.xodus.disk.limit)");
        }
    }

    void countWritten(long count) {
        written.addAndGet(count);
    }

    void countStored(long change) {
        stored.addAndGet(change);
    }

    long bytesWritten() {
        return written.get();
    }

    long bytesStored() {
        return stored.get();
    }

    /** The file with that address; a new one if there is none. */
    LogFile file(long address) {
        return files.computeIfAbsent(address, at -> new LogFile(this, at));
    }

    /** Verifies all that the manifest in force vouches for, then takes away what is not part of it. */
    void open() throws IOException {
        List<Long> surplus = new ArrayList<>();
        for (long address : addresses()) {
            if (address < manifest.end() && !manifest.garbage().contains(address)) {
                verify(address);
            } else {
                surplus.add(address);
            }
        }
        manifest.check(path, files.values());
        for (long address : surplus) {
            Files.delete(new LogFile(this, address).path());
        }
        cutTail();
        countFiles();
    }

    private void countFiles() throws IOException {
        long size = 0;
        for (LogFile file : files.values()) {
            size += sizeOf(file);
        }
        stored.set(size);
    }

    private static long sizeOf(LogFile file) throws IOException {
        try {
            return Files.size(file.path());
        } catch (NoSuchFileException e) {
            throw new DamagedStateException(file.path() + " is missing", e);
        }
    }

    private void verify(long address) throws IOException {
        LogFile file = new LogFile(this, address);
        String wrong;
        if (address + fileSize <= manifest.end()) {
            wrong = file.readSealed();
        } else {
            long size = sizeOf(file);
            long needed = manifest.end() - address;
            wrong = size < needed ? "has " + size + " bytes instead of " + needed : null;
            if (wrong == null) {
                file.readOpen(needed);
            }
        }
        if (wrong != null) {
            throw new DamagedStateException(file.path() + " " + wrong);
        }
        files.put(address, file);
    }

    private List<Long> addresses() throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, "*" + LogUtil.LOG_FILE_EXTENSION)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (!LogUtil.isLogFileName(name) || LogUtil.getAddress(name) % fileSize != 0) {
                    throw new DamagedStateException(file + " is no file of this log");
                }
                found.add(LogUtil.getAddress(name));
            }
        }
        found.sort(null);
        return found;
    }

    /**
     * Goes back to what the manifest in force vouches for. The pages of files are compared when they are read, but for the last, which is here.
     *
     * @throws DamagedStateException if that is not there any more
     */
    void rollBack() throws IOException {
        openFiles.closeAll();
        for (LogFile file : forgotten) {
            if (!manifest.garbage().contains(file.getAddress())) {
                files.put(file.getAddress(), file);
            }
        }
        forgotten.removeIf(file -> files.containsKey(file.getAddress()));
        for (LogFile file : List.copyOf(files.tailMap(manifest.end()).values())) {
            delete(file);
            files.remove(file.getAddress());
        }
        cutTail();
        manifest.check(path, files.values());
        countFiles();
    }

    /** Cuts the last file to the end of the manifest in force. */
    private void cutTail() throws IOException {
        if (manifest.end() % fileSize == 0) {
            return;
        }
        LogFile last = files.lastEntry().getValue();
        long length = manifest.end() - last.getAddress();
        if (sizeOf(last) < length) {
            throw new DamagedStateException(last.path() + " has " + sizeOf(last) + " bytes instead of " + length);
        }
        try (RandomAccessFile file = new RandomAccessFile(last.path().toFile(), "rw")) {
            last.cut(file, length);
            file.getFD().sync();
        }
    }

    /** Xodus lets go of a file. */
    void forget(long address) throws IOException {
        LogFile file = files.remove(address);
        openFiles.close(file.path());
        if (address < manifest.end()) {
            forgotten.add(file);
        } else {
            delete(file);
        }
    }

    private void delete(LogFile file) throws IOException {
        openFiles.close(file.path());
        long size = file.path().toFile().length();
        Files.deleteIfExists(file.path());
        stored.addAndGet(-size);
    }

    /** The manifest of what is there now, as checkpoint of that number. */
    Manifest describe(long number, long end) {
        List<Long> garbage = new ArrayList<>();
        forgotten.forEach(file -> garbage.add(file.getAddress()));
        return Manifest.of(number, fileSize, end, files.values(), garbage);
    }

    /** A manifest is durable: what it does not need goes. What can't be deleted is garbage of the next one, too. */
    void inForce(Manifest durable) {
        manifest = durable;
        forgotten.removeIf(this::isDeleted);
    }

    private boolean isDeleted(LogFile file) {
        try {
            delete(file);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "can''t delete {0}, which is not needed any more: {1}", file.path(), e.toString());
            return false;
        }
    }

    @Override
    public String getLocation() {
        return path.toString();
    }

    @Override
    public Iterable<Block> getBlocks() {
        return new ArrayList<>(files.values());
    }

    @Override
    public Iterable<Block> getBlocks(long fromAddress) {
        return new ArrayList<>(files.tailMap(fromAddress).values());
    }

    @Override
    public void close() {
        // What is open is closed by the store.
    }
}
