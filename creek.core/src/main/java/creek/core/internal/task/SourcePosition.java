package creek.core.internal.task;

import creek.core.data.BinaryReader;

/**
 * Where a reader stands.
 *
 * @param version the form
 * @param bytes   what the reader wrote; not to be changed
 */
record SourcePosition(int version, byte[] bytes) {
    BinaryReader reader() {
        return new BinaryReader(bytes);
    }
}
