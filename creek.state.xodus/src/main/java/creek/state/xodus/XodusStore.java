package creek.state.xodus;

import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.log.DataCorruptionException;

/**
 * A store in a log that is only appended to. A checkpoint is any number of bounded transactions of Xodus, made durable together; what makes it
 * complete is the manifest outside of the log. Whatever goes wrong on the way, the log is cut back to what the manifest says.
 *
 * <p>Reads see what the last transaction before them left that had been read-enabled; they hold the store's monitor, since Xodus's trees are for one
 * thread. Checkpoints hold it only to exchange what is read.
 */
final class XodusStore implements StateStore {
    static final byte[] FIRST_KEY = {};
    /** So many bytes of changes may wait in any store; in a larger one that part of it. */
    private static final long LEAST_CHANGES = 512 << 10;
    private static final int STORED_PER_CHANGES = 5;
    /** How much of a filter is filled with each checkpoint, in parts of some hundred entries. */
    private static final int FILTER_PARTS = 64;

    private final FolderLock lock;
    private final LogFolder folder;
    private final ManifestFiles manifests;
    private final Settings settings;
    private final StoredValue written = new StoredValue();
    private final StoredValue read = new StoredValue();
    private final RecentChanges recent = new RecentChanges();
    private final int filterSize = MissFilter.size(Runtime.getRuntime().maxMemory());
    private Batch batch;
    /** Null for a small store. */
    private volatile MissFilter filter;

