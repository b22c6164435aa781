package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeToLive;
import creek.core.internal.state.ValueForm;

/** INTERSECT and EXCEPT, with ALL or without: counts equal rows on either side and gives as many as their counts call for. Nulls are equal. */
public final class SetOperator extends MultiInputOperator {
    private static final int LEFT = 0;

    private static final class Counts {
        long left;
        long right;
    }

    private final boolean intersect;
    private final boolean all;
    private final RowSerializer serializer;
    private final StateMap<Counts> counts = new StateMap<>();
    private final BinaryWriter bytes = new BinaryWriter();
    private final Row out;

    private SetOperator(boolean intersect, boolean all, Schema schema) {
        super(2);
        this.intersect = intersect;
        this.all = all;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    /** INTERSECT of rows with these columns. */
    public static SetOperator intersect(boolean all, Schema schema) {
        return new SetOperator(true, all, schema);
    }

    /** EXCEPT of rows with these columns. */
    public static SetOperator except(boolean all, Schema schema) {
        return new SetOperator(false, all, schema);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        counts.expireAfter(TimeToLive.of(newContext));
        counts.keep(newContext, "counts", new CountsForm());
    }

    private final class CountsForm implements ValueForm<Counts> {
        @Override
        public String text() {
            return "left and right counts of " + serializer.form();
        }

        @Override
        public void write(Counts value, BinaryWriter to) {
            to.writeLong(value.left);
            to.writeLong(value.right);
        }

        @Override
        public Counts read(BinaryReader from) {
            Counts value = new Counts();
            value.left = from.readLong();
            value.right = from.readLong();
            return value;
        }
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        bytes.reset();
        serializer.write(row, bytes);
        Counts count = counts.get(bytes);
        if (count == null) {
            count = new Counts();
            counts.add(bytes.toBytes(), count);
        } else {
            counts.touch();
        }
        long before = result(count);
        int change = row.kind().isRetraction() ? -1 : 1;
        if (input == LEFT) {
            count.left += change;
        } else {
            count.right += change;
        }
        long after = result(count);
        if (count.left == 0 && count.right == 0) {
            counts.remove(bytes.toBytes());
        }
        if (after != before) {
            for (int i = 0; i < out.arity(); i++) {
                out.setFrom(i, row, i);
            }
            out.setKind(after > before ? RowKind.INSERT : RowKind.DELETE);
            output.process(out);
        }
    }

    /** How many of a row there are in the result; one change on a side changes it by one at most. */
    private long result(Counts count) {
        if (intersect) {
            long both = Math.min(count.left, count.right);
            return all ? both : Math.min(both, 1);
        }
        return all ? Math.max(count.left - count.right, 0) : count.left > 0 && count.right == 0 ? 1 : 0;
    }

    @Override
    public long kept() {
        return counts.size();
    }

    @Override
    public String toString() {
        return (intersect ? "intersect" : "except") + (all ? " all" : "");
    }
}
