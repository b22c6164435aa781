package creek.core.internal.snapshot;

import creek.core.data.BinaryReader;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a snapshot file, entry by entry, in bounded memory. Each entry is one that was written: otherwise there is a
 * {@link creek.core.state.DamagedStateException}. That none is missing is certain when {@link #next} has said that there are no more. For one thread.
 */
public final class SnapshotReader implements AutoCloseable {
    private final BlockReader blocks;
    private final BinaryReader entries = new BinaryReader();
    private int entriesLeft;
    private byte[] key;
    private byte[] value;

    /** Opens a file and reads its header. */
    public SnapshotReader(Path file) throws IOException {
        blocks = new BlockReader(file);
    }

    /** Checks all of a file without looking into its entries. */
    public static BlockIndex verify(Path file) throws IOException {
        BlockIndex index = new BlockIndex();
        try (BlockReader blocks = new BlockReader(file)) {
            while (blocks.next()) {
                index.add(blocks.firstKey(), blocks.blockOffset());
            }
        }
        return index;
    }

    public SnapshotHeader header() {
        return blocks.header();
    }

    /** Goes on with the next entry; false if there are no more and the file is whole. */
    public boolean next() throws IOException {
        boolean isFirst = entriesLeft == 0;
        if (isFirst) {
            if (key != null && entries.remaining() > 0) {
                throw blocks.damaged(blocks.place() + " has more than its entries");
            }
            if (!blocks.next()) {
                return false;
            }
            entries.reset(blocks.entries(), 0, blocks.length());
            entriesLeft = blocks.entryCount();
        }
        entriesLeft--;
        try {
            readEntry(isFirst);
        } catch (IndexOutOfBoundsException e) {
            throw blocks.damaged(blocks.place() + " has an entry that makes no sense");
        }
        return true;
    }

    private void readEntry(boolean isFirst) throws IOException {
        byte[] before = key;
        int flags = entries.readVarInt();
        int shared = flags >>> 1;
        byte[] suffix = entries.readBytes();
        boolean isRemoved = (flags & 1) != 0;
        if (shared > (isFirst ? 0 : before.length) || isRemoved && header().kind() != SnapshotKind.RUN) {
            throw blocks.damaged(blocks.place() + " has an entry that makes no sense");
        }
        key = suffix;
        if (shared > 0) {
            key = Arrays.copyOf(before, Math.addExact(shared, suffix.length));
            System.arraycopy(suffix, 0, key, shared, suffix.length);
        }
        if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
            throw blocks.damaged(blocks.place() + " has entries out of order");
        }
        value = isRemoved ? null : entries.readBytes();
    }

    /** The current entry's key, an array of its own. */
    public byte[] key() {
        return key;
    }

    /** The current entry's value, an array of its own; null if the key is removed, in a {@link SnapshotKind#RUN} only. */
    public byte[] value() {
        return value;
    }

    /** Visits the rest of the entries, and checks that the file is whole unless the visitor has enough before. */
    public void forEach(StateStore.Visitor visitor) throws IOException {
        while (next()) {
            if (!visitor.entry(key, value)) {
                return;
            }
        }
    }

    /** Visits the entries with keys that start with that prefix. To be called before anything else was read. */
    public void scan(BlockIndex index, byte[] prefix, StateStore.Visitor visitor) throws IOException {
        blocks.seek(index, index.find(prefix));
        while (next()) {
            int order = Arrays.compareUnsigned(key, 0, Math.min(key.length, prefix.length), prefix, 0, prefix.length);
            if (order > 0 || order == 0 && !visitor.entry(key, value)) {
                return;
            }
        }
    }

    /** Entries read so far, those of the current block all counted. */
    public long entries() {
        return blocks.allEntries();
    }

    /** The length of the file. */
    public long length() {
        return blocks.fileLength();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
