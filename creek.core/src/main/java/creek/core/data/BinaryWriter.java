package creek.core.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte buffer that keys, accumulators and positions are written to; {@link BinaryReader} reads them back. Integers are
 * little-endian. Reused: {@link #reset} and write again. Not thread-safe.
 */
public final class BinaryWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64];
    private int size;

    /** Forgets what was written. */
    public void reset() {
        size = 0;
    }

    /** Forgets what was written behind the first so many bytes. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** What was written is the first {@link #size()} bytes. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** What has been written, in that array if it is as long, otherwise in a new one. */
    public byte[] toBytes(byte[] spare) {
        if (spare == null || spare.length != size) {
            return toBytes();
        }
        System.arraycopy(bytes, 0, spare, 0, size);
        return spare;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Writes over a byte that has been written. */
    public void setByte(int place, int value) {
        bytes[place] = (byte) value;
    }

    public void writeInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    public void writeLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    /** Writes a non-negative number in one to five bytes, seven bits each, lowest first. */
    public void writeVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /** Writes the length and the bytes. */
    public void writeBytes(byte[] source, int offset, int length) {
        writeVarInt(length);
        writeRaw(source, offset, length);
    }

    /** Writes the bytes without their length. */
    public void writeRaw(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    public void writeUtf8(Utf8 value) {
        int length = value.length();
        if (length > 0x7F) {
            writeBytes(value.bytes(), value.offset(), length);
            return;
        }
        // As above, for keys: most are short.
        reserve(1 + length);
        bytes[size] = (byte) length;
        System.arraycopy(value.bytes(), value.offset(), bytes, size + 1, length);
        size += 1 + length;
    }

    public void writeString(String value) {
        writeUtf8(Utf8.of(value));
    }

    /** So small that it becomes part of those who call it, in code that is compiled in haste, too. */
    private void reserve(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.min(bytes.length, Integer.MAX_VALUE / 4) * 2));
    }
}
