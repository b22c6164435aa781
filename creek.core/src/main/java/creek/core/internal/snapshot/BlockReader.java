package creek.core.internal.snapshot;

import creek.core.data.BinaryReader;
import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the blocks of a snapshot file and checks them. No length is believed that the rest of the file could not hold. For one thread. */
final class BlockReader implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long fileLength;
    private final SnapshotHeader header;
    private final Inflater inflater = new Inflater(true);
    private final ByteBuffer head = SnapshotForm.buffer(SnapshotForm.BLOCK_HEAD);
    private final CRC32C blockSum = new CRC32C();
    private final CRC32 fileSum = new CRC32();
    private byte[] stored = {};
    private byte[] entries = {};
    private long position;

    // the current block
    private int block = -1;
    private long blockOffset;
    private long firstKey;
    private int storedLength;
    private int length;
    private int entryCount;

    // of all blocks read so far, unless some were left out
    private long allEntries;
    private boolean isWhole = true;

    // from the footer
    private long entryBytes;

    BlockReader(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            fileLength = channel.size();
            header = readHeader();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private SnapshotHeader readHeader() throws IOException {
        ByteBuffer frame = SnapshotForm.buffer(SnapshotForm.HEADER_FRAME);
        read(frame.array(), SnapshotForm.HEADER_FRAME, "the header");
        if (frame.getLong() != SnapshotForm.MAGIC) {
            throw new DamagedStateException(file + " is not a snapshot, or its first bytes are damaged");
        }
        int version = frame.getInt();
        int headerLength = frame.getInt();
        if (headerLength < 0 || headerLength > SnapshotForm.MAX_HEADER) {
            throw damaged("its header has an impossible length");
        }
        ByteBuffer rest = SnapshotForm.buffer(headerLength + Integer.BYTES);
        read(rest.array(), rest.capacity(), "the header");
        blockSum.update(frame.array());
        blockSum.update(rest.array(), 0, headerLength);
        if ((int) blockSum.getValue() != rest.getInt(headerLength)) {
            throw damaged("its header does not match its checksum");
        }
        if (version != SnapshotForm.VERSION) {
            throw new IOException("snapshot " + file + " is of form " + version + "; this version of Creek reads form " + SnapshotForm.VERSION);
        }
        try {
            BinaryReader reader = new BinaryReader();
            reader.reset(rest.array(), 0, headerLength);
            return SnapshotHeader.read(reader);
        } catch (RuntimeException e) {
            throw new DamagedStateException("snapshot " + file + " has a header that makes no sense", e);
        }
    }

    SnapshotHeader header() {
        return header;
    }

    /** Goes on at a block. From then on the file as a whole can't be checked. */
    void seek(BlockIndex index, int target) throws IOException {
        if (target > 0) {
            position = index.offset(target);
            channel.position(position);
            block = target - 1;
            isWhole = false;
        }
    }

    /** Reads the next block as it is stored and checks it; false at the end of the file, once the file was checked as a whole. */
    boolean next() throws IOException {
        blockOffset = position;
        int headLength = (int) Math.min(SnapshotForm.BLOCK_HEAD, fileLength - position);
        long sumBefore = fileSum.getValue();
        read(head.array(), headLength, "its end");
        storedLength = headLength < Integer.BYTES ? 0 : head.getInt(0);
        if (storedLength == SnapshotForm.FOOTER) {
            readFooter(sumBefore);
            return false;
        }
        block++;
        length = head.getInt(4);
        entryCount = head.getInt(8);
        firstKey = head.getLong(12);
        boolean isPossible = headLength == SnapshotForm.BLOCK_HEAD && storedLength > 0 && storedLength <= fileLength - position
                && (length == storedLength || length > storedLength && length <= SnapshotForm.MAX_COMPRESSED) && entryCount > 0;
        if (!isPossible) {
            throw damaged(place() + " has impossible lengths, or the file is cut off there");
        }
        if (stored.length < storedLength) {
            stored = new byte[storedLength];
        }
        read(stored, storedLength, place());
        if (SnapshotForm.blockSum(blockSum, header.id(), block, head, stored, storedLength) != head.getInt(20)) {
            throw damaged(place() + " does not match its checksum");
        }
        allEntries += entryCount;
        return true;
    }

    private void readFooter(long sumBefore) throws IOException {
        ByteBuffer footer = SnapshotForm.buffer(SnapshotForm.FOOTER_LENGTH);
        footer.put(head.array());
        byte[] rest = new byte[SnapshotForm.FOOTER_LENGTH - SnapshotForm.BLOCK_HEAD];
        read(rest, rest.length, "its end");
        footer.put(rest);
        if (footer.getInt(36) != SnapshotForm.footerSum(blockSum, header.id(), footer)) {
            throw damaged("its end does not match its checksum");
        }
        if (position != fileLength) {
            throw damaged((fileLength - position) + " bytes follow its end");
        }
        boolean isRight = footer.getInt(4) == block + 1 && footer.getLong(24) == blockOffset
                && (!isWhole || footer.getLong(8) == allEntries && footer.getInt(32) == (int) sumBefore);
        if (!isRight) {
            throw damaged("its parts do not match the sums at its end");
        }
        entryBytes = footer.getLong(16);
    }

    /** The current block's entries, in the first {@link #length()} bytes; good until the next call. */
    byte[] entries() throws IOException {
        if (length == storedLength) {
            return stored;
        }
        if (entries.length < length) {
            entries = new byte[length];
        }
        inflater.reset();
        inflater.setInput(stored, 0, storedLength);
        try {
            if (inflater.inflate(entries, 0, length) == length) {
                return entries;
            }
        } catch (DataFormatException e) {
            // said below
        }
        throw damaged(place() + " can't be decompressed");
    }

    int length() {
        return length;
    }

    int entryCount() {
        return entryCount;
    }

    long firstKey() {
        return firstKey;
    }

    long blockOffset() {
        return blockOffset;
    }

    long fileLength() {
        return fileLength;
    }

    /** The entries of all blocks read. */
    long allEntries() {
        return allEntries;
    }

    /** The bytes of all keys and values; known at the end. */
    long entryBytes() {
        return entryBytes;
    }

    private void read(byte[] target, int size, String what) throws IOException {
        if (size > fileLength - position) {
            throw damaged("it is cut off in " + what);
        }
        for (int from = 0; from < size;) {
            int read = channel.read(ByteBuffer.wrap(target, from, Math.min(size - from, SnapshotForm.BLOCK_SIZE)));
            if (read < 0) {
                throw damaged("it is cut off in " + what);
            }
            from += read;
        }
        position += size;
        fileSum.update(target, 0, size);
    }

    /** The current block, for messages. */
    String place() {
        return "block " + block + " at byte " + blockOffset;
    }

    DamagedStateException damaged(String what) {
        return SnapshotForm.damaged(file, what);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }
}