    /** Null where the log could not be opened after something went wrong, and after close. */
    private Database database;
    private Transaction snapshot;
    private boolean inCheckpoint;
    private int views;
    /** Whether the checkpoint has gone into the tree, in part at least. */
    private boolean inTree;
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
            snapshot = database.read();
            long number = database.number(snapshot);
            if (manifest.number() > 0 && (end != manifest.end() || number != manifest.number())) {
                throw new DamagedStateException(folder.path() + " holds checkpoint " + number + " up to " + end + ", but its manifest says checkpoint "
                        + manifest.number() + " up to " + manifest.end());
            }
            recent.clear();
            recent.add(database.changes(snapshot));
        } catch (DamagedStateException e) {
            closeDatabase();
            throw e;
        } catch (RuntimeException e) {
            closeDatabase();
            throw failure("can't open the state in " + folder.path(), e);
        }
    }

    /** Ends reading, and Xodus. */
    private synchronized void closeDatabase() {
        if (database != null) {
            if (snapshot != null) {
                snapshot.abort();
                snapshot = null;
            }
            database.close();
            database = null;
        }
    }

    @Override
    public long lastCheckpoint() {
        return folder.manifest().number();
    }

    @Override
    public synchronized byte[] get(byte[] key) throws IOException {
        requireReadable();
        if (filter != null && !filter.mayHave(key)) {
            return null;
        }
        byte[] changed = recent.get(key);
        if (changed != null) {
            return changed == RecentChanges.REMOVED ? null : changed;
        }
        try {
            byte[] found = database.entries().get(snapshot, key);
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
    public void scan(byte[] prefix, byte[] from, Visitor visitor) throws IOException {
        scan(new Scan(prefix, from), null, visitor);
    }

    /** @param view what is read; null for what is there at each time */
    void scan(Scan scan, XodusView view, Visitor visitor) throws IOException {
        // The visitor is called without the monitor, and may take its time.
        boolean more = true;
        while (more) {
            more = readPart(scan, view);
            if (!scan.visit(visitor)) {
                return;
            }
        }
    }

    private synchronized boolean readPart(Scan scan, XodusView view) throws IOException {
        requireReadable();
        if (view != null && view.database() != database) {
            throw new IOException("the state in " + folder.path() + " went back to the checkpoint before while it was read");
        }
        try {
            return view == null ? scan.read(database.entries(), snapshot, recent, read)
                    : scan.read(database.entries(), view.transaction(), view.changes(), read);
        } catch (RuntimeException e) {
            throw failure("can't read the state in " + folder.path(), e);
        }
    }

    @Override
    public synchronized View view() throws IOException {
        requireReadable();
        if (inCheckpoint) {
            throw new IllegalStateException("a checkpoint is being written");
        }
        XodusView view = new XodusView(this, database, recent.copy());
        views++;
        return view;
    }

    synchronized void closed(XodusView view) {
        views--;
        if (view.database() == database) {
            view.transaction().abort();
        }
    }

    /** Whether somebody may still read what the newest tree does without. */
    private synchronized boolean isViewed() {
        return views > 0;
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
        fillFilter();
        inCheckpoint = true;
        inTree = false;
        endBefore = database.end();
        return new XodusCheckpoint(this, number);
    }

    private void fillFilter() throws IOException {
        if (filter == null && MissFilter.isWorth(filterSize, bytesStored())) {
            filter = new MissFilter(filterSize);
        }
        for (int i = 0; filter != null && !filter.isFull() && i < FILTER_PARTS; i++) {
            boolean more = readPart(filter.all(), null);
            filter.all().visit((key, value) -> {
                filter.add(key);
                return true;
            });
            if (!more) {
                filter.setFull();
            }
        }
    }

    void change(byte[] key, byte[] value) throws IOException {
        if (filter != null && value != null) {
            filter.add(key);
        }
        if (!batch.hasRoom(key, value)) {
            spoiled = true;
            try {
                writeRecent();
                writeBatch();
            } catch (RuntimeException e) {
                throw failure("can't write the state to " + folder.path(), e);
            }
        }
        batch.add(key, value);
    }

    /** Has the changes of checkpoints before go into the tree. */
    private void writeRecent() {
        if (!recent.isEmpty()) {
            try (TreeWriter tree = new TreeWriter(database, written)) {
                RecentChanges.Cursor changes = recent.new Cursor(FIRST_KEY);
                while (changes.next()) {
                    tree.write(changes.key(), changes.value() == RecentChanges.REMOVED ? null : changes.value());
                }
                tree.clearChanges();
            }
            exchangeSnapshot();
            clearRecent();
        }
    }

    private void writeBatch() {
        batch.sort();
        try (TreeWriter tree = new TreeWriter(database, written)) {
            for (int i = 0; i < batch.size(); i++) {
                tree.write(batch.key(i), batch.value(i));
            }
            tree.flush();
        }
        batch = new Batch(settings.writeBuffer());
        inTree = true;
    }

    void complete(long number) throws IOException {
        spoiled = true;
        Manifest manifest;
        try {
            if (inTree) {
                writeBatch();
            } else if (recent.logged() + batch.bytes() > mostChanges()) {
                addRecent();
                writeRecent();
                inTree = true;
            }
            writeNumber(number);
            SpaceReclaimer reclaimer = database.reclaimer();
            boolean emptied = !isViewed() && reclaimer.reclaim(2 * (database.end() - endBefore));
            exchangeSnapshot();
            if (emptied) {
                reclaimer.forgetEmptied();
            }
            addRecent();
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

    /** How many bytes of changes may wait, so that they neither fill memory nor make a small store a large one. */
    private long mostChanges() {
        return Math.min(settings.changesSize(), Math.max(LEAST_CHANGES, bytesStored() / STORED_PER_CHANGES));
    }

    /** The last transaction: what is left of the checkpoint, and its number. */
    private void writeNumber(long number) {
        Transaction transaction = database.write();
        try {
            if (inTree) {
                database.saveUse(transaction);
            } else if (batch.size() > 0) {
                batch.sort();
                database.addChanges(transaction, batch);
            }
            database.setNumber(transaction, number);
            transaction.flush();
        } finally {
            transaction.abort();
        }
    }

    private synchronized void addRecent() {
        recent.add(batch);
        batch = new Batch(settings.writeBuffer());
    }

    private synchronized void clearRecent() {
        recent.clear();
    }

    private synchronized void exchangeSnapshot() {
        Transaction fresh = database.read();
        snapshot.abort();
        snapshot = fresh;
    }

    void abort() throws IOException {
        inCheckpoint = false;
        batch = new Batch(settings.writeBuffer());
        if (spoiled) {
            rollBack();
        }
    }

    private synchronized void rollBack() throws IOException {
        closeDatabase();
        // One copy may tell of a checkpoint that the other does not: first that is taken back, then what it tells of.
        manifests.repair(folder.manifest());
        folder.rollBack();
        openDatabase();
        spoiled = false;
    }

    /**
     * What a failure in Xodus is for those who use the store: damage only where that is certain, since a job may go back to a snapshot for it.
     *
     * @throws VirtualMachineError if that is behind it, which Xodus wraps: no later checkpoint would fare better
     */
    static IOException failure(String what, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
            if (cause instanceof DamagedPageException || cause instanceof DataCorruptionException) {
                return new DamagedStateException(cause.getMessage(), e);
            }
            if (cause instanceof UncheckedIOException io) {
                return new IOException(what + ": " + io.getMessage(), e);
            }
        }
        return new IOException(what + ": " + e, e);
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
