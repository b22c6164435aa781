package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** COUNT(*) where no rows are taken back, as the planner would generate it. */
final class CountOfRows extends Accumulator {
    private long count;

    @Override
    public Accumulator newInstance() {
        return new CountOfRows();
    }

    @Override
    public void accumulate(Row row) {
        count++;
    }

    @Override
    public void merge(Accumulator other) {
        count += ((CountOfRows) other).count;
    }

    @Override
    public boolean changesWithEachRow() {
        return true;
    }

    @Override
    public void emit(Row row, int column) {
        row.setLong(column, count);
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeLong(count);
    }

    @Override
    public void read(BinaryReader input) {
        count = input.readLong();
    }
}
