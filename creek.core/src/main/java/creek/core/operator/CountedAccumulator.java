package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.util.List;
import java.util.Objects;

/** Aggregates with the number of their rows, for groups whose rows may all be taken back: such a group has no result. */
public final class CountedAccumulator extends Accumulator {
    private final Accumulator aggregates;
    private long rows;

    /** @param aggregates what is counted; this accumulator takes it over */
    public CountedAccumulator(Accumulator aggregates) {
        this.aggregates = Objects.requireNonNull(aggregates, "aggregates");
    }

    @Override
    public void open(OperatorContext context) throws Exception {
        aggregates.open(context);
    }

    @Override
    public Accumulator newInstance() {
        return new CountedAccumulator(aggregates.newInstance());
    }

    @Override
    public boolean reset() {
        rows = 0;
        return aggregates.reset();
    }

    @Override
    public void accumulate(Row row) throws Exception {
        rows++;
        aggregates.accumulate(row);
    }

    @Override
    public void retract(Row row) throws Exception {
        rows--;
        aggregates.retract(row);
    }

    @Override
    public void merge(Accumulator other) throws Exception {
        CountedAccumulator counted = (CountedAccumulator) other;
        rows += counted.rows;
        aggregates.merge(counted.aggregates);
    }

    @Override
    public void emit(Row row, int column) throws Exception {
        aggregates.emit(row, column);
    }

    @Override
    public boolean isFixedSize() {
        return aggregates.isFixedSize();
    }

    @Override
    public boolean isEmpty() {
        return rows == 0;
    }

    @Override
    public String form() {
        return "rows, " + aggregates.form();
    }

    @Override
    public List<Schema> functionStates() {
        return aggregates.functionStates();
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeLong(rows);
        aggregates.write(output);
    }

    @Override
    public void read(BinaryReader input) {
        rows = input.readLong();
        aggregates.read(input);
    }
}
