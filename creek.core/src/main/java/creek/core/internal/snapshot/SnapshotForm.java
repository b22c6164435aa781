package creek.core.internal.snapshot;

import creek.core.state.DamagedStateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The form of snapshot files. Numbers are little-endian.
 *
 * <pre>
 * header  8 bytes MAGIC, int version, int length, that many bytes of a {@link SnapshotHeader}, int CRC-32C of all before
 * block   int stored length, int length, int entries, long first key, int CRC-32C of (id, place of the block, these 20 bytes, stored bytes),
 *         then the stored bytes: the entries, compressed if the two lengths differ
 * ...
 * footer  int FOOTER, int blocks, long entries, long bytes of entries, long bytes before the footer, int CRC-32 of those,
 *         int CRC-32C of (id, the 36 bytes before); nothing follows
 * entry   number 2 * shared + removed, length and bytes of the key behind the first shared bytes, which are those of the key before;
 *         unless removed, length and bytes of the value
 * </pre>
 *
 * Keys ascend through the whole file; a block's first key shares nothing and stands, its first eight bytes, in the block's head too, so that
 * blocks can be found without being read. Any change of the form gets another version; the frame of the header stays in all versions.
 */
final class SnapshotForm {
    static final long MAGIC = ByteBuffer.wrap(new byte[] {'C', 'R', 'E', 'E', 'K', 'S', 'T', '\n'}).order(ByteOrder.LITTLE_ENDIAN).getLong();
    /** Changes also where keys come to have other key groups, that is with their hash. */
    static final int VERSION = 2;
    static final int FOOTER = -0x0F007E12;
    static final int HEADER_FRAME = 16;
    static final int MAX_HEADER = 1 << 14;
    static final int BLOCK_HEAD = 24;
    static final int FOOTER_LENGTH = 40;
    /** A block is written when it has so many bytes; a longer one has a single longer entry at its end. */
    static final int BLOCK_SIZE = 1 << 16;
    /** Longer blocks, those of long values, are not compressed: no short file then makes a reader reserve much memory. */
    static final int MAX_COMPRESSED = 1 << 18;
    /** Bytes of an entry; a little less than the longest array. */
    static final int MAX_ENTRY = Integer.MAX_VALUE - (1 << 20);

    private SnapshotForm() {
    }

    /** The checksum of a block: that of (id, place, head without its checksum, stored bytes). */
    static int blockSum(CRC32C sum, long id, int place, ByteBuffer head, byte[] stored, int length) {
        begin(sum, id, place);
        sum.update(head.array(), 0, BLOCK_HEAD - Integer.BYTES);
        sum.update(stored, 0, length);
        return (int) sum.getValue();
    }

    static int footerSum(CRC32C sum, long id, ByteBuffer footer) {
        begin(sum, id, FOOTER);
        sum.update(footer.array(), 0, FOOTER_LENGTH - Integer.BYTES);
        return (int) sum.getValue();
    }

    private static void begin(CRC32C sum, long id, int place) {
        sum.reset();
        sum.update(buffer(Long.BYTES + Integer.BYTES).putLong(id).putInt(place).flip());
    }

    /** The first eight bytes of a key, as a number in the order of keys. */
    static long firstBytes(byte[] key) {
        long bytes = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bytes = bytes << Byte.SIZE | (i < key.length ? key[i] & 0xFF : 0);
        }
        return bytes;
    }

    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static DamagedStateException damaged(Path file, String what) {
        return new DamagedStateException("snapshot " + file + " is damaged: " + what);
    }
}
