package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.StateStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/** Puts and removals on their way to the store, in chunks, so that many of them are neither copied again nor one long array. */
public final class EntryBuffer {
    private static final int CHUNK = 128 << 10;
    private static final int REMOVAL = -1;

    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final BinaryWriter current = new BinaryWriter();
    private long bytes;

    /** Adds an entry; both are copied. */
    public void put(BinaryWriter key, BinaryWriter value) {
        add(key, value.size());
        current.writeRaw(value.bytes(), 0, value.size());
        cut();
    }

    /** Adds the removal of a key, which is copied. */
    public void remove(BinaryWriter key) {
        add(key, REMOVAL);
        cut();
    }

    private void add(BinaryWriter key, int valueSize) {
        current.writeLong((long) valueSize << Integer.SIZE | key.size());
        current.writeRaw(key.bytes(), 0, key.size());
    }

    private void cut() {
        if (current.size() >= CHUNK) {
            bytes += current.size();
            chunks.add(current.toBytes());
            current.reset();
        }
    }

    /** Bytes that are in it. */
    public long size() {
        return bytes + current.size();
    }

    /** Writes everything to a checkpoint and lets go of it. */
    public void drainTo(StateStore.Checkpoint checkpoint) throws IOException {
        for (byte[] chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            write(chunk, checkpoint);
        }
        write(current.toBytes(), checkpoint);
        current.reset();
        bytes = 0;
    }

    private static void write(byte[] chunk, StateStore.Checkpoint checkpoint) throws IOException {
        BinaryReader reader = new BinaryReader(chunk);
        for (int at = 0; at < chunk.length; ) {
            reader.reset(chunk, at, chunk.length - at);
            int keySize = reader.readInt();
            int valueSize = reader.readInt();
            at += 2 * Integer.BYTES;
            byte[] key = Arrays.copyOfRange(chunk, at, at + keySize);
            at += keySize;
            if (valueSize == REMOVAL) {
                checkpoint.remove(key);
            } else {
                checkpoint.put(key, Arrays.copyOfRange(chunk, at, at + valueSize));
                at += valueSize;
            }
        }
    }
}
