package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** What DISTINCT aggregates. */
final class NoAggregates extends Accumulator {
    @Override
    public Accumulator newInstance() {
        return this;
    }

    @Override
    public void accumulate(Row row) {
    }

    @Override
    public void retract(Row row) {
    }

    @Override
    public void merge(Accumulator other) {
    }

    @Override
    public void emit(Row row, int column) {
    }

    @Override
    public void write(BinaryWriter output) {
    }

    @Override
    public void read(BinaryReader input) {
    }
}
