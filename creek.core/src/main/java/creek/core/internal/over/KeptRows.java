package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.PartLog;
import creek.core.internal.state.PartWriter;
import creek.core.operator.KeySelector;
import java.util.Arrays;

/**
 * What aggregates take of rows, as bytes one after the other: the oldest leaves first. For checkpoints each row is a part, numbered one after the
 * other, so that what the store has of them are two numbers.
 */
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

    /** The part number of the oldest row; those of rows that no checkpoint has written yet count from 0. */
    private long first;
    private boolean isNumbered;
    /** The parts that the store has for certain: from here up to the other. */
    private long storedFrom;
    private long storedTo;
    /** The epoch in which they were written last, and what the store has since, if that checkpoint was completed. */
    private int written;
    private long writtenFrom;
    private long writtenTo;
    /** Bytes of all rows that were ever added, and how many they were when those parts were written. */
    private long added;
    private long storedBytes;
    private long writtenBytes;

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
        append(codec.writer.bytes(), codec.writer.size());
    }

    private void append(byte[] row, int length) {
        if (end + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(row, 0, bytes, end, length);
        end += length;
        added += length;
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
        first++;
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

    /** Writes the rows that have come since the last complete checkpoint, and that those have gone which it has. */
    void write(PartWriter output, PartLog log, int epoch) {
        if (!isNumbered) {
            isNumbered = true;
            first += log.peek();
        }
        if (!output.includes(written)) {
            storedFrom = writtenFrom;
            storedTo = writtenTo;
            storedBytes = writtenBytes;
        }
        for (long part = storedFrom; part < Math.min(first, Math.max(storedTo, writtenTo)); part++) {
            output.remove(part);
        }
        boolean isWhole = output.includes(0) || storedTo <= first;
        int position = isWhole ? start : end - (int) (added - storedBytes);
        for (long part = isWhole ? first : storedTo; part < first + size; part++) {
            read(position);
            int next = end - codec.reader.remaining();
            output.value().writeRaw(bytes, position, next - position);
            output.put(part);
            position = next;
        }
        written = epoch;
        writtenFrom = first;
        writtenTo = first + size;
        writtenBytes = added;
    }

    /** Adds a row that was written. */
    void read(long part, BinaryReader input) {
        if (size == 0) {
            isNumbered = true;
            first = part;
            writtenFrom = part;
        }
        byte[] row = input.readRest();
        append(row, row.length);
        writtenTo = part + 1;
        writtenBytes = added;
    }

    /** Notes that all rows go. */
    void removeAll(PartLog log, int epoch) {
        for (long part = storedFrom; part < Math.max(storedTo, writtenTo); part++) {
            log.remove(part, epoch);
        }
    }
}
