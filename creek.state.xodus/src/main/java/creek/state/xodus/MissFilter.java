package creek.state.xodus;

/**
 * Tells of most keys that a large store does not have that it has not, without a look into its files: each key that is new to a job is looked for
 * once. One bit for each key, by its hash. It is filled from the store little by little, and knows nothing until that is done.
 *
 * <p>Filled by the checkpoints' thread, asked by any. Keys that are removed stay in it.
 */
final class MissFilter {
    private static final int LEAST_BYTES = 64 << 10;
    private static final int MOST_BYTES = 4 << 20;
    /** A store of less is quick to look into, or not worth the memory. */
    private static final int STORED_PER_BYTE = 16;

    private final long[] bits;
    private final Scan all = new Scan(XodusStore.FIRST_KEY, XodusStore.FIRST_KEY);
    private volatile boolean full;

    /** @param bytes a power of two */
    MissFilter(int bytes) {
        bits = new long[bytes / Long.BYTES];
    }

    /** How large one may be where there is so much memory. */
    static int size(long heap) {
        return Integer.highestOneBit((int) Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / 32)));
    }

    /** Whether a store that takes up so much is to have one of that size. */
    static boolean isWorth(int bytes, long stored) {
        return stored / STORED_PER_BYTE > bytes;
    }

    void add(byte[] key) {
        long hash = hash(key);
        bits[word(hash)] |= 1L << hash;
    }

    /** Whether the key may be there. */
    boolean mayHave(byte[] key) {
        if (!full) {
            return true;
        }
        long hash = hash(key);
        return (bits[word(hash)] & 1L << hash) != 0;
    }

    private int word(long hash) {
        return (int) (hash >>> 6) & bits.length - 1;
    }

    private static long hash(byte[] key) {
        long hash = 0;
        for (byte each : key) {
            hash = (hash ^ each & 0xFF) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash ^ hash >>> 32;
    }

    /** Where in the store the filling stands. */
    Scan all() {
        return all;
    }

    boolean isFull() {
        return full;
    }

    /** All keys that the store had when this was made are in it, or have been removed; those that came since were {@linkplain #add added}. */
    void setFull() {
        full = true;
    }
}
