package creek.core.internal.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Writes a snapshot of entries that come in any order, in bounded memory: sorted runs go to files of their own, which are merged in the end. Entries
 * that come in order, or nearly so, make one run, and that is the snapshot. For one thread.
 */
public final class EntrySorter implements AutoCloseable {
    /** What an entry takes in memory beside its bytes, about. */
    private static final int OVERHEAD = 64;

    /** An entry; a value of null says that the key is removed. */
    private record Entry(byte[] key, byte[] value) {
        private static final Comparator<Entry> BY_KEY = (left, right) -> Arrays.compareUnsigned(left.key, right.key);
    }

    /** A run that is being merged, at its current entry. */
    private record Source(SnapshotReader reader, int run) {
        private static final Comparator<Source> ORDER = Comparator.<Source, byte[]>comparing(source -> source.reader.key(), Arrays::compareUnsigned)
                .thenComparing(Source::run, Comparator.reverseOrder());
    }

    private final Path file;
    private final SnapshotHeader header;
    private final long memory;
    private final SnapshotWriter.Guard guard;

    private List<Entry> entries = new ArrayList<>();
    private long entryBytes;
    /** The files of all runs, that of the open one at the end. */
    private final List<Path> runs = new ArrayList<>();
    private SnapshotWriter run;

    /**
     * @param file   the snapshot's name; while it is being made there are files of the same name with an addition
     * @param memory bytes of entries to hold before they are written
     */
    public EntrySorter(Path file, SnapshotHeader header, long memory, SnapshotWriter.Guard guard) {
        this.file = file;
        this.header = header;
        this.memory = memory;
        this.guard = guard;
    }

    /** Adds an entry; it replaces one with that key. The arrays must not change any more. */
    public void put(byte[] key, byte[] value) throws IOException {
        add(new Entry(key, value), (long) key.length + value.length);
    }

    /** Drops the entry with that key, if there is one so far. The array must not change any more. */
    public void remove(byte[] key) throws IOException {
        add(new Entry(key, null), key.length);
    }

    private void add(Entry entry, long bytes) throws IOException {
        entries.add(entry);
        entryBytes += bytes + OVERHEAD;
        if (entryBytes >= memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        entries.sort(Entry.BY_KEY);
        boolean followsRun = run != null && (run.lastKey() == null || Arrays.compareUnsigned(entries.get(0).key, run.lastKey()) > 0);
        if (!followsRun) {
            beginRun();
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            // The last one of a key counts: the order of sorting is stable.
            if (i + 1 == entries.size() || Entry.BY_KEY.compare(entry, entries.get(i + 1)) != 0) {
                write(entry);
            }
        }
        entries = new ArrayList<>(entries.size());
        entryBytes = 0;
    }

    private void write(Entry entry) throws IOException {
        if (entry.value != null) {
            run.put(entry.key, entry.value);
        } else if (runs.size() > 1) {
            run.putRemoved(entry.key);
        }
    }

    /** The first run may become the snapshot; the others are only merged, and not worth being compressed. */
    private void beginRun() throws IOException {
        if (run != null) {
            run.completeRun();
            run.close();
        }
        Path part = part("." + runs.size() + ".part");
        SnapshotHeader runHeader = runs.isEmpty() ? header
                : SnapshotHeader.of(SnapshotKind.RUN, header.job(), header.checkpoint(), header.time(), false);
        runs.add(part);
        run = new SnapshotWriter(part, runHeader, guard);
    }

    private Path part(String addition) {
        return file.resolveSibling(file.getFileName() + addition);
    }

    /** Makes the snapshot durable, under its name. */
    public BlockIndex complete() throws IOException {
        if (!entries.isEmpty()) {
            spill();
        } else if (run == null) {
            beginRun();
        }
        if (runs.size() == 1) {
            run.complete(file);
            return run.index();
        }
        run.completeRun();
        return merge();
    }

    /** Of several entries with one key that of the latest run counts. */
    private BlockIndex merge() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (SnapshotWriter output = new SnapshotWriter(part(".part"), header, guard)) {
            for (Path each : runs) {
                sources.add(new Source(new SnapshotReader(each), sources.size()));
            }
            PriorityQueue<Source> queue = new PriorityQueue<>(Source.ORDER);
            for (Source source : sources) {
                addNext(source, queue);
            }
            while (!queue.isEmpty()) {
                Source latest = queue.remove();
                byte[] key = latest.reader.key();
                if (latest.reader.value() != null) {
                    output.put(key, latest.reader.value());
                }
                addNext(latest, queue);
                while (!queue.isEmpty() && Arrays.equals(queue.peek().reader.key(), key)) {
                    addNext(queue.remove(), queue);
                }
            }
            output.complete(file);
            return output.index();
        } finally {
            for (Source source : sources) {
                source.reader.close();
            }
        }
    }

    private static void addNext(Source source, PriorityQueue<Source> queue) throws IOException {
        if (source.reader.next()) {
            queue.add(source);
        }
    }

    @Override
    public void close() throws IOException {
        if (run != null) {
            run.close();
        }
        for (Path each : runs) {
            Files.deleteIfExists(each);
        }
    }
}
