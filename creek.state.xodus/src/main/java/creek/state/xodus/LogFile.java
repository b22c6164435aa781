package creek.state.xodus;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.log.LogUtil;

/**
 * One file of Xodus's log, with a sum for each full page. A full file is sealed: behind the bytes that Xodus sees stand the sums of its pages and a
 * sum of those. What is read is compared with the sums, so that Xodus never sees a page that is not as it was written.
 *
 * <p>Written by one thread, read by any.
 */
final class LogFile implements Block {
    static final int PAGE_SIZE = 4096;

    private final LogFolder folder;
    private final long address;
    private final Path path;
    private final int[] sums;
    private final CRC32C lastPage = new CRC32C();
    private volatile long length;
    private boolean sealed;
    private int sealedSum;

    LogFile(LogFolder folder, long address) {
        this.folder = folder;
        this.address = address;
        this.path = folder.path().resolve(LogUtil.getLogFilename(address));
        this.sums = new int[folder.fileSize() / PAGE_SIZE];
    }

    /** What is behind the data in a sealed file of that size. */
    static int trailerSize(int fileSize) {
        return (fileSize / PAGE_SIZE + 1) * Integer.BYTES;
    }

    Path path() {
        return path;
    }

    @Override
    public long getAddress() {
        return address;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Block refresh() {
        return this;
    }

    boolean isFull() {
        return length == folder.fileSize();
    }

    boolean isSealed() {
        return sealed;
    }

    /** Takes bytes that have been written to the end into the sums. */
    void added(byte[] bytes, int from, int count) {
        int at = from;
        int end = from + count;
        long now = length;
        while (at < end) {
            int part = Math.min(end - at, PAGE_SIZE - (int) (now % PAGE_SIZE));
            lastPage.update(bytes, at, part);
            at += part;
            now += part;
            if (now % PAGE_SIZE == 0) {
                sums[(int) (now / PAGE_SIZE) - 1] = (int) lastPage.getValue();
                lastPage.reset();
            }
        }
        length = now;
    }

    /** Takes back what is behind a length; the bytes before it, in its last page, are read from the file. */
    void cut(RandomAccessFile file, long newLength) throws IOException {
        file.setLength(newLength);
        sealed = false;
        lastPage.reset();
        int rest = (int) (newLength % PAGE_SIZE);
        if (rest > 0) {
            byte[] bytes = new byte[rest];
            file.seek(newLength - rest);
            file.readFully(bytes);
            lastPage.update(bytes, 0, rest);
        }
        length = newLength;
    }

    /** Reads a file that is not sealed up to a length, sums it up and leaves what is behind. */
    void readOpen(long end) throws IOException {
        length = 0;
        lastPage.reset();
        byte[] page = new byte[PAGE_SIZE];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (long at = 0; at < end; at += PAGE_SIZE) {
                int count = (int) Math.min(PAGE_SIZE, end - at);
                file.readFully(page, 0, count);
                added(page, 0, count);
            }
        }
    }

    /** Reads a sealed file and compares all of its sums. Says what is wrong, or null. */
    String readSealed() throws IOException {
        int fileSize = folder.fileSize();
        long size = Files.size(path);
        if (size != fileSize + trailerSize(fileSize)) {
            return "has " + size + " bytes instead of " + (fileSize + trailerSize(fileSize));
        }
        byte[] bytes = Files.readAllBytes(path);
        length = 0;
        lastPage.reset();
        added(bytes, 0, fileSize);
        ByteBuffer trailer = ByteBuffer.wrap(bytes, fileSize, bytes.length - fileSize);
        for (int page = 0; page < sums.length; page++) {
            if (trailer.getInt() != sums[page]) {
                return "was changed in its bytes " + page * PAGE_SIZE + " to " + ((page + 1) * PAGE_SIZE - 1);
            }
        }
        if (trailer.getInt() != sum()) {
            return "was changed in its sums";
        }
        sealedSum = sum();
        sealed = true;
        return null;
    }

    /** What a full file ends with. */
    byte[] seal() {
        ByteBuffer trailer = ByteBuffer.allocate(trailerSize(folder.fileSize()));
        for (int sum : sums) {
            trailer.putInt(sum);
        }
        sealedSum = sum();
        sealed = true;
        trailer.putInt(sealedSum);
        return trailer.array();
    }

    /** A sum of all bytes and the address. */
    int sum() {
        if (sealed) {
            return sealedSum;
        }
        int pages = (int) (length / PAGE_SIZE);
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES + (pages + 1) * Integer.BYTES);
        all.putLong(address);
        for (int page = 0; page < pages; page++) {
            all.putInt(sums[page]);
        }
        all.putInt((int) lastPage.getValue());
        CRC32C sum = new CRC32C();
        sum.update(all.array());
        return (int) sum.getValue();
    }

    @Override
    public int read(byte[] output, long position, int offset, int count) {
        int available = (int) Math.min(count, length - position);
        try {
            folder.openFiles().read(path, output, position, offset, available);
        } catch (EOFException e) {
            throw new DamagedPageException(path + " is cut off before its byte " + (position + available));
        } catch (IOException e) {
            if (Files.notExists(path)) {
                throw new DamagedPageException(path + " is missing");
            }
            throw new UncheckedIOException(e);
        }
        for (int done = 0; position % PAGE_SIZE == 0 && available - done >= PAGE_SIZE; done += PAGE_SIZE) {
            CRC32C sum = new CRC32C();
            sum.update(output, offset + done, PAGE_SIZE);
            if ((int) sum.getValue() != sums[(int) ((position + done) / PAGE_SIZE)]) {
                throw new DamagedPageException(path + " was changed in its bytes " + (position + done) + " to "
                        + (position + done + PAGE_SIZE - 1));
            }
        }
        return available;
    }
}
