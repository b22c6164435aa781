package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;

/** Aggregates whose rows are not single ones but what other accumulators of the same kind have written, which is in one of the columns. */
final class PartialAccumulator extends Accumulator {
    private final Accumulator whole;
    /** What is being added; the same for all of a kind. */
    private final Accumulator part;
    private final BinaryReader input;
    private final int column;

    /** @param column the one that has the content */
    PartialAccumulator(Accumulator prototype, int column) {
        this(prototype, prototype.newInstance(), new BinaryReader(), column);
    }

    private PartialAccumulator(Accumulator whole, Accumulator part, BinaryReader input, int column) {
        this.whole = whole;
        this.part = part;
        this.input = input;
        this.column = column;
    }

    @Override
    public Accumulator newInstance() {
        return new PartialAccumulator(whole.newInstance(), part, input, column);
    }

    @Override
    public boolean reset() {
        return whole.reset();
    }

    @Override
    public void accumulate(Row row) throws Exception {
        byte[] content = row.getBytes(column);
        input.reset(content, 0, content.length);
        part.read(input);
        whole.merge(part);
    }

    @Override
    public void merge(Accumulator other) throws Exception {
        whole.merge(((PartialAccumulator) other).whole);
    }

    @Override
    public boolean isFixedSize() {
        return whole.isFixedSize();
    }

    @Override
    public void emit(Row row, int place) throws Exception {
        whole.emit(row, place);
    }

    @Override
    public boolean isEmpty() {
        return whole.isEmpty();
    }

    @Override
    public String form() {
        return whole.form();
    }

    @Override
    public void write(BinaryWriter output) {
        whole.write(output);
    }

    @Override
    public void read(BinaryReader from) {
        whole.read(from);
    }
}
