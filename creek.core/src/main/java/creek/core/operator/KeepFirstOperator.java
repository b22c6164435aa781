package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.StateCell;
import creek.core.internal.state.StateMap;
import creek.core.internal.state.TimeQueue;
import creek.core.internal.state.ValueForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the first row of each key: by arrival, at once; by event time, when the watermark says that no earlier one can come. So rows are
 * never updated. Rows before the watermark are dropped and counted as late; one at the watermark comes out with the next.
 *
 * <p>What is kept is that a key's row has been emitted; a time to live counts from then. A row that waits does so as long as it takes.
 */
public final class KeepFirstOperator extends KeyedRowsOperator<KeepFirstOperator.Emitted, StateMap<KeepFirstOperator.Emitted>> {
    /** Says that a key's first row has been emitted. */
    enum Emitted {
        YES
    }

    /** The best row of a key so far. */
    private static final class First {
        final byte[] key;
        byte[] row;
        long time;
        /** Of rows of the same time that with the lowest number comes out first. */
        long number;

        First(byte[] key) {
            this.key = key;
        }
    }

    /** When a first row may be emitted; void if the row was replaced since. */
    private record Due(First first, long number) {
    }

    private final int timeColumn;

    private final StateMap<First> waiting = new StateMap<>();
    private final TimeQueue<Due> dues = new TimeQueue<>();
    private long numbers;
    private long watermark = Long.MIN_VALUE;

    /**
     * @param schema     the columns of the rows
     * @param timeColumn the event time that decides, an earlier arrival winning among equals; -1 for the order of arrival
     */
    public KeepFirstOperator(Schema schema, KeySelector keys, int timeColumn) {
        super(schema, keys, new StateMap<>());
        this.timeColumn = timeColumn;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        kept.keep(newContext, "emitted", new EmittedForm());
        if (timeColumn >= 0) {
            List<First> restored = new ArrayList<>();
            waiting.keepInMemory(newContext, "waiting", new FirstForm(), (ownKey, first) -> restored.add(first));
            restored.sort(Comparator.comparingLong(first -> first.number));
            restored.forEach(this::await);
            // as a source that tells its watermark again after a restart is no reason to emit what waits for the next one
            StateCell.keep(newContext, "watermark", "watermark", to -> to.writeLong(watermark), from -> watermark = from.readLong());
        }
    }

    private final class EmittedForm implements ValueForm<Emitted> {
        @Override
        public String text() {
            return keys.form() + ", whether emitted";
        }

        @Override
        public void write(Emitted value, BinaryWriter to) {
            to.writeBoolean(true);
        }

        @Override
        public Emitted read(BinaryReader from) {
            return Emitted.YES;
        }
    }

    private final class FirstForm implements ValueForm<First> {
        @Override
        public String text() {
            return form("number, key, time");
        }

        @Override
        public EntryRows entryRows() {
            return new EntryRows(List.of(serializer.schema()), (ownKey, stored, target, upgrades) -> {
                target.writeLong(stored.readLong());
                byte[] copied = stored.readBytes();
                target.writeBytes(copied, 0, copied.length);
                target.writeLong(stored.readLong());
                upgrades.get(0).copySized(stored, target);
            });
        }

        @Override
        public void write(First first, BinaryWriter to) {
            to.writeLong(first.number);
            to.writeBytes(first.key, 0, first.key.length);
            to.writeLong(first.time);
            to.writeBytes(first.row, 0, first.row.length);
        }

        @Override
        public First read(BinaryReader from) {
            long number = from.readLong();
            First first = new First(from.readBytes());
            first.number = number;
            first.time = from.readLong();
            first.row = from.readBytes();
            return first;
        }
    }

    @Override
    public void process(Row row) throws Exception {
        if (timeColumn < 0) {
            if (find(row) == null) {
                kept.add(key.toBytes(), Emitted.YES);
                output.process(row);
            }
            return;
        }
        long time = eventTime(row, timeColumn);
        if (time < watermark) {
            context.countLate(row, watermark - time);
        } else if (find(row) == null) {
            improve(row, time);
        }
    }

    private void improve(Row row, long time) {
        First first = waiting.get(key);
        if (first == null) {
            first = new First(key.toBytes());
            waiting.add(first.key, first);
        } else if (time < first.time) {
            waiting.touch();
        } else {
            return;
        }
        serialize(row);
        first.row = bytes.toBytes(first.row);
        first.time = time;
        first.number = numbers;
        await(first);
    }

    private void await(First first) {
        dues.add(first.time, new Due(first, first.number));
        numbers = first.number + 1;
    }

    @Override
    public void watermark(long newWatermark) throws Exception {
        while (newWatermark > watermark && dues.size() > 0 && dues.firstTime() <= newWatermark) {
            Due due = dues.poll();
            if (due.number == due.first.number) {
                waiting.remove(due.first.key);
                kept.add(due.first.key, Emitted.YES);
                emit(due.first.row, RowKind.INSERT);
            }
        }
        watermark = newWatermark;
        output.watermark(newWatermark);
    }

    @Override
    public long kept() {
        return super.kept() + waiting.size();
    }

    @Override
    public String toString() {
        return "keep first";
    }
}
