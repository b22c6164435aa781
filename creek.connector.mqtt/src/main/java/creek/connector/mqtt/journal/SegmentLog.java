package creek.connector.mqtt.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Records in files, one after the other, of which the oldest are deleted. Each batch is preceded by a note of how far the log had been forced to
 * disk before, so that a tail torn by a crash, which is cut off, can be told from damage, which is refused. One thread writes, another may read.
 */
public final class SegmentLog implements AutoCloseable {
    private static final int LARGEST_SEGMENT = 1 << 30;
    private static final int COUNT_SIZE = 256 << 10;

    private final Path folder;
    private final long segmentSize;
    private final CRC32C crc = new CRC32C();

    /** Oldest first; the last one is written to. Guarded by this. */
    private final List<Segment> segments = new ArrayList<>();
    private FileChannel out;
    private long end;
    private long synced;
    private final Batch note = new Batch();

    public SegmentLog(Path folder, long segmentSize) {
        this.folder = folder;
        this.segmentSize = segmentSize;
    }

    /**
     * Opens what is there, or begins. None of it can be read before the first {@link #sync}, as it may have been written and not forced to disk.
     *
     * @param records is shown each record of the last file
     */
    public void open(Consumer<Record> records) throws IOException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.getFileName().toString().endsWith(Segment.SUFFIX)).sorted().toList();
        }
        for (int i = 0; i < files.size(); i++) {
            Segment segment = Segment.open(files.get(i));
            if (segment == null && i == files.size() - 1) {
                Files.delete(files.get(i));
            } else if (segment == null || !segments.isEmpty() && last().end() != segment.base()) {
                throw Segment.damaged(files.get(i), 0);
            } else {
                segments.add(segment);
            }
        }
        if (segments.isEmpty()) {
            segments.add(Segment.create(folder, 0));
        }
        recover(last(), records);
        out = last().openToWrite();
        out.truncate(last().position(last().end()));
        end = last().end();
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** Finds the end of the last segment. */
    private void recover(Segment segment, Consumer<Record> records) throws IOException {
        int size = (int) Math.min(LARGEST_SEGMENT, segment.end() - segment.base());
        byte[] bytes = new byte[size + Long.BYTES];
        try (FileChannel file = segment.openToRead()) {
            Segment.read(file, ByteBuffer.wrap(bytes, 0, size), segment.position(segment.base()));
        }
        Record entry = new Record();
        int at = 0;
        while (Record.isValid(bytes, at, size, crc)) {
            entry.set(bytes, at);
            records.accept(entry);
            at = entry.end();
        }
        long whole = segment.base() + at;
        for (int i = at; i < size - Long.BYTES; i++) {
            if (Record.getLong(bytes, i) == Record.MAGIC && wasSynced(bytes, i, size) > whole) {
                throw segment.damagedAt(whole);
            }
        }
        segment.setEnd(whole);
    }

    /** What a note there says, or -1 if there is none. */
    private long wasSynced(byte[] bytes, int magic, int size) {
        int from = magic - Record.HEADER - 1;
        return from >= 0 && magic + 2 * Long.BYTES <= size && Record.isValid(bytes, from, size, crc) ? Record.getLong(bytes, magic + Long.BYTES) : -1;
    }

    /** Whether the next batch begins a new file, which {@link #roll} does. */
    boolean isSegmentFull() {
        return end - last().base() >= segmentSize;
    }

    /** Begins a new file, unless the last one has nothing in it yet. */
    synchronized void roll() throws IOException {
        sync();
        if (last().base() == end) {
            return;
        }
        out.close();
        segments.add(Segment.create(folder, end));
        out = last().openToWrite();
    }

    /**
     * Writes a sealed batch, which is durable after the next {@link #sync}.
     *
     * @return where it begins
     */
    long append(Batch batch) throws IOException {
        note.reset();
        Record.begin(note.output, Record.SYNCED);
        note.output.writeLong(Record.MAGIC);
        note.output.writeLong(synced);
        Record.finish(note.output, 0, crc);
        write(note.bytes(), note.size());
        long offset = end;
        write(batch.bytes(), batch.end());
        return offset;
    }

    private void write(byte[] bytes, int length) throws IOException {
        Segment.write(out, ByteBuffer.wrap(bytes, 0, length), last().position(end));
        synchronized (this) {
            end += length;
            last().setEnd(end);
        }
    }

    void sync() throws IOException {
        out.force(false);
        synchronized (this) {
            synced = end;
        }
    }

    /** Deletes the files whose records all lie before an offset, the last file aside. */
    synchronized void truncateBefore(long offset) throws IOException {
        while (segments.size() > 1 && segments.get(0).end() <= offset) {
            segments.remove(0).delete();
        }
    }

    /** How many messages the oldest file has from an offset on. */
    long messagesOfOldest(long from) throws IOException {
        Segment oldest;
        synchronized (this) {
            oldest = segments.get(0);
        }
        long count = 0;
        Batch batch = new Batch();
        Record entry = new Record();
        for (long at = Math.max(from, oldest.base()); at < oldest.end() && read(at, batch, COUNT_SIZE); at = batch.offset() + batch.end()) {
            for (int place = 0; place < batch.end(); place = entry.end()) {
                entry.set(batch.bytes(), place);
                count += entry.isMessage() ? 1 : 0;
            }
        }
        return count;
    }

    /** Deletes the oldest file, unless it is the only one. */
    synchronized boolean dropOldest() throws IOException {
        if (segments.size() == 1) {
            return false;
        }
        segments.remove(0).delete();
        return true;
    }

    public synchronized long first() {
        return segments.get(0).base();
    }

    /** Up to where there are records. */
    synchronized long end() {
        return end;
    }

    /** Up to where records are durable. */
    public synchronized long synced() {
        return synced;
    }

    synchronized long size() {
        return end - segments.get(0).base();
    }

    private synchronized Segment segmentOf(long offset) {
        for (Segment segment : segments) {
            if (offset < segment.end()) {
                return segment;
            }
        }
        return null;
    }

    /**
     * Reads durable records from an offset on, and checks them.
     *
     * @param target is filled and sealed
     * @param size   about how many bytes
     * @return whether there are any
     */
    boolean read(long offset, Batch target, int size) throws IOException {
        long limit = synced();
        Segment segment = offset < limit ? segmentOf(offset) : null;
        if (segment == null) {
            return false;
        }
        long available = Math.min(limit, segment.end()) - offset;
        try (FileChannel file = segment.openToRead()) {
            for (int wanted = size;; wanted = 2 * wanted) {
                int count = (int) Math.min(wanted, available);
                byte[] bytes = new byte[count];
                Segment.read(file, ByteBuffer.wrap(bytes), segment.position(offset));
                int at = wholeRecords(bytes);
                if (at > 0) {
                    target.reset();
                    target.output.writeRaw(bytes, 0, at);
                    target.seal();
                    target.setOffset(offset);
                    return true;
                }
                if (count == available) {
                    throw segment.damagedAt(offset);
                }
            }
        }
    }

    private static int wholeRecords(byte[] bytes) {
        CRC32C sum = new CRC32C();
        int at = 0;
        while (Record.isValid(bytes, at, bytes.length, sum)) {
            at += Record.HEADER + Record.getInt(bytes, at);
        }
        return at;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
