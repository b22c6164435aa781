package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * By what a file is known again: checksums of its first bytes and of those before the place up to which it was read, which do not change when it
 * is appended to, renamed or copied.
 */
record Fingerprint(int headLength, int headSum, int tailLength, int tailSum) {
    private static final int HEAD = 1024;
    private static final int TAIL = 256;

    /** Of the bytes before a place; fewer where the file has become shorter. */
    static Fingerprint of(FileChannel file, long offset) throws IOException {
        ByteBuffer head = read(file, 0, (int) Math.min(HEAD, offset));
        ByteBuffer tail = read(file, Math.max(offset - TAIL, 0), (int) Math.min(TAIL, offset));
        return new Fingerprint(head.remaining(), sum(head), tail.remaining(), sum(tail));
    }

    /** Of the first bytes only, for a file whose bytes are not those of its records. */
    static Fingerprint ofHead(FileChannel file) throws IOException {
        ByteBuffer head = read(file, 0, HEAD);
        return new Fingerprint(head.remaining(), sum(head), 0, 0);
    }

    /** Whether a file has the same bytes before the place. */
    boolean matches(FileChannel file, long offset) throws IOException {
        ByteBuffer head = read(file, 0, headLength);
        ByteBuffer tail = read(file, Math.max(offset - tailLength, 0), tailLength);
        return head.remaining() == headLength && sum(head) == headSum && tail.remaining() == tailLength && sum(tail) == tailSum;
    }

    private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // a read may give fewer bytes than there are
        }
        return bytes.flip();
    }

    private static int sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate());
        return (int) sum.getValue();
    }

    void write(BinaryWriter output) {
        output.writeVarInt(headLength);
        output.writeInt(headSum);
        output.writeVarInt(tailLength);
        output.writeInt(tailSum);
    }

    static Fingerprint read(BinaryReader input) throws PositionException {
        Fingerprint read = new Fingerprint(input.readVarInt(), input.readInt(), input.readVarInt(), input.readInt());
        if (read.headLength < 0 || read.headLength > HEAD || read.tailLength < 0 || read.tailLength > TAIL) {
            throw Problems.damaged("a checksum of " + read.headLength + " and " + read.tailLength + " bytes");
        }
        return read;
    }
}
