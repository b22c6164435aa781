package creek.state.xodus;

import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;

/**
 * Keys as the tree has them: the first bytes are halved, so that a node has 16 children at most. A change has all nodes above it written anew, each
 * with the addresses of all its children, and in memory until the transaction is over; with up to 256 children that is many times the change.
 * The order of keys is the same.
 */
final class TreeKey {
    /** What comes behind so many bytes hardly branches, and is not worth twice the room. */
    private static final int HALVED = 16;

    private TreeKey() {
    }

    static ByteIterable of(byte[] key) {
        int halved = Math.min(HALVED, key.length);
        byte[] bytes = new byte[key.length + halved];
        for (int i = 0; i < halved; i++) {
            bytes[2 * i] = (byte) (key[i] >> 4 & 0xF);
            bytes[2 * i + 1] = (byte) (key[i] & 0xF);
        }
        System.arraycopy(key, halved, bytes, 2 * halved, key.length - halved);
        return new ArrayByteIterable(bytes);
    }

    static byte[] toKey(ByteIterable found) {
        byte[] bytes = found.getBytesUnsafe();
        int halved = Math.min(HALVED, found.getLength() / 2);
        byte[] key = Arrays.copyOfRange(bytes, halved, found.getLength());
        for (int i = 0; i < halved; i++) {
            key[i] = (byte) (bytes[2 * i] << 4 | bytes[2 * i + 1]);
        }
        return key;
    }
}
