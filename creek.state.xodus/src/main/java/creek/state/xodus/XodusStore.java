package creek.state.xodus;

import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Transaction;

/**
 * A store in a log that is only appended to. A checkpoint is any number of bounded transactions of Xodus, made durable together; what makes it
 * complete is the manifest outside of the log. Whatever goes wrong on the way, the log is cut back to what the manifest says.
 *
 * <p>Reads see what the last transaction before them left that had been read-enabled; they hold the store's monitor, since Xodus's trees are for one
 * thread. Checkpoints hold it only to exchange what is read.
 */
final class XodusStore implements StateStore {
    private static final int TRANSACTION_ENTRIES = 4096;
    private static final int TRANSACTION_BYTES = 1 << 20;
    private static final int SCAN_ENTRIES = 512;
    private static final int SCAN_BYTES = 1 << 18;

    private final FolderLock lock;
    private final LogFolder folder;
    private final ManifestFiles manifests;
    private final Settings settings;
    private final Batch batch;
    private final StoredValue written = new StoredValue();
    private final StoredValue read = new StoredValue();

    /** Null where the log could not be opened after something went wrong, and after close. */
    private Database database;
    private Transaction snapshot;
    private boolean inCheckpoint;
    private boolean closed;
    /** Whether the log has to be cut back before anything is written. */
    private boolean spoiled;
    private long endBefore;

    XodusStore(FolderLock lock, LogFolder folder, ManifestFiles manifests, Settings settings) throws IOException {
        this.lock = lock;
        this.folder = folder;
        this.manifests = manifests;
        this.settings = settings;
        this.batch = new Batch(settings.writeBuffer());
        openDatabase();
    }

    private synchronized void openDatabase() throws IOException {
        Manifest manifest = folder.manifest();
        try {
            database = new Database(folder, settings);
            long end = database.end();
            long number = database.number();
            if (manifest.number() > 0 && (end != manifest.end() || number != manifest.number())) {
                throw new DamagedStateException(folder.path() + " holds checkpoint " + number + " up to " + end + ", but its manifest says checkpoint "
                        + manifest.number() + " up to " + manifest.end());
            }
            snapshot = database.read();
        } catch (RuntimeException e) {
            throw failure("can't open the state in " + folder.path(), e);
        }
    }

    /** Ends reading, and Xodus. */
    private synchronized void closeDatabase() {
        if (database != null) {
            Database closing = database;
            database = null;
            if (snapshot != null) {
                snapshot.abort();
                snapshot = null;
            }
            closing.close();
        }
    }

    @Override
    public long lastCheckpoint() {
        return folder.manifest().number();
    }

    @Override
    public synchronized byte[] get(byte[] key) throws IOException {
        requireReadable();
        try {
            ByteIterable found = database.entries().get(snapshot, new ArrayByteIterable(key));
            return found == null ? null : read.decode(key, found);
        } catch (RuntimeException e) {
            throw failure("can't read the state in " + folder.path(), e);
        }
    }

    @Override
    public void scan(byte[] prefix, Visitor visitor) throws IOException {
        scan(prefix, prefix, visitor);
    }

    @Override
    public void scan(byte[] prefix, byte[] start, Visitor visitor) throws IOException {
        List<byte[]> found = new ArrayList<>();
        byte[] from = start;
        boolean more = true;
        // The visitor is called without the monitor, and may take its time.
        while (more) {
            more = readPart(prefix, from, found);
            for (int i = 0; i < found.size(); i += 2) {
                if (!visitor.entry(found.get(i), found.get(i + 1))) {
                    return;
                }
            }
            if (more) {
                // The least key behind the last one.
                byte[] last = found.get(found.size() - 2);
                from = Arrays.copyOf(last, last.length + 1);
                found.clear();
            }
        }
    }

