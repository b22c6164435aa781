package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;

/** The greatest value of a BIGINT column, and all of them in order: an accumulator that can't take rows back and whose order matters. */
final class MaxAndTrace extends Accumulator {
    private final int column;
    private long max = Long.MIN_VALUE;
    private String trace = "";

    MaxAndTrace(int column) {
        this.column = column;
    }

    @Override
    public Accumulator newInstance() {
        return new MaxAndTrace(column);
    }

    @Override
    public boolean reset() {
        max = Long.MIN_VALUE;
        trace = "";
        return true;
    }

    @Override
    public void accumulate(Row row) {
        max = Math.max(max, row.getLong(column));
        trace += "." + row.getLong(column);
    }

    @Override
    public void merge(Accumulator other) {
        max = Math.max(max, ((MaxAndTrace) other).max);
        trace += ((MaxAndTrace) other).trace;
    }

    @Override
    public void emit(Row row, int at) {
        row.setLong(at, max);
        row.setUtf8(at + 1, Utf8.of(trace));
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeLong(max);
        output.writeString(trace);
    }

    @Override
    public void read(BinaryReader input) {
        max = input.readLong();
        trace = input.readString();
    }
}
