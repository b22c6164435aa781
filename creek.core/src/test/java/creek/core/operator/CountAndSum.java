package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** COUNT(*) and SUM of a BIGINT column, as the planner would generate it. */
final class CountAndSum extends Accumulator {
    private final int column;
    private final boolean fixedSize;
    /** Of all accumulators made from the same one: how often one was merged into another. */
    final long[] merges;
    private long count;
    private long sum;

    CountAndSum(int column) {
        this(column, true);
    }

    /** @param fixedSize what {@link #isFixedSize} says */
    CountAndSum(int column, boolean fixedSize) {
        this(column, fixedSize, new long[1]);
    }

    private CountAndSum(int column, boolean fixedSize, long[] merges) {
        this.column = column;
        this.fixedSize = fixedSize;
        this.merges = merges;
    }

    @Override
    public Accumulator newInstance() {
        return new CountAndSum(column, fixedSize, merges);
    }

    @Override
    public boolean reset() {
        count = 0;
        sum = 0;
        return true;
    }

    @Override
    public void accumulate(Row row) {
        count++;
        sum += row.getLong(column);
    }

    @Override
    public void retract(Row row) {
        count--;
        sum -= row.getLong(column);
    }

    @Override
    public boolean isFixedSize() {
        return fixedSize;
    }

    @Override
    public void merge(Accumulator other) {
        merges[0]++;
        count += ((CountAndSum) other).count;
        sum += ((CountAndSum) other).sum;
    }

    @Override
    public void emit(Row row, int at) {
        row.setLong(at, count);
        row.setLong(at + 1, sum);
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeLong(count);
        output.writeLong(sum);
    }

    @Override
    public void read(BinaryReader input) {
        count = input.readLong();
        sum = input.readLong();
    }
}
