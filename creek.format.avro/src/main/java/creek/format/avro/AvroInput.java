package creek.format.avro;

import creek.core.format.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A place in Avro's binary data; every read checks that there is enough, and that it is what it should be. */
final class AvroInput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int start;
    private int position;
    private int end;

    /** Starts to read {@code newBytes[from, to)}. */
    void set(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        start = from;
        position = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    int remaining() {
        return end - position;
    }

    boolean readBoolean() throws DecodeException {
        require(1);
        int value = bytes[position];
        if (value != 0 && value != 1) {
            throw error("a boolean must be 0 or 1");
        }
        position++;
        return value != 0;
    }

    long readLong() throws DecodeException {
        long value = 0;
        int p = position;
        for (int shift = 0; p < end; shift += 7) {
            byte next = bytes[p++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                position = p;
                return value >>> 1 ^ -(value & 1);
            }
            if (shift == 63) {
                break;
            }
        }
        throw error(p == end ? "the data end within a number" : "a number has too many bytes");
    }

    int readInt() throws DecodeException {
        int before = position;
        long value = readLong();
        if (value != (int) value) {
            position = before;
            throw error(value + " is too large for an int");
        }
        return (int) value;
    }

    float readFloat() throws DecodeException {
        require(Integer.BYTES);
        int bits = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return Float.intBitsToFloat(bits);
    }

    double readDouble() throws DecodeException {
        require(Long.BYTES);
        long bits = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return Double.longBitsToDouble(bits);
    }

    /** The length of the bytes that follow, all of which are there. */
    int readLength() throws DecodeException {
        int before = position;
        long length = readLong();
        if (length < 0 || length > remaining()) {
            position = before;
            throw error("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    /** The length of a string that follows, whose bytes are UTF-8. */
    int readStringLength() throws DecodeException {
        int length = readLength();
        if (!Utf8Check.isValid(bytes, position, position + length)) {
            throw error("a string is not UTF-8");
        }
        return length;
    }

    /** The number of an array's or map's next elements; 0 at its end. Each takes a byte at least. */
    int readBlockCount() throws DecodeException {
        int before = position;
        long count = readLong();
        if (count < 0) {
            readLength();
            count = -count;
        }
        if (count < 0 || count > remaining()) {
            position = before;
            throw error(count + " elements where " + remaining() + " bytes are left");
        }
        return (int) count;
    }

    /** The branch of a union of that many. */
    int readBranch(int branches) throws DecodeException {
        int before = position;
        long branch = readLong();
        if (branch < 0 || branch >= branches) {
            position = before;
            throw error("branch " + branch + " of a union of " + branches);
        }
        return (int) branch;
    }

    void skip(int count) throws DecodeException {
        require(count);
        position += count;
    }

    private void require(int count) throws DecodeException {
        if (count > end - position) {
            throw error("the data end within a value");
        }
    }

    /** An error at this place. */
    DecodeException error(String message) {
        return new DecodeException("avro: " + message + " (byte " + (position - start) + ")", position - start);
    }
}
