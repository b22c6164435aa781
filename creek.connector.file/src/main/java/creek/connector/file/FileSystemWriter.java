package creek.connector.file;

import static creek.connector.file.FileSystemOptions.COMPRESSION;
import static creek.connector.file.FileSystemOptions.PARTITION_DEFAULT;
import static creek.connector.file.FileSystemOptions.PATH;
import static creek.connector.file.FileSystemOptions.ROLL_CHECK;
import static creek.connector.file.FileSystemOptions.ROLL_INACTIVITY;
import static creek.connector.file.FileSystemOptions.ROLL_INTERVAL;
import static creek.connector.file.FileSystemOptions.ROLL_SIZE;

import creek.connector.file.FileSystemOptions.Compression;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes part files, {@code part-<uid>-<subtask>-<n>}, into a directory and, for a partitioned table, its subdirectories. A part bears a hidden name
 * until it is rolled or the job has finished; with checkpoints, until the next one after that is complete.
 */
final class FileSystemWriter implements SinkWriter {
    /** More partitions than these have their longest idle part made final, so that file handles and memory do not run out. */
    private static final int MAX_OPEN_PARTS = 256;
    /** The disk is asked after so many bytes of a part: a whole one takes it so long that all would wait for it at the end. */
    private static final long WRITE_BACK = 8 << 20;
    private static final int MAX_BUFFER_SIZE = 128 << 10;
    /** Of many partitions, which share {@link #BUFFERS_SIZE}. */
    private static final int MIN_BUFFER_SIZE = 16 << 10;
    private static final int BUFFERS_SIZE = 1 << 20;

    private final Path directory;
    private final SinkContext context;
    private final List<Integer> encodedColumns;
    private final PartitionPath partition;
    private final Clock clock;
    /** Another one after each start, so that no name comes twice. */
    private final UUID id = UUID.randomUUID();
    private final PartRecovery recovery;
    private final String suffix;
    private final boolean gzip;
    private final long rollSize;
    private final long rollInterval;
    private final long rollInactivity;
    private final long rollCheck;

    /** By {@linkplain PartitionPath#key partition}, the one used last at the end; a table without partitions has one, with an empty key. */
    private final Map<Utf8, PartFile> parts = new LinkedHashMap<>(16, 0.75f, true);
    /** The part that was written to last, as the next row most likely goes there as well, and its key; null if that part is rolled. */
    private PartFile last;
    private final BinaryWriter lastKey = new BinaryWriter();
    /** Complete parts that wait for the next checkpoint. */
    private final List<PartFile> complete = new ArrayList<>();
    private final PartCommitter committer;
    private int bufferSize = MAX_BUFFER_SIZE;
    private int counter;
    private long nextCheck;
    private boolean takesOver;