    /** Reads entries from a key on; whether there may be more. */
    private synchronized boolean readPart(byte[] prefix, byte[] from, List<byte[]> found) throws IOException {
        requireReadable();
        int bytes = 0;
        try (Cursor cursor = database.entries().openCursor(snapshot)) {
            boolean there = cursor.getSearchKeyRange(new ArrayByteIterable(from)) != null;
            while (there) {
                byte[] key = toArray(cursor.getKey());
                if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                    return false;
                }
                byte[] value = read.decode(key, cursor.getValue());
                found.add(key);
                found.add(value);
                bytes += key.length + value.length;
                if (found.size() >= 2 * SCAN_ENTRIES || bytes >= SCAN_BYTES) {
                    return true;
                }
                there = cursor.getNext();
            }
            return false;
        } catch (RuntimeException e) {
            throw failure("can't read the state in " + folder.path(), e);
        }
    }

    private static byte[] toArray(ByteIterable bytes) {
        return Arrays.copyOf(bytes.getBytesUnsafe(), bytes.getLength());
    }

    private void requireReadable() throws IOException {
        if (closed) {
            throw new IllegalStateException("the store in " + folder.path() + " is closed");
        }
        if (database == null) {
            throw new IOException("the state in " + folder.path() + " can't be read since writing it failed");
        }
    }

    @Override
    public long bytesWritten() {
        return folder.bytesWritten();
    }

    @Override
    public long bytesStored() {
        return folder.bytesStored();
    }

    @Override
    public Checkpoint begin(long number) throws IOException {
        if (inCheckpoint) {
            throw new IllegalStateException("another checkpoint is being written");
        }
        if (number <= lastCheckpoint()) {
            throw new IllegalArgumentException("checkpoint " + number + " is not behind " + lastCheckpoint());
        }
        if (spoiled) {
            rollBack();
        }
        inCheckpoint = true;
        endBefore = database.end();
        return new XodusCheckpoint(this, number);
    }

    void change(byte[] key, byte[] value) throws IOException {
        if (!batch.hasRoom(key, value)) {
            writeBatch();
        }
        batch.add(key, value);
    }

    /** Writes what is gathered, in transactions whose pages fit into memory. */
    private void writeBatch() throws IOException {
        spoiled = true;
        batch.sort();
        Transaction transaction = null;
        try {
            transaction = database.write();
            int entries = 0;
            int bytes = 0;
            for (int i = 0; i < batch.size(); i++) {
                if (batch.isUndone(i)) {
                    continue;
                }
                byte[] key = batch.key(i);
                byte[] value = batch.value(i);
                if (value == null) {
                    database.entries().delete(transaction, new ArrayByteIterable(key));
                } else {
                    database.entries().put(transaction, new ArrayByteIterable(key), new ArrayByteIterable(written.encode(key, value)));
                    bytes += value.length;
                }
                entries++;
                bytes += key.length;
                if (entries >= TRANSACTION_ENTRIES || bytes >= TRANSACTION_BYTES) {
                    transaction.flush();
                    entries = 0;
                    bytes = 0;
                }
            }
            transaction.flush();
        } catch (RuntimeException e) {
            throw failure("can't write the state to " + folder.path(), e);
        } finally {
            if (transaction != null && !transaction.isFinished()) {
                transaction.abort();
            }
        }
        batch.clear();
    }

    void complete(long number) throws IOException {
        writeBatch();
        Manifest manifest;
        try {
            Transaction transaction = database.write();
            try {
                database.setNumber(transaction, number);
                transaction.flush();
            } finally {
                transaction.abort();
            }
            SpaceReclaimer reclaimer = new SpaceReclaimer(database, settings.minUtilization());
            int emptied = reclaimer.reclaim(2 * (database.end() - endBefore));
            exchangeSnapshot();
            if (emptied > 0) {
                reclaimer.forgetEmptied();
            }
            database.sync();
            manifest = folder.describe(number, database.end());
        } catch (RuntimeException e) {
            throw failure("can't write the state to " + folder.path(), e);
        }
        folder.countWritten(manifests.write(manifest));
        folder.inForce(manifest);
        spoiled = false;
        inCheckpoint = false;
    }

    private synchronized void exchangeSnapshot() {
        Transaction fresh = database.read();
        snapshot.abort();
        snapshot = fresh;
    }

    void abort() throws IOException {
        inCheckpoint = false;
        batch.clear();
        if (spoiled) {
            rollBack();
        }
    }

    private synchronized void rollBack() throws IOException {
        closeDatabase();
        folder.rollBack();
        openDatabase();
        spoiled = false;
    }

    /** What a failure in Xodus is for those who use the store. */
    private static IOException failure(String what, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DamagedPageException) {
                return new DamagedStateException(cause.getMessage(), e);
            }
            if (cause instanceof UncheckedIOException io) {
                return new IOException(what + ": " + io.getMessage(), e);
            }
        }
        return new DamagedStateException(what + ": " + e, e);
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (lock; manifests) {
            closeDatabase();
            folder.openFiles().closeAll();
        }
    }
}
