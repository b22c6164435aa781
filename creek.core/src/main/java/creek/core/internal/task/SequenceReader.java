package creek.core.internal.task;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** Rows of one BIGINT, from 0 on. */
final class SequenceReader implements SourceReader {
    private final long count;
    private final Row row = new Row(1);
    private long next;

    SequenceReader(long count) {
        this.count = count;
    }

    @Override
    public void open() {
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        while (next < count && !output.isFull()) {
            row.setLong(0, next++);
            output.row(row);
        }
        return next < count ? ReadStatus.MORE : ReadStatus.END_OF_INPUT;
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        output.writeLong(next);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) {
        next = position.readLong();
    }

    @Override
    public String location() {
        return "row " + next;
    }

    @Override
    public void close() {
    }
}
