package creek.core.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what a {@link BinaryWriter} wrote. Reused: {@link #reset} points it at other bytes. Not thread-safe.
 *
 * <p>Bytes may come from a damaged file: a read beyond the end throws {@link IndexOutOfBoundsException}, never gives a made-up value.
 */
public final class BinaryReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = {};
    private int position;
    private int end;

    public BinaryReader() {
    }

    public BinaryReader(byte[] bytes) {
        reset(bytes, 0, bytes.length);
    }

    public void reset(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        position = offset;
        end = offset + length;
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - position;
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public byte readByte() {
        return bytes[take(1)];
    }

    public int readInt() {
        return (int) INT.get(bytes, take(Integer.BYTES));
    }

    public long readLong() {
        return (long) LONG.get(bytes, take(Long.BYTES));
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than five bytes before byte " + position);
    }

    /** Reads length and bytes into an array of its own. */
    public byte[] readBytes() {
        int length = readVarInt();
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Reads what is left into an array of its own. */
    public byte[] readRest() {
        int from = take(remaining());
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Reads length and bytes; the string points into this reader's bytes. */
    /** So many bytes, written without their length. */
    public byte[] readRaw(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    public void readUtf8(Utf8 target) {
        int length = readVarInt();
        target.set(bytes, take(length), length);
    }

    public String readString() {
        return Utf8.of(readBytes()).toString();
    }

    private int take(int count) {
        if (count < 0 || count > end - position) {
            throw new IndexOutOfBoundsException(count + " bytes wanted, " + (end - position) + " left");
        }
        int from = position;
        position += count;
        return from;
    }
}
