package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A file that was read not long ago: by what it is known again when it is renamed, and another one in its place as another.
 *
 * @param name        {@linkplain PathSet#hash hash} of its name
 * @param key         hash of its key
 * @param size        how many of its bytes were read
 * @param fingerprint of these
 */
record ReadFile(long name, long key, long size, long modified, Fingerprint fingerprint) {
    /** With fewer bytes a file is not known again once it has changed: too many files start alike. */
    private static final int LEAST_EVIDENCE = 64;

    static ReadFile of(long name, String fileKey, long size, long modified, OpenFile open) throws IOException {
        Fingerprint fingerprint = open.isCompressed() ? Fingerprint.ofHead(open.file()) : Fingerprint.of(open.file(), size);
        return new ReadFile(name, PathSet.hash(fileKey), size, modified, fingerprint);
    }

    ReadFile withName(long newName) {
        return new ReadFile(newName, key, size, modified, fingerprint);
    }

    boolean isUnchanged(SourceFile file) {
        return file.size() == size && file.modified() == modified;
    }

    /** Whether a file of another name is this one, which may have been appended to; the key alone does not tell, since it is given again. */
    boolean isRenamed(SourceFile file) throws IOException {
        boolean isGrown = file.size() > size && size >= LEAST_EVIDENCE;
        if (PathSet.hash(file.fileKey()) != key || !isUnchanged(file) && !isGrown) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file.path())) {
            return fingerprint.matches(channel, size);
        } catch (IOException e) {
            throw Problems.explain("can't read file " + file.name(), e);
        }
    }

    void write(BinaryWriter output) {
        output.writeLong(name);
        output.writeLong(key);
        output.writeLong(size);
        output.writeLong(modified);
        fingerprint.write(output);
    }

    static ReadFile read(BinaryReader input) throws PositionException {
        return new ReadFile(input.readLong(), input.readLong(), input.readLong(), input.readLong(), Fingerprint.read(input));
    }
}
