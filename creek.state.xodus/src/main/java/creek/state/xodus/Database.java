package creek.state.xodus;

import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.LongBinding;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataReaderWriterProvider;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.log.Log;
import jetbrains.exodus.log.LogConfig;

/**
 * Xodus's environment over a folder's log, with what a store needs of it: one map of entries, and a small one that says which checkpoint this is and
 * how much of each file is still in use. It has no threads of its own: space is reclaimed when the store says so.
 */
final class Database implements AutoCloseable {
    private static final ByteIterable NUMBER = new ArrayByteIterable(new byte[] {0});

    private final EnvironmentImpl environment;
    private final Store entries;
    private final Store state;
    private final LogFolder folder;

    Database(LogFolder folder, Settings settings) {
        this.folder = folder;
        Log log = Environments.newLogInstance(new FolderConfig(folder)
                .setFileSize(folder.fileSize() / 1024)
                .setMemoryUsage(settings.cacheSize())
                .setCachePageSize(LogFile.PAGE_SIZE)
                .setSharedCache(false)
                .setNonBlockingCache(true)
                .setCacheUseSoftReferences(false)
                .setDurableWrite(false)
                .setClearInvalidLog(false)
                .setSyncPeriod(Long.MAX_VALUE / 2));
        environment = (EnvironmentImpl) Environments.newInstance(log, environmentConfig(folder, settings));
        XodusThreads.stop(environment);
        Transaction transaction = environment.beginTransaction();
        try {
            entries = environment.openStore("entries", settings.entries(), transaction);
            state = environment.openStore("state", StoreConfig.WITHOUT_DUPLICATES, transaction);
            transaction.flush();
        } finally {
            transaction.abort();
        }
    }

    private static EnvironmentConfig environmentConfig(LogFolder folder, Settings settings) {
        return new EnvironmentConfig()
                .setLogDataReaderWriterProvider(FolderConfig.class.getName())
                .setLogFileSize(folder.fileSize() / 1024)
                .setLogCachePageSize(LogFile.PAGE_SIZE)
                .setMemoryUsage(settings.cacheSize())
                .setLogCacheShared(false)
                .setEnvStoreGetCacheSize(0)
                .setEnvGatherStatistics(false)
                .setEnvCloseForcedly(true)
                .setTreeMaxPageSize(settings.treePageSize())
                .setGcEnabled(false)
                .setGcFileMinAge(1)
                .setGcMinUtilization(settings.minUtilization())
                // Files are let go of by removeFiles; a delay keeps Xodus from trying.
                .setGcFilesDeletionDelay(1)
                .setManagementEnabled(false);
    }

    Transaction read() {
        return environment.beginReadonlyTransaction();
    }

    Transaction write() {
        return environment.beginExclusiveTransaction();
    }

    Store entries() {
        return entries;
    }

    /** The number that the last checkpoint's last transaction left, or 0. */
    long number() {
        Transaction transaction = read();
        try {
            ByteIterable found = state.get(transaction, NUMBER);
            return found == null ? 0 : LongBinding.entryToLong(found);
        } finally {
            transaction.abort();
        }
    }

    void setNumber(Transaction transaction, long number) {
        state.put(transaction, NUMBER, LongBinding.longToEntry(number));
    }

    /** The address behind the last byte of the log. */
    long end() {
        return environment.getLog().getHighAddress();
    }

    void sync() {
        environment.flushAndSync();
    }

    EnvironmentImpl environment() {
        return environment;
    }

    @Override
    public void close() {
        environment.close();
    }

    /** Leads Xodus to a folder's reader and writer without a search for services. */
    private static final class FolderConfig extends LogConfig {
        private final DataReaderWriterProvider provider = new Provider();

        FolderConfig(LogFolder folder) {
            setReaderWriter(folder, new LogWriter(folder));
        }

        @Override
        public DataReaderWriterProvider getReaderWriterProvider() {
            return provider;
        }
    }

    private static final class Provider extends DataReaderWriterProvider {
        @Override
        public jetbrains.exodus.core.dataStructures.Pair<DataReader, DataWriter> newReaderWriter(String location) {
            throw new UnsupportedOperationException("a folder has its reader and writer");
        }
    }
}