    FileSystemWriter(SinkContext context) {
        Options options = context.options();
        directory = LocalPath.resolve(options.get(PATH), context.workingDirectory());
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new OptionException(PATH.key(), "'path': " + directory + " is a file; a sink writes part files into a directory");
        }
        partition = !context.partitionColumns().isEmpty()
                ? new PartitionPath(context.schema(), context.partitionColumns(), options.get(PARTITION_DEFAULT)) : null;
        this.context = context;
        recovery = new PartRecovery(directory, context.dataFolder());
        encodedColumns = encodedColumns(context);
        // Columns that the format can't carry are to be known before the first row.
        context.createStreamEncoder(encodedColumns);
        clock = context.clock();
        committer = new PartCommitter(context.table());
        gzip = options.get(COMPRESSION) == Compression.GZIP;
        suffix = gzip ? ".gz" : "";
        rollSize = options.get(ROLL_SIZE).bytes();
        rollInterval = options.get(ROLL_INTERVAL).toMillis();
        rollInactivity = options.get(ROLL_INACTIVITY).toMillis();
        rollCheck = options.get(ROLL_CHECK).toMillis();
    }

    private static List<Integer> encodedColumns(SinkContext context) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < context.schema().size(); i++) {
            if (!context.partitionColumns().contains(i)) {
                columns.add(i);
            }
        }
        if (columns.isEmpty()) {
            throw new OptionException(PATH.key(),
                    "all columns of table " + context.table() + " are partition columns; nothing is left to write");
        }
        return columns;
    }

    @Override
    public void restore(int version, List<BinaryReader> pending) throws IOException {
        for (Map<Path, PartCommit.Entry> unit : read(version, pending)) {
            PartRecovery.publish(unit.values());
        }
        recovery.removeRest();
    }

    private List<Map<Path, PartCommit.Entry>> read(int version, List<BinaryReader> pending) throws IOException {
        if (version != commitVersion()) {
            throw new IOException("commits of form " + version + " are not known, only " + commitVersion());
        }
        return recovery.read(pending);
    }

    /** Does once what comes with a switch, so that the classes for it are loaded: begins a part, has it taken over, and gives it up. */
    @Override
    public void prepare() throws IOException {
        if (context.hasCheckpoints()) {
            // so that the part is found after a crash
            recovery.noteNext(id);
        }
        PartFile part = begin(directory);
        try {
            BinaryWriter commit = new BinaryWriter();
            new PartCommit(directory, committer, List.of(), List.of(part), List.of(part.cut(clock.millis()))).write(commit);
            for (Map<Path, PartCommit.Entry> unit : recovery.read(List.of(new BinaryReader(commit.toBytes())))) {
                new TakenOverParts(directory, List.copyOf(unit.values()), committer).write(new BinaryWriter());
            }
        } finally {
            part.abandon();
        }
    }

    @Override
    public boolean canTakeOver(int version) {
        return version == commitVersion();
    }

    @Override
    public List<PendingCommit> takeOver(int version, List<BinaryReader> pending) throws IOException {
        List<PendingCommit> units = new ArrayList<>();
        for (Map<Path, PartCommit.Entry> unit : read(version, pending)) {
            units.add(new TakenOverParts(directory, List.copyOf(unit.values()), committer));
        }
        takesOver = true;
        return units;
    }

    @Override
    public void open() throws IOException {
        try {
            PartName.createDirectories(directory);
        } catch (IOException e) {
            throw Problems.explain("can't create directory " + directory, e);
        }
        if (context.hasCheckpoints()) {
            if (takesOver) {
                recovery.noteNext(id);
            } else {
                recovery.note(id);
            }
        }
        nextCheck = clock.millis() + rollCheck;
    }

    @Override
    public void write(Row row) throws IOException {
        PartFile part = part(row);
        part.write(row);
        if (part.size() >= rollSize) {
            roll(part, clock.millis());
            parts.values().remove(part);
        } else if (part.buffered() >= bufferSize) {
            part.flush(clock.millis());
            if (part.startsWritingBack(WRITE_BACK)) {
                committer.writeBack(part, part.size());
            }
        }
    }

    private PartFile part(Row row) throws IOException {
        Utf8 key = partition == null ? Utf8.EMPTY : partition.key(row);
        if (last != null && Arrays.equals(lastKey.bytes(), 0, lastKey.size(), key.bytes(), key.offset(), key.offset() + key.length())) {
            return last;
        }
        PartFile part = parts.get(key);
        if (part == null) {
            if (parts.size() >= MAX_OPEN_PARTS) {
                Iterator<PartFile> longestIdle = parts.values().iterator();
                roll(longestIdle.next(), clock.millis());
                longestIdle.remove();
            }
            Utf8 kept = key.copy();
            part = begin(partition == null ? directory : directory.resolve(partition.path(row)));
            parts.put(kept, part);
            bufferSize = Math.max(MIN_BUFFER_SIZE, Math.min(MAX_BUFFER_SIZE, BUFFERS_SIZE / parts.size()));
            key = kept;
        }
        lastKey.reset();
        lastKey.writeRaw(key.bytes(), key.offset(), key.length());
        last = part;
        return part;
    }

    private PartFile begin(Path partDirectory) throws IOException {
        PartName name = PartName.of(directory, partDirectory, PartName.prefix(id) + context.subtask() + "-" + counter++ + suffix);
        return new PartFile(name, gzip, clock.millis(), context.createStreamEncoder(encodedColumns));
    }

    /** The caller removes the part from the others. */
    private void roll(PartFile part, long now) throws IOException {
        part.cut(now);
        if (context.hasCheckpoints()) {
            complete.add(part);
            committer.seal(part);
        } else {
            committer.commit(part);
        }
        last = null;
    }

    @Override
    public boolean isReady() {
        return committer.isReady();
    }

    @Override
    public void flush() throws IOException {
        committer.check();
        long now = clock.millis();
        for (PartFile part : parts.values()) {
            part.flush(now);
        }
        if (now >= nextCheck) {
            nextCheck = now + rollCheck;
            rollByTime(now);
        }
    }

    private void rollByTime(long now) throws IOException {
        for (Iterator<PartFile> i = parts.values().iterator(); i.hasNext();) {
            PartFile part = i.next();
            if (now - part.created() >= rollInterval || now - part.lastWritten() >= rollInactivity) {
                roll(part, now);
                i.remove();
            }
        }
    }

    @Override
    public PendingCommit beginCommit(long checkpoint) throws IOException {
        flush();
        if (parts.isEmpty() && complete.isEmpty()) {
            return null;
        }
        long now = clock.millis();
        List<Long> lengths = new ArrayList<>();
        for (PartFile part : parts.values()) {
            lengths.add(part.cut(now));
            part.setPending();
        }
        complete.forEach(PartFile::setPending);
        PartCommit commit = new PartCommit(directory, committer, complete, new ArrayList<>(parts.values()), lengths);
        complete.clear();
        return commit;
    }

    @Override
    public void finish() throws IOException {
        // With checkpoints, the last one has all their rows: after a crash in the midst of this they become final at the next start.
        complete.addAll(parts.values());
        parts.clear();
        for (Iterator<PartFile> i = complete.iterator(); i.hasNext();) {
            PartFile part = i.next();
            part.cut(clock.millis());
            committer.commit(part);
            i.remove();
        }
        committer.close();
        committer.check();
    }

    @Override
    public void close() throws IOException {
        committer.close();
        IOException first = null;
        complete.addAll(parts.values());
        for (PartFile part : complete) {
            try {
                part.abandon();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        parts.clear();
        complete.clear();
        if (first != null) {
            throw Problems.explain("can't remove the unfinished parts in " + directory, first);
        }
    }
}
