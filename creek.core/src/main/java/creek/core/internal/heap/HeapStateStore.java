package creek.core.internal.heap;

import creek.core.internal.snapshot.BlockIndex;
import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.EntrySorter;
import creek.core.internal.snapshot.FolderLock;
import creek.core.internal.snapshot.SnapshotFolder;
import creek.core.internal.snapshot.SnapshotHeader;
import creek.core.internal.snapshot.SnapshotKind;
import creek.core.internal.snapshot.SnapshotReader;
import creek.core.internal.snapshot.TwinFile;
import creek.core.internal.task.FileNames;
import creek.core.option.MemorySize;
import creek.core.option.Options;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store whose checkpoints are snapshot files with all entries, the last few of which are kept. A manifest beside them says which is the last
 * complete one: a checkpoint is complete when its file and then the manifest are durable. So it is noticed when the last file is missing.
 */
final class HeapStateStore implements StateStore {
    /** The last complete checkpoint. */
    private record Last(HeapManifest manifest, BlockIndex index) {
    }

    private static final Logger LOG = System.getLogger("creek.core.state");

    private final Path folder;
    private final SnapshotFolder files;
    private final TwinFile manifestFile;
    private final FolderLock lock;
    private final int retained;
    private final boolean isCompressed;
    private final long sortMemory;
    private final long limit;
    private final AtomicLong bytesWritten = new AtomicLong();
    private volatile Last last;
    private volatile long bytesStored;
    private boolean inCheckpoint;

    private HeapStateStore(Path folder, FolderLock lock, Options options) {
        this.folder = folder;
        this.lock = lock;
        files = new SnapshotFolder(folder);
        manifestFile = new TwinFile(folder, "manifest");
        retained = options.get(HeapStateBackend.RETAINED);
        isCompressed = options.get(HeapStateBackend.COMPRESSION);
        sortMemory = options.get(HeapStateBackend.SORT_MEMORY).bytes();
        limit = options.find(HeapStateBackend.LIMIT).map(MemorySize::bytes).orElse(Long.MAX_VALUE);
    }

    static HeapStateStore open(Path folder, Options options) throws IOException {
        DurableFiles.createFolder(folder);
        FolderLock lock = FolderLock.of(folder);
        try {
            HeapStateStore store = new HeapStateStore(folder, lock, options);
            store.load();
            return store;
        } catch (Throwable e) {
            lock.close();
            throw e;
        }
    }

    private void load() throws IOException {
        HeapManifest manifest = HeapManifest.read(manifestFile);
        if (manifest == null) {
            if (!files.all().isEmpty()) {
                throw new DamagedStateException("store " + folder + " has checkpoints, but its manifest is missing");
            }
            // Before the first file, so that it is never missed where it should be.
            writeManifest(HeapManifest.NONE);
            manifest = HeapManifest.NONE;
        }
        BlockIndex index = manifest.checkpoint() == 0 ? new BlockIndex() : verify(manifest);
        manifestFile.repair();
        removeLeftovers(manifest.checkpoint());
        last = new Last(manifest, index);
        bytesStored = files.size();
    }

    /** What a crash has left: parts, and files later than the last complete checkpoint. */
    private void removeLeftovers(long lastComplete) throws IOException {
        files.removeParts();
        for (Path later : files.all().tailMap(lastComplete, false).values()) {
            Files.deleteIfExists(later);
        }
        files.removeOlder(lastComplete, retained);
    }

    private BlockIndex verify(HeapManifest manifest) throws IOException {
        Path file = files.file(manifest.checkpoint());
        try (SnapshotReader reader = new SnapshotReader(file)) {
            SnapshotHeader header = reader.header();
            if (header.checkpoint() != manifest.checkpoint() || header.id() != manifest.id() || reader.length() != manifest.length()) {
                throw new DamagedStateException(file + " is not the file that checkpoint " + manifest.checkpoint() + " wrote");
            }
        } catch (NoSuchFileException e) {
            throw new DamagedStateException("the last checkpoint's file " + file + " is missing", e);
        }
        return SnapshotReader.verify(file);
    }

    private void writeManifest(HeapManifest manifest) throws IOException {
        byte[] content = manifest.toBytes();
        manifestFile.write(content);
        bytesWritten.addAndGet(TwinFile.bytesFor(content));
    }

