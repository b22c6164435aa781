package creek.core.internal.heap;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.snapshot.TwinFile;
import creek.core.state.DamagedStateException;
import java.io.IOException;

/**
 * Which file is the last complete checkpoint.
 *
 * @param checkpoint its number, 0 for none
 * @param id         that of its header
 * @param length     bytes of the file
 */
record HeapManifest(long checkpoint, long id, long length) {
    static final HeapManifest NONE = new HeapManifest(0, 0, 0);

    /** The manifest, or null if there never was one. */
    static HeapManifest read(TwinFile file) throws IOException {
        byte[] content = file.read();
        if (content == null) {
            return null;
        }
        try {
            BinaryReader reader = new BinaryReader(content);
            return new HeapManifest(reader.readLong(), reader.readLong(), reader.readLong());
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedStateException("a checkpoint manifest is too short", e);
        }
    }

    byte[] toBytes() {
        BinaryWriter writer = new BinaryWriter();
        writer.writeLong(checkpoint);
        writer.writeLong(id);
        writer.writeLong(length);
        return writer.toBytes();
    }
}
