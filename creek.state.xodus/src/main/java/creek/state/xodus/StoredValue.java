package creek.state.xodus;

import creek.core.state.DamagedStateException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Values as Xodus keeps them: behind a sum of key and value. For one thread at a time. */
final class StoredValue {
    private final CRC32C crc = new CRC32C();

    byte[] encode(byte[] key, byte[] value) {
        byte[] stored = new byte[Integer.BYTES + value.length];
        int sum = sum(key, value);
        for (int i = 0; i < Integer.BYTES; i++) {
            stored[i] = (byte) (sum >>> 24 - 8 * i);
        }
        System.arraycopy(value, 0, stored, Integer.BYTES, value.length);
        return stored;
    }

    byte[] decode(byte[] key, byte[] stored) throws DamagedStateException {
        if (stored.length >= Integer.BYTES) {
            byte[] value = Arrays.copyOfRange(stored, Integer.BYTES, stored.length);
            int sum = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                sum = sum << 8 | stored[i] & 0xFF;
            }
            if (sum == sum(key, value)) {
                return value;
            }
        }
        throw new DamagedStateException("the value of the key " + HexFormat.of().formatHex(key) + " is not the one that was put");
    }

    private int sum(byte[] key, byte[] value) {
        crc.reset();
        crc.update(key);
        crc.update(value);
        return (int) crc.getValue();
    }
}
