package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

/** Takes the changed parts of one collection for a checkpoint. */
public final class PartWriter {
    private final Changes changes;
    private byte[] owner;
    private int hash;
    private long written;
    private long bytes;
    private int parts;

    PartWriter(Changes changes) {
        this.changes = changes;
    }

    void collection(byte[] key, int keyHash, long newWritten) {
        owner = key;
        hash = keyHash;
        written = newWritten;
    }

    /** When the collection was last written to, for {@link PartsForm#written}; 0 if it lives for ever. */
    public long written() {
        return written;
    }

    /** Whether a part that was last changed in that epoch has to be written. */
    public boolean includes(int changed) {
        return changes.includes(changed);
    }

    /** Whether the store has yet to be told of a part that went in that epoch. */
    boolean includesRemoval(int changed) {
        return changes.includesRemoval(changed);
    }

    /** Begins a part; its value is written to what is returned, then comes {@link #put}. */
    public BinaryWriter value() {
        return changes.value();
    }

    public void put(long part) {
        writeKey(part);
        bytes += changes.put();
        parts++;
    }

    /** Removes a part. */
    public void remove(long part) {
        writeKey(part);
        changes.remove();
    }

    private void writeKey(long part) {
        BinaryWriter key = changes.key(hash);
        key.writeVarInt(owner.length);
        key.writeRaw(owner, 0, owner.length);
        // most significant byte first and without leading zeros but with their number, so that the order of keys is that of parts
        int size = (Long.SIZE - Long.numberOfLeadingZeros(part) + 7) / Byte.SIZE;
        key.writeByte(size);
        for (int i = size - 1; i >= 0; i--) {
            key.writeByte((int) (part >>> Byte.SIZE * i));
        }
    }

    /** Whether a key is that of {@link PartsForm#HEAD}. */
    static boolean isHead(byte[] key) {
        int size = key.length - Long.BYTES - 1;
        if (size < 0 || key[size] != Long.BYTES) {
            return false;
        }
        for (int i = size + 1; i < key.length; i++) {
            if (key[i] != (byte) PartsForm.HEAD) {
                return false;
            }
        }
        return true;
    }

    /** The number of the part at the end of a key. */
    static long readNumber(BinaryReader key) {
        long part = 0;
        for (int i = key.readByte(); i > 0; i--) {
            part = part << Byte.SIZE | key.readByte() & 0xFF;
        }
        return part;
    }

    /** Bytes of all parts put so far. */
    long bytes() {
        return bytes;
    }

    int parts() {
        return parts;
    }
}
