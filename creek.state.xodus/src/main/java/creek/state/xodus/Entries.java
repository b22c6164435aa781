package creek.state.xodus;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/**
 * The map of entries. A value that is too long for Xodus, which writes each into one file, is kept in parts, in a map of their own; the entry is
 * then empty.
 */
final class Entries {
    private static final int PART = 1 << 16;

    private final Store whole;
    private final Store parts;

    Entries(Environment environment, Transaction transaction) {
        whole = environment.openStore("entries", StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING, transaction);
        parts = environment.openStore("parts", StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING, transaction);
    }

    void put(Transaction transaction, byte[] key, byte[] value) {
        removeParts(transaction, key);
        if (value.length <= PART) {
            whole.put(transaction, TreeKey.of(key), new ArrayByteIterable(value));
            return;
        }
        whole.put(transaction, TreeKey.of(key), ByteIterable.EMPTY);
        for (int part = 0; part * (long) PART < value.length; part++) {
            int from = part * PART;
            parts.put(transaction, partKey(key, part), new ArrayByteIterable(Arrays.copyOfRange(value, from, Math.min(from + PART, value.length))));
        }
    }

    void remove(Transaction transaction, byte[] key) {
        removeParts(transaction, key);
        whole.delete(transaction, TreeKey.of(key));
    }

    private void removeParts(Transaction transaction, byte[] key) {
        if (parts.count(transaction) > 0) {
            int part = 0;
            while (parts.delete(transaction, partKey(key, part))) {
                part++;
            }
        }
    }

    /** The value of a key, or null. */
    byte[] get(Transaction transaction, byte[] key) {
        ByteIterable found = whole.get(transaction, TreeKey.of(key));
        return found == null ? null : complete(transaction, key, found);
    }

    /** The value of an entry that was found. */
    byte[] complete(Transaction transaction, byte[] key, ByteIterable found) {
        if (found.getLength() > 0) {
            return toArray(found);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        int part = 0;
        ByteIterable next = parts.get(transaction, partKey(key, part));
        while (next != null) {
            value.write(next.getBytesUnsafe(), 0, next.getLength());
            next = parts.get(transaction, partKey(key, ++part));
        }
        return value.toByteArray();
    }

    Cursor cursor(Transaction transaction) {
        return whole.openCursor(transaction);
    }

    static byte[] toArray(ByteIterable bytes) {
        return Arrays.copyOf(bytes.getBytesUnsafe(), bytes.getLength());
    }

    private static ByteIterable partKey(byte[] key, int part) {
        byte[] whole = Arrays.copyOf(key, key.length + Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            whole[key.length + i] = (byte) (part >>> 24 - 8 * i);
        }
        return TreeKey.of(whole);
    }
}
