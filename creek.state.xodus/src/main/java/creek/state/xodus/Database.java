package creek.state.xodus;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.LongBinding;
import jetbrains.exodus.core.dataStructures.hash.LongHashMap;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.gc.GarbageCollector;
import jetbrains.exodus.log.LogConfig;

/**
 * Xodus's environment over a folder's log, with what a store keeps in it: entries, changes that are not entries yet, which checkpoint this is, and how
 * much of each file is in use. It has no threads of its own: space is reclaimed when the store says so.
 */
final class Database implements AutoCloseable {
    private static final ByteIterable NUMBER = new ArrayByteIterable(new byte[] {0});
    private static final ByteIterable USE = new ArrayByteIterable(new byte[] {1});
    private static final ByteIterable RANGE = new ArrayByteIterable(new byte[] {2});
    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final int PIECE = 1 << 15;

    static {
        // Xodus keeps room for 80,000 names of stores and files; here are three stores.
        System.getProperties().putIfAbsent("exodus.util.stringInternerCacheSize", "255");
    }

    private final LogWriter writer;
    private final EnvironmentImpl environment;
    private final Entries entries;
    private final Store changes;
    private final Store about;
    private final RangeRewriter ranges;
    private final SpaceReclaimer reclaimer;

    Database(LogFolder folder, Settings settings) {
        writer = new LogWriter(folder);
        EnvironmentImpl opened = null;
        try {
            opened = (EnvironmentImpl) Environments.newInstance(Environments.newLogInstance(logConfig(folder, settings)),
                    environmentConfig(folder, settings));
            environment = opened;
            Transaction transaction = write();
            try {
                entries = new Entries(environment, transaction);
                changes = environment.openStore("changes", StoreConfig.WITHOUT_DUPLICATES, transaction);
                about = environment.openStore("about", StoreConfig.WITHOUT_DUPLICATES, transaction);
                transaction.flush();
                restoreUse(transaction);
                ByteIterable range = about.get(transaction, RANGE);
                ranges = new RangeRewriter(this, range == null ? XodusStore.FIRST_KEY : Entries.toArray(range));
                reclaimer = new SpaceReclaimer(environment, settings.minUtilization(), ranges);
            } finally {
                transaction.abort();
            }
        } catch (RuntimeException e) {
            if (opened != null) {
                close(opened);
            }
            writer.abandon();
            throw e;
        } finally {
            if (opened == null) {
                XodusThreads.stopShared();
            } else {
                XodusThreads.stop(opened);
            }
        }
    }

    private LogConfig logConfig(LogFolder folder, Settings settings) {
        LogConfig config = new FolderConfig(folder, writer)
                .setFileSize(folder.fileSize() / 1024)
                .setMemoryUsage(settings.cacheSize())
                .setCachePageSize(LogFile.PAGE_SIZE)
                .setSharedCache(false)
                .setNonBlockingCache(true)
                .setCacheUseSoftReferences(false)
                .setDurableWrite(false)
                .setClearInvalidLog(false)
                // Never by time: a checkpoint says when.
                .setSyncPeriod(Long.MAX_VALUE / 2);
        // The second form of nodes finds a child without reading those before it.
        config.setUseV1Format(false);
        return config;
    }

    private static EnvironmentConfig environmentConfig(LogFolder folder, Settings settings) {
        return new EnvironmentConfig()
                .setLogDataReaderWriterProvider(FolderConfig.class.getName())
                .setLogFileSize(folder.fileSize() / 1024)
                .setLogCachePageSize(LogFile.PAGE_SIZE)
                .setMemoryUsage(settings.cacheSize())
                .setLogCacheShared(false)
                .setUseVersion1Format(false)
                .setEnvStoreGetCacheSize(0)
                .setEnvGatherStatistics(false)
                .setEnvCloseForcedly(true)
                .setManagementEnabled(false)
                .setGcEnabled(false)
                // Files are let go of when the store says so; a delay keeps Xodus from trying.
                .setGcFilesDeletionDelay(1);
    }

    Transaction read() {
        return environment.beginReadonlyTransaction();
    }

    Transaction write() {
        return environment.beginExclusiveTransaction();
    }

    Entries entries() {
        return entries;
    }

    /** Adds a sorted batch's changes behind those that are there. */
    void addChanges(Transaction transaction, Batch batch) {
        long[] place = new long[1];
        try (Cursor cursor = changes.openCursor(transaction)) {
            if (cursor.getLast()) {
                place[0] = LongBinding.entryToLong(cursor.getKey()) + 1;
            }
        }
        batch.toPieces(PIECE, piece -> changes.put(transaction, LongBinding.longToEntry(place[0]++), new ArrayByteIterable(piece)));
    }

    /** The changes that are not entries yet, those of one checkpoint behind those of another. */
    Batch changes(Transaction transaction) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Cursor cursor = changes.openCursor(transaction)) {
            while (cursor.getNext()) {
                all.write(cursor.getValue().getBytesUnsafe(), 0, cursor.getValue().getLength());
            }
        }
        return Batch.of(all.toByteArray());
    }

    void clearChanges(Transaction transaction) {
        try (Cursor cursor = changes.openCursor(transaction)) {
            while (cursor.getNext()) {
                cursor.deleteCurrent();
            }
        }
    }

    /** The number that the last checkpoint's last transaction left, or 0. */
    long number(Transaction transaction) {
        ByteIterable found = about.get(transaction, NUMBER);
        return found == null ? 0 : LongBinding.entryToLong(found);
    }

    void setNumber(Transaction transaction, long number) {
        about.put(transaction, NUMBER, LongBinding.longToEntry(number));
    }

    /** Writes down how much of each file is free, which would take long to find out anew, and where the reclaiming of space goes on. */
    void saveUse(Transaction transaction) {
        GarbageCollector collector = environment.getGC();
        long[] files = environment.getLog().getAllFileAddresses();
        long fileSize = environment.getLog().getFileLengthBound();
        ByteBuffer use = ByteBuffer.allocate(files.length * (Long.BYTES + Integer.BYTES));
        for (long file : files) {
            use.putLong(file).putInt((int) Math.min(fileSize, collector.getFileFreeBytes(file)));
        }
        about.put(transaction, USE, new ArrayByteIterable(use.array()));
        about.put(transaction, RANGE, new ArrayByteIterable(ranges.from()));
    }

    /** A file of which nothing was written down counts as free, and so is looked through first. */
    private void restoreUse(Transaction transaction) {
        ByteIterable found = about.get(transaction, USE);
        if (found != null) {
            long fileSize = environment.getLog().getFileLengthBound();
            LongHashMap<Long> used = new LongHashMap<>();
            ByteBuffer use = ByteBuffer.wrap(found.getBytesUnsafe(), 0, found.getLength());
            while (use.hasRemaining()) {
                used.put(use.getLong(), Long.valueOf(fileSize - use.getInt()));
            }
            environment.getGC().getUtilizationProfile().setUtilization$xodus_environment(used);
        }
    }

    SpaceReclaimer reclaimer() {
        return reclaimer;
    }

    /** The address behind the last byte of the log. */
    long end() {
        return environment.getLog().getHighAddress();
    }

    void sync() {
        environment.flushAndSync();
    }

    @Override
    public void close() {
        close(environment);
        writer.abandon();
    }

    private static void close(EnvironmentImpl environment) {
        try {
            environment.close();
        } catch (RuntimeException e) {
            // It can't flush: nothing is lost, since what is complete has been durable before.
            LOG.log(Level.DEBUG, "Xodus could not close its log", e);
        }
    }
}
