package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** SUM of a DOUBLE column, which depends on the order in which values are added. */
final class DoubleSum extends Accumulator {
    private final int column;
    private double sum;

    DoubleSum(int column) {
        this.column = column;
    }

    @Override
    public Accumulator newInstance() {
        return new DoubleSum(column);
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public void accumulate(Row row) {
        sum += row.getDouble(column);
    }

    @Override
    public void merge(Accumulator other) {
        sum += ((DoubleSum) other).sum;
    }

    @Override
    public void emit(Row row, int target) {
        row.setDouble(target, sum);
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeDouble(sum);
    }

    @Override
    public void read(BinaryReader input) {
        sum = input.readDouble();
    }
}
