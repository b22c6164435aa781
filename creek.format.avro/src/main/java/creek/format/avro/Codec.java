package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.format.DecodeException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** How blocks of a container file are compressed: the codecs that need no native code. */
enum Codec {
    NULL {
        @Override
        void compress(byte[] bytes, int length, BinaryWriter output) {
            output.writeRaw(bytes, 0, length);
        }

        @Override
        int decompress(byte[] bytes, int from, int to, Block block) throws DecodeException {
            block.reserve(to - from);
            System.arraycopy(bytes, from, block.bytes, 0, to - from);
            return to - from;
        }
    },

    DEFLATE {
        @Override
        void compress(byte[] bytes, int length, BinaryWriter output) {
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            try {
                deflater.setInput(bytes, 0, length);
                deflater.finish();
                byte[] chunk = new byte[CHUNK];
                while (!deflater.finished()) {
                    output.writeRaw(chunk, 0, deflater.deflate(chunk));
                }
            } finally {
                deflater.end();
            }
        }

        @Override
        int decompress(byte[] bytes, int from, int to, Block block) throws DecodeException {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(bytes, from, to - from);
                int size = 0;
                while (!inflater.finished()) {
                    block.reserve(size + CHUNK);
                    int count = inflater.inflate(block.bytes, size, block.room() - size);
                    if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                        throw new DecodeException("avro: the compressed block is cut off", 0);
                    }
                    size += count;
                }
                return size;
            } catch (DataFormatException e) {
                throw new DecodeException("avro: the block is not deflated data: " + e.getMessage(), 0);
            } finally {
                inflater.end();
            }
        }
    },

    SNAPPY {
        @Override
        void compress(byte[] bytes, int length, BinaryWriter output) {
            Snappy.compress(bytes, length, output);
            output.writeInt(Integer.reverseBytes(crc(bytes, length)));
        }

        @Override
        int decompress(byte[] bytes, int from, int to, Block block) throws DecodeException {
            int end = to - Integer.BYTES;
            if (end < from) {
                throw new DecodeException("avro: the compressed block is cut off", 0);
            }
            int size = Snappy.decompress(bytes, from, end, block);
            int expected = bytes[end] << 24 | (bytes[end + 1] & 0xFF) << 16 | (bytes[end + 2] & 0xFF) << 8 | bytes[end + 3] & 0xFF;
            if (crc(block.bytes, size) != expected) {
                throw new DecodeException("avro: the block's checksum is wrong", 0);
            }
            return size;
        }
    };

    private static final int CHUNK = 4 << 10;

    /** Appends the first bytes of the array. */
    abstract void compress(byte[] bytes, int length, BinaryWriter output);

    /** Puts what {@code bytes[from, to)} holds into the block and returns how much it is. */
    abstract int decompress(byte[] bytes, int from, int to, Block block) throws DecodeException;

    /** The name in a file's header. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The codec of that name in a header. */
    static Codec of(String id) throws DecodeException {
        for (Codec codec : values()) {
            if (codec.id().equals(id)) {
                return codec;
            }
        }
        throw new DecodeException("avro: the file is compressed with '" + id + "'; null, deflate and snappy can be read", 0);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The content of a block: a buffer that grows up to a limit. */
    static final class Block {
        private static final int LARGEST = 16 << 20;
        /** Whoever reads strings may read whole words beyond their end. */
        private static final int SPARE = 8;

        byte[] bytes = new byte[SPARE];

        /** How much can be written without growing. */
        int room() {
            return bytes.length - SPARE;
        }

        void reserve(int size) throws DecodeException {
            if (size > LARGEST) {
                throw new DecodeException("avro: a block has more than " + (LARGEST >> 20) + " MB", 0);
            }
            if (size > room()) {
                bytes = Arrays.copyOf(bytes, Math.min(LARGEST, Math.max(size, 2 * room())) + SPARE);
            }
        }
    }
}
