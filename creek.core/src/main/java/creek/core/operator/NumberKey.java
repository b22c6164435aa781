package creek.core.operator;

import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A key that is one BIGINT, looked up as that: its hash is that of the bytes that {@link KeySelector} writes for it, a mark before the number, which need not be written. */
final class NumberKey {
    private static final int NOT_NULL = 1;
    private static final int LENGTH = 1 + Long.BYTES;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private NumberKey() {
    }

    /** The number of a written key; 0 for NULL, whose hash is another than that of 0. */
    static long number(byte[] key, int length) {
        return length == LENGTH ? (long) WORD.get(key, 1) : 0;
    }

    /** What {@link Utf8#hash} gives for the key of a number: of its first eight bytes, and of its last eight. */
    static int hash(long number) {
        return Utf8.finish(Utf8.mix(Utf8.mix(LENGTH, number << Byte.SIZE | NOT_NULL), number));
    }
}
