package creek.core.internal.snapshot;

import creek.core.data.BinaryWriter;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Writes a snapshot file, entry by entry in the order of their keys, in bounded memory, under a name for parts until it is {@linkplain #complete
 * complete}; when closed before, it is removed. For one thread.
 */
public final class SnapshotWriter implements AutoCloseable {
    /** Says whether a file may grow: keeps a limit, or gives up a snapshot that nobody wants any more. */
    public interface Guard {
        /** May anything be written. */
        Guard NONE = bytes -> {
        };

        /**
         * Is asked before bytes are written.
         *
         * @throws IOException if they must not be: the snapshot is given up
         */
        void beforeWriting(long bytes) throws IOException;
    }

    /** What a snapshot is of. */
    public interface Source {
        /** Visits all entries in the order of their keys. */
        void scan(StateStore.Visitor visitor) throws IOException;
    }

    private final Path part;
    private final SnapshotHeader header;
    private final Guard guard;
    private final FileChannel channel;
    private final Deflater deflater;
    private final BlockIndex index = new BlockIndex();

    private final BinaryWriter block = new BinaryWriter();
    private final ByteBuffer head = SnapshotForm.buffer(SnapshotForm.BLOCK_HEAD);
    private final CRC32C blockSum = new CRC32C();
    private final CRC32 fileSum = new CRC32();
    private byte[] compressed = {};
    private byte[] firstKey;
    private byte[] lastKey;
    private int blockEntries;
    private long entries;
    private long entryBytes;
    private long length;
    private boolean complete;

    /** @param part the file to write; what has that name is overwritten */
    public SnapshotWriter(Path part, SnapshotHeader header, Guard guard) throws IOException {
        this.part = part;
        this.header = header;
        this.guard = guard;
        channel = DurableFiles.newFile(part);
        deflater = header.isCompressed() ? new Deflater(Deflater.BEST_SPEED, true) : null;
        try {
            writeHeader();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Writes a whole snapshot to a file, which appears when it is complete. */
    public static void write(Path file, SnapshotHeader header, Guard guard, Source source) throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(file.resolveSibling(file.getFileName() + ".part"), header, guard)) {
            source.scan((key, value) -> {
                writer.put(key, value);
                return true;
            });
            writer.complete(file);
        }
    }

    private void writeHeader() throws IOException {
        header.write(block);
        ByteBuffer bytes = SnapshotForm.buffer(SnapshotForm.HEADER_FRAME + block.size() + Integer.BYTES);
        bytes.putLong(SnapshotForm.MAGIC).putInt(SnapshotForm.VERSION).putInt(block.size()).put(block.bytes(), 0, block.size());
        blockSum.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) blockSum.getValue());
        block.reset();
        write(bytes.array(), bytes.position());
    }

    /** Adds an entry. Its key is higher than all before. */
    public void put(byte[] key, byte[] value) throws IOException {
        if ((long) key.length + value.length > SnapshotForm.MAX_ENTRY) {
            throw new IOException("an entry of " + ((long) key.length + value.length) + " bytes is too long");
        }
        addKey(key, 0);
        block.writeBytes(value, 0, value.length);
        endEntry(key, value.length);
    }

    /** Adds a mark that a key is removed; in a {@link SnapshotKind#RUN} only. */
    void putRemoved(byte[] key) throws IOException {
        addKey(key, 1);
        endEntry(key, 0);
    }

    private void addKey(byte[] key, int removed) {
        if (lastKey != null && Arrays.compareUnsigned(key, lastKey) <= 0) {
            throw new IllegalArgumentException("keys must ascend");
        }
        int shared = 0;
        if (blockEntries == 0) {
            firstKey = key.clone();
        } else {
            int mismatch = Arrays.mismatch(key, lastKey);
            shared = mismatch < 0 ? key.length : mismatch;
        }
        block.writeVarInt(shared << 1 | removed);
        block.writeBytes(key, shared, key.length - shared);
    }

    private void endEntry(byte[] key, int valueLength) throws IOException {
        lastKey = key.clone();
        blockEntries++;
        entries++;
        entryBytes += key.length + valueLength;
        if (block.size() >= SnapshotForm.BLOCK_SIZE) {
            writeBlock();
        }
    }

    private void writeBlock() throws IOException {
        byte[] stored = block.bytes();
        int size = block.size();
        if (deflater != null && size <= SnapshotForm.MAX_COMPRESSED) {
            int deflated = deflate(size);
            if (deflated > 0) {
                stored = compressed;
                size = deflated;
            }
        }
        head.clear();
        head.putInt(size).putInt(block.size()).putInt(blockEntries).putLong(SnapshotForm.firstBytes(firstKey));
        head.putInt(SnapshotForm.blockSum(blockSum, header.id(), index.size(), head, stored, size));
        index.add(firstKey, length);
        write(head.array(), SnapshotForm.BLOCK_HEAD);
        write(stored, size);
        block.reset();
        blockEntries = 0;
    }

    /** Compresses the block; 0 if that makes it no shorter. */
    private int deflate(int size) {
        if (compressed.length < size) {
            compressed = new byte[size];
        }
        deflater.reset();
        deflater.setInput(block.bytes(), 0, size);
        deflater.finish();
        int deflated = deflater.deflate(compressed, 0, size - 1);
        return deflater.finished() ? deflated : 0;
    }

    private void write(byte[] bytes, int size) throws IOException {
        guard.beforeWriting(size);
        for (int from = 0; from < size;) {
            // Not all at once: the channel copies what it writes.
            int written = channel.write(ByteBuffer.wrap(bytes, from, Math.min(size - from, SnapshotForm.BLOCK_SIZE)));
            from += written;
            length += written;
        }
        fileSum.update(bytes, 0, size);
    }

    /** Makes the file whole and durable, and gives it its name. */
    public void complete(Path file) throws IOException {
        writeEnd();
        channel.force(true);
        channel.close();
        DurableFiles.rename(part, file);
        complete = true;
    }

    /** Makes the file whole, for being read and removed soon. */
    void completeRun() throws IOException {
        writeEnd();
        channel.close();
        complete = true;
    }

    private void writeEnd() throws IOException {
        if (blockEntries > 0) {
            writeBlock();
        }
        ByteBuffer footer = SnapshotForm.buffer(SnapshotForm.FOOTER_LENGTH);
        footer.putInt(SnapshotForm.FOOTER).putInt(index.size()).putLong(entries).putLong(entryBytes).putLong(length);
        footer.putInt((int) fileSum.getValue());
        footer.putInt(SnapshotForm.footerSum(blockSum, header.id(), footer));
        write(footer.array(), SnapshotForm.FOOTER_LENGTH);
    }

    /** The key that was added last, or null. */
    byte[] lastKey() {
        return lastKey;
    }

    /** Bytes written so far. */
    public long length() {
        return length;
    }

    /** The blocks, once the file is complete. */
    public BlockIndex index() {
        return index;
    }

    /** Lets go of everything; a file that is not complete is removed. */
    @Override
    public void close() throws IOException {
        if (deflater != null) {
            deflater.end();
        }
        channel.close();
        if (!complete) {
            Files.deleteIfExists(part);
        }
    }
}
