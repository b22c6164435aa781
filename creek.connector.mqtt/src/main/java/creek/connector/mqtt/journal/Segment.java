package creek.connector.mqtt.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** One file of a log: a head, then records. Offsets count the bytes of records since the log began. */
final class Segment {
    static final String SUFFIX = ".log";
    static final int HEAD = 24;
    private static final long MAGIC = 0x31_47_4F_4C_4B_45_45_52L;

    private final Path path;
    private final long base;
    private long end;

    private Segment(Path path, long base, long end) {
        this.path = path;
        this.base = base;
        this.end = end;
    }

    static Segment create(Path folder, long base) throws IOException {
        Path path = folder.resolve(String.format("%016x%s", base, SUFFIX));
        ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN).putLong(MAGIC).putLong(base);
        head.putLong(sum(head)).flip();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(file, head, 0);
            file.force(true);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return new Segment(path, base, base);
    }

    /** @return null if not even the head was written before a crash, so that there can be nothing in it */
    static Segment open(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
            read(file, head, 0);
            if (head.hasRemaining()) {
                return null;
            }
            if (head.getLong(0) != MAGIC || head.getLong(16) != sum(head)) {
                throw damaged(path, 0);
            }
            return new Segment(path, head.getLong(8), head.getLong(8) + file.size() - HEAD);
        }
    }

    private static long sum(ByteBuffer head) {
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, 16);
        return crc.getValue();
    }

    static IOException damaged(Path path, long offset) {
        return new IOException("file " + path + " is damaged at byte " + offset
                + "; put back a copy of it, or delete its folder to go on without the messages in there");
    }

    IOException damagedAt(long offset) {
        return damaged(path, offset - base + HEAD);
    }

    /** Reads what is there from an offset on, as much as fits or until the given end. */
    static void read(FileChannel file, ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    static void write(FileChannel file, ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
    }

    FileChannel openToRead() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    FileChannel openToWrite() throws IOException {
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    Path path() {
        return path;
    }

    long base() {
        return base;
    }

    long end() {
        return end;
    }

    void setEnd(long newEnd) {
        end = newEnd;
    }

    /** Where an offset lies in the file. */
    long position(long offset) {
        return offset - base + HEAD;
    }
}
