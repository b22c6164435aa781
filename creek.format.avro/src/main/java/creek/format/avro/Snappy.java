package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.format.DecodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Snappy's raw format in plain Java, since the usual library brings native code. */
final class Snappy {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TABLE_BITS = 14;
    /** Copies reach back no further, so that two bytes say how far. */
    private static final int LARGEST_OFFSET = 0xFFFF;
    private static final int LONGEST_COPY = 64;
    private static final int SHORTEST_COPY = 4;
    /** Compressed data are at best this many times smaller: three bytes make 64. */
    private static final int BEST_RATIO = 24;

    private Snappy() {
    }

    static int decompress(byte[] in, int from, int to, Codec.Block block) throws DecodeException {
        int p = from;
        long declared = 0;
        for (int shift = 0;; shift += 7) {
            if (p == to || shift > 28) {
                throw malformed();
            }
            byte next = in[p++];
            declared |= (next & 0x7FL) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (declared > (long) (to - p) * BEST_RATIO) {
            throw malformed();
        }
        int size = (int) declared;
        block.reserve(size);
        byte[] out = block.bytes;
        int q = 0;
        while (p < to) {
            int tag = in[p++] & 0xFF;
            int kind = tag & 3;
            int length;
            if (kind == 0) {
                length = (tag >>> 2) + 1;
                int extra = length - 60;
                if (extra > 0) {
                    length = littleEndian(in, p, to, extra) + 1;
                    p += extra;
                }
                if (length <= 0 || length > to - p || length > size - q) {
                    throw malformed();
                }
                System.arraycopy(in, p, out, q, length);
                p += length;
            } else {
                int extra = kind == 1 ? 1 : kind == 2 ? 2 : 4;
                int offset = littleEndian(in, p, to, extra) | (kind == 1 ? (tag & 0xE0) << 3 : 0);
                p += extra;
                length = kind == 1 ? (tag >>> 2 & 7) + SHORTEST_COPY : (tag >>> 2) + 1;
                if (offset <= 0 || offset > q || length > size - q) {
                    throw malformed();
                }
                for (int i = 0; i < length; i++) {
                    out[q + i] = out[q + i - offset];
                }
            }
            q += length;
        }
        if (q != size) {
            throw malformed();
        }
        return size;
    }

    private static int littleEndian(byte[] in, int p, int to, int count) throws DecodeException {
        if (count > to - p) {
            throw malformed();
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (in[p + i] & 0xFF) << 8 * i;
        }
        return value;
    }

    private static DecodeException malformed() {
        return new DecodeException("avro: the block is not Snappy's compressed data", 0);
    }

    static void compress(byte[] in, int length, BinaryWriter output) {
        output.writeVarInt(length);
        int[] table = new int[1 << TABLE_BITS];
        Arrays.fill(table, -1);
        int literal = 0;
        int p = 0;
        while (p <= length - SHORTEST_COPY) {
            int word = (int) INT.get(in, p);
            int slot = word * 0x1E35A7BD >>> Integer.SIZE - TABLE_BITS;
            int candidate = table[slot];
            table[slot] = p;
            if (candidate < 0 || p - candidate > LARGEST_OFFSET || (int) INT.get(in, candidate) != word) {
                // What has not matched for long is looked at less closely.
                p += 1 + (p - literal >>> 5);
                continue;
            }
            writeLiteral(in, literal, p, output);
            int end = p + SHORTEST_COPY;
            while (end < length && in[end] == in[end - p + candidate]) {
                end++;
            }
            writeCopies(p - candidate, end - p, output);
            p = end;
            literal = end;
        }
        writeLiteral(in, literal, length, output);
    }

    private static void writeLiteral(byte[] in, int from, int to, BinaryWriter output) {
        int rest = to - from - 1;
        if (rest < 0) {
            return;
        }
        int bytes = rest < 60 ? 0 : (Integer.SIZE + 7 - Integer.numberOfLeadingZeros(rest)) / 8;
        output.writeByte((bytes == 0 ? rest : 59 + bytes) << 2);
        for (int i = 0; i < bytes; i++) {
            output.writeByte(rest >>> 8 * i);
        }
        output.writeRaw(in, from, to - from);
    }

    private static void writeCopies(int offset, int length, BinaryWriter output) {
        for (int rest = length; rest > 0; rest -= LONGEST_COPY) {
            output.writeByte(Math.min(rest, LONGEST_COPY) - 1 << 2 | 2);
            output.writeByte(offset);
            output.writeByte(offset >>> 8);
        }
    }
}
