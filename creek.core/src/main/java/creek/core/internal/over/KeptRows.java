package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.operator.KeySelector;
import java.util.Arrays;

/** What aggregates take of rows, as bytes one after the other: the oldest leaves first. */
final class KeptRows {
    private static final int FIRST_CAPACITY = 64;

    /** Writes and reads the rows of all partitions, one after the other. */
    static final class Codec {
        private final KeySelector arguments;
        private final boolean timed;
        private final BinaryWriter writer = new BinaryWriter();
        private final BinaryReader reader = new BinaryReader();
        private final Row row;

        /**
         * @param arguments the columns that aggregates take, of rows with {@code arity} columns
         * @param timed     whether the rows' times are kept
         */
        Codec(KeySelector arguments, int arity, boolean timed) {
            this.arguments = arguments;
            this.timed = timed;
            this.row = new Row(arity);
        }
    }

    private final Codec codec;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int start;
    private int end;
    private int size;

    KeptRows(Codec codec) {
        this.codec = codec;
    }

    int size() {
        return size;
    }

    void add(long time, Row row) {
        codec.writer.reset();
        if (codec.timed) {
            codec.writer.writeLong(time);
        }
        codec.arguments.write(row, codec.writer);
        int length = codec.writer.size();
        if (end + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(codec.writer.bytes(), 0, bytes, end, length);
        end += length;
        size++;
    }

    private void makeRoom(int length) {
        int used = end - start;
        byte[] target = 2 * (used + length) <= bytes.length ? bytes : Arrays.copyOf(bytes, 2 * Math.max(bytes.length, used + length));
        System.arraycopy(bytes, start, target, 0, used);
        bytes = target;
        start = 0;
        end = used;
    }

    /** The oldest row's time; there must be one. */
    long firstTime() {
        codec.reader.reset(bytes, start, end - start);
        return codec.reader.readLong();
    }

    /** Takes the oldest row out: one with the columns that aggregates take, valid until the next row of any partition is read or added. */
    Row removeFirst() {
        Row row = read(start);
        start = end - codec.reader.remaining();
        size--;
        return row;
    }

    /** The positions of all rows, the oldest first. */
    int[] positions() {
        int[] positions = new int[size];
        int position = start;
        for (int i = 0; i < size; i++) {
            positions[i] = position;
            read(position);
            position = end - codec.reader.remaining();
        }
        return positions;
    }

    /** The row at a position, valid until the next one of any partition is read. */
    Row read(int position) {
        codec.reader.reset(bytes, position, end - position);
        if (codec.timed) {
            codec.reader.readLong();
        }
        codec.arguments.readBack(codec.reader, codec.row);
        return codec.row;
    }
}
