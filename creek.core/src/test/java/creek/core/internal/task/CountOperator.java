package creek.core.internal.task;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.ValueForm;
import creek.core.operator.Input;
import creek.core.operator.KeySelector;
import creek.core.operator.Operator;
import creek.core.operator.OperatorContext;

/** Emits with each row, which has one column, how many like it there have been. */
final class CountOperator extends Operator {
    private final StateMap<long[]> counts = new StateMap<>();
    private final KeySelector key;
    private final BinaryWriter bytes = new BinaryWriter();
    private final Row row = new Row(2);

    CountOperator(Schema schema) {
        key = new KeySelector(new int[] {0}, schema);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        counts.keep(context, "counts", new ValueForm<long[]>() {
            @Override
            public String text() {
                return "count";
            }

            @Override
            public void write(long[] value, BinaryWriter to) {
                to.writeLong(value[0]);
            }

            @Override
            public long[] read(BinaryReader from) {
                return new long[] {from.readLong()};
            }
        });
    }

    @Override
    public void process(Row given) throws Exception {
        bytes.reset();
        key.write(given, bytes);
        long[] count = counts.get(bytes);
        if (count == null) {
            count = new long[] {1};
            counts.add(bytes.toBytes(), count);
        } else {
            count[0]++;
            counts.touch();
        }
        row.setFrom(0, given, 0);
        row.setLong(1, count[0]);
        output.process(row);
    }
}
