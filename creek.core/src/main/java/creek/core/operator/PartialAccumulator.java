package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;

/**
 * The prototype of aggregates whose rows are not single ones but what other accumulators of the same kind have written, which is in one of the columns. What it
 * makes are such accumulators; a {@link Slice} {@linkplain #read reads} each row by this one and merges it.
 */
final class PartialAccumulator extends Accumulator {
    private final Accumulator whole;
    /** What is being added. */
    private final Accumulator part;
    private final BinaryReader input = new BinaryReader();
    private final int column;

    /** @param column the one that has the content */
    PartialAccumulator(Accumulator prototype, int column) {
        whole = prototype;
        part = prototype.newInstance();
        this.column = column;
    }

    @Override
    public Accumulator newInstance() {
        return whole.newInstance();
    }

    /** What a row has; valid until the next one. */
    Accumulator read(Row row) {
        Utf8 content = row.getUtf8(column);
        input.reset(content.bytes(), content.offset(), content.length());
        part.read(input);
        return part;
    }

    @Override
    public void accumulate(Row row) throws Exception {
        whole.merge(read(row));
    }

    @Override
    public void merge(Accumulator other) throws Exception {
        whole.merge(other);
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