    @Override
    public long lastCheckpoint() {
        return last.manifest.checkpoint();
    }

    /** For single looks only: reads up to a block of the file. */
    @Override
    public byte[] get(byte[] key) throws IOException {
        byte[][] found = new byte[1][];
        scan(key, (foundKey, value) -> {
            found[0] = foundKey.length == key.length ? value : null;
            return false;
        });
        return found[0];
    }

    @Override
    public void scan(byte[] prefix, Visitor visitor) throws IOException {
        Last now = last;
        if (now.manifest.checkpoint() != 0) {
            try (SnapshotReader reader = new SnapshotReader(files.file(now.manifest.checkpoint()))) {
                reader.scan(now.index, prefix, visitor);
            }
        }
    }

    @Override
    public long bytesWritten() {
        return bytesWritten.get();
    }

    @Override
    public long bytesStored() {
        return bytesStored;
    }

    @Override
    public Checkpoint begin(long number) {
        if (inCheckpoint || number <= lastCheckpoint()) {
            throw new IllegalStateException("checkpoint " + number + " can't begin: " + (inCheckpoint ? "another has not ended"
                    : "the last one is " + lastCheckpoint()));
        }
        inCheckpoint = true;
        return new FileCheckpoint(number);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private final class FileCheckpoint implements Checkpoint {
        private final SnapshotHeader header;
        private final Path file;
        private final EntrySorter entries;
        private boolean ended;
        private long written;

        FileCheckpoint(long number) {
            header = SnapshotHeader.of(SnapshotKind.CHECKPOINT, jobName(), number, System.currentTimeMillis(), isCompressed);
            file = files.file(number);
            entries = new EntrySorter(file, header, sortMemory, this::beforeWriting);
        }

        private void beforeWriting(long bytes) throws IOException {
            if (bytes > limit - bytesStored - written) {
                throw new IOException("the store may take up " + limit + " bytes (state.backend.heap.disk.limit) and has " + bytesStored);
            }
            written += bytes;
            bytesWritten.addAndGet(bytes);
        }

        @Override
        public void put(byte[] key, byte[] value) throws IOException {
            orAbort(() -> entries.put(key, value));
        }

        @Override
        public void remove(byte[] key) throws IOException {
            orAbort(() -> entries.remove(key));
        }

        @Override
        public void complete() throws IOException {
            orAbort(() -> {
                BlockIndex index = entries.complete();
                HeapManifest manifest = new HeapManifest(header.checkpoint(), header.id(), Files.size(file));
                writeManifest(manifest);
                last = new Last(manifest, index);
            });
            inCheckpoint = false;
            ended = true;
            removeOlder();
        }

        private void removeOlder() {
            try {
                files.removeOlder(header.checkpoint(), retained);
                bytesStored = files.size();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "older checkpoints in {0} can''t be removed, the next one tries again: {1}", folder, e);
            }
        }

        private void orAbort(Step step) throws IOException {
            if (ended) {
                throw new IllegalStateException("checkpoint " + header.checkpoint() + " has ended");
            }
            try {
                step.run();
            } catch (IOException e) {
                abortAfter(e);
                throw new IOException("checkpoint " + header.checkpoint() + " can't be written to " + folder + ": " + e.getMessage(), e);
            } catch (RuntimeException e) {
                abortAfter(e);
                throw e;
            }
        }

        private void abortAfter(Exception e) {
            try {
                abort();
            } catch (IOException next) {
                e.addSuppressed(next);
            }
        }

        @Override
        public void abort() throws IOException {
            if (!ended) {
                ended = true;
                inCheckpoint = false;
                entries.close();
                if (Files.exists(file)) {
                    // The manifest may speak of it already. If that can't be changed back, the file must stay.
                    writeManifest(last.manifest);
                    Files.deleteIfExists(file);
                }
            }
        }

    }

    /** Part of a checkpoint. */
    private interface Step {
        void run() throws IOException;
    }

    /** The name of the folder in which the store is: that of the job, as a rule. */
    private String jobName() {
        Path parent = folder.getParent();
        return parent == null || parent.getFileName() == null ? "" : FileNames.nameOf(parent.getFileName().toString());
    }
}
