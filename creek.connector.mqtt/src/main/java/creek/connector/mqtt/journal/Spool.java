package creek.connector.mqtt.journal;

import creek.connector.mqtt.client.Packet;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Messages that do not fit into memory, in a {@link SegmentLog}, and, in a file beside it, those that were in memory when they were last
 * {@linkplain #save saved}, with the offset in the log at which the rest begins. Not thread-safe.
 */
public final class Spool {
    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    private static final int WRITE_SIZE = 64 << 10;
    private static final int READ_SIZE = 256 << 10;
    private static final int SEGMENTS = 4;
    private static final long SMALLEST_SEGMENT = 64 << 10;

    private final Path folder;
    private final long maxSize;
    private final SegmentLog log;
    private final CRC32C crc = new CRC32C();
    /** Messages that are not in the log yet. */
    private Batch filling = new Batch();
    private int fillingCount;
    /** Messages in the log and in {@link #filling}. */
    private long count;
    private long next;
    private List<Packet> leftover = List.of();

    public Spool(Path folder, long maxSize) {
        this.folder = folder;
        this.maxSize = maxSize;
        log = new SegmentLog(folder, Math.max(SMALLEST_SEGMENT, maxSize / SEGMENTS));
    }

    void open() throws IOException {
        log.open(entry -> { });
        log.sync();
        next = log.first();
        Path file = memoryFile();
        if (Files.exists(file)) {
            readMemory(Files.readAllBytes(file));
        }
        Batch batch = new Batch();
        for (long at = next; log.read(at, batch, READ_SIZE); at = batch.offset() + batch.end()) {
            count += packets(batch.bytes(), 0, batch.end()).size();
        }
    }

    private void readMemory(byte[] bytes) throws IOException {
        if (!Record.isValid(bytes, 0, bytes.length, crc)) {
            throw Segment.damaged(memoryFile(), 0);
        }
        Record head = new Record();
        head.set(bytes, 0);
        BinaryReader body = head.body();
        long offset = body.readLong();
        if (offset >= log.first() && offset <= log.synced()) {
            next = offset;
        }
        leftover = packets(bytes, head.end(), bytes.length);
    }

    private static List<Packet> packets(byte[] bytes, int from, int end) {
        CRC32C sum = new CRC32C();
        List<Packet> packets = new ArrayList<>();
        Record entry = new Record();
        for (int at = from; Record.isValid(bytes, at, end, sum); at = entry.end()) {
            entry.set(bytes, at);
            if (entry.isMessage()) {
                Packet packet = new Packet();
                packet.topic = entry.topic();
                packet.payload = Arrays.copyOfRange(bytes, entry.payloadStart(), entry.end());
                packet.retained = entry.isRetained();
                packet.written = entry.time();
                if (entry.propertiesEnd() > entry.propertiesStart()) {
                    packet.properties = new BinaryWriter();
                    packet.properties.writeRaw(bytes, entry.propertiesStart(), entry.propertiesEnd() - entry.propertiesStart());
                }
                packets.add(packet);
            }
        }
        return packets;
    }

    /** What was in memory when it was saved last. */
    List<Packet> leftover() {
        return leftover;
    }

    /** Messages on disk, or about to be, that were not read. */
    long count() {
        return count;
    }

    boolean isFull() {
        return log.size() + filling.size() >= maxSize;
    }

    /** @return how many messages were dropped to make room */
    long add(Packet packet, boolean dropOldest) throws IOException {
        Record.write(packet, 0, packet.written, filling.output, crc);
        fillingCount++;
        count++;
        if (filling.size() >= WRITE_SIZE) {
            write();
        }
        return dropOldest && isFull() ? drop() : 0;
    }

    private void write() throws IOException {
        if (fillingCount == 0) {
            return;
        }
        if (log.isSegmentFull()) {
            log.roll();
        }
        filling.seal();
        log.append(filling);
        filling.reset();
        fillingCount = 0;
    }

    private long drop() throws IOException {
        sync();
        long before = count;
        if (!log.dropOldest()) {
            return 0;
        }
        next = Math.max(next, log.first());
        count = 0;
        Batch batch = new Batch();
        for (long at = next; log.read(at, batch, READ_SIZE); at = batch.offset() + batch.end()) {
            count += packets(batch.bytes(), 0, batch.end()).size();
        }
        return before - count;
    }

    /** The next messages. They stay on disk until they are {@linkplain #release released}, since what was saved refers to them. */
    List<Packet> read() throws IOException {
        sync();
        Batch batch = new Batch();
        if (!log.read(next, batch, READ_SIZE)) {
            count = 0;
            return List.of();
        }
        next = batch.offset() + batch.end();
        List<Packet> packets = packets(batch.bytes(), 0, batch.end());
        count -= packets.size();
        if (count == 0) {
            // Nothing is left, so that the space can go.
            log.roll();
        }
        return packets;
    }

    /** Where the next messages begin. */
    long next() {
        return next;
    }

    /** Messages before that have arrived. */
    void release(long offset) throws IOException {
        log.truncateBefore(offset);
    }

    /** Makes durable what is in the log. */
    void sync() throws IOException {
        write();
        log.sync();
    }

    /** Makes everything durable: what is in the log, and what is in memory before it. */
    void save(Collection<Packet> memory) throws IOException {
        sync();
        BinaryWriter output = new BinaryWriter();
        Record.begin(output, Record.SYNCED);
        output.writeLong(next);
        Record.finish(output, 0, crc);
        for (Packet packet : memory) {
            Record.write(packet, 0, packet.written, output, crc);
        }
        Path written = folder.resolve("memory.new");
        try (FileChannel file = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            Segment.write(file, ByteBuffer.wrap(output.bytes(), 0, output.size()), 0);
            file.force(true);
        }
        Files.move(written, memoryFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path memoryFile() {
        return folder.resolve("memory");
    }

    void close() {
        try {
            log.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "can't close " + folder, e);
        }
    }
}
