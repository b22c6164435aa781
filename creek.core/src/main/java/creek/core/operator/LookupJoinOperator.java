package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.RowBag;
import creek.core.internal.state.RowBags;
import creek.core.internal.state.TimeToLive;
import java.util.List;
import java.util.Objects;

/**
 * {@code FOR SYSTEM_TIME AS OF} a processing time: joins each row with the rows that a table has for its key at that moment. The table is held
 * in memory and read again when it has changed; rows wait while it is read.
 */
public final class LookupJoinOperator extends BufferingOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    // what it computes
    private final boolean outer;
    private final JoinInput left;
    private final JoinInput right;
    private final List<Operator> steps;
    private final JoinRow joined;
    private TableReader table;

    // the table as it was read last, and as far as it is being read
    private RowBags rows;
    private RowBags loading;
    private Input intake;

    // reused
    private final BinaryWriter key = new BinaryWriter();

    /**
     * @param outer     whether rows without a partner are given, padded with nulls
     * @param steps     what makes the right rows of the table's source rows: operators that give at most one row for one
     * @param right     the columns and keys of what the steps make
     * @param condition a calc without columns over the left and the right columns that pairs must pass besides; null for none
     */
    public LookupJoinOperator(boolean outer, JoinInput left, List<Operator> steps, JoinInput right, Calc condition) {
        this.outer = outer;
        this.left = Objects.requireNonNull(left, "left");
        this.steps = List.copyOf(steps);
        this.right = Objects.requireNonNull(right, "right");
        joined = new JoinRow(left.schema(), right.schema(), condition);
        rows = newRows();
    }

    private RowBags newRows() {
        return new RowBags(right.schema(), TimeToLive.FOREVER, false, false);
    }

    /** Gives the operator its table. Called once, by the engine, before it is opened. */
    public void attach(TableReader newTable) {
        table = newTable;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        joined.open(newContext);
        intake = new Intake();
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).open(newContext, intake);
            intake = steps.get(i);
        }
        load();
    }

    private void load() throws Exception {
        loading = newRows();
        table.restart(intake);
        context.resumeLater();
    }

    @Override
    public boolean resume() throws Exception {
        if (!super.resume()) {
            return false;
        }
        if (loading != null) {
            switch (table.read()) {
                case MORE -> {
                    return false;
                }
                case NOTHING_NOW -> {
                    context.resumeAfterAPause();
                    return false;
                }
                case DONE -> {
                    rows = loading;
                    loading = null;
                    context.wakeAt(table.nextLook());
                }
            }
        }
        return true;
    }

    @Override
    public void processingTime(long now) throws Exception {
        if (table.isOutdated()) {
            load();
        } else {
            context.wakeAt(table.nextLook());
        }
    }

    @Override
    public void process(Row row) throws Exception {
        joined.set(LEFT, row);
        boolean matched = false;
        if (!left.keys().hasNull(row)) {
            key.reset();
            left.keys().write(row, key);
            RowBag found = rows.get(key);
            for (int entry = found == null ? -1 : found.first(); entry >= 0; entry = found.next(entry)) {
                joined.set(RIGHT, rows, found, entry);
                if (joined.matches()) {
                    matched = true;
                    output.process(joined.as(row.kind()));
                }
            }
        }
        context.countLookup(matched);
        if (outer && !matched) {
            joined.setNull(RIGHT);
            output.process(joined.as(row.kind()));
        }
    }

    @Override
    public void close() throws Exception {
        if (table != null) {
            table.close();
        }
    }

    @Override
    public long kept() {
        return rows.rows();
    }

    @Override
    public String toString() {
        return (outer ? "left " : "") + "lookup join";
    }

    /** Takes in the table's rows. */
    private final class Intake implements Input {
        @Override
        public void process(Row row) {
            if (!right.keys().hasNull(row)) {
                key.reset();
                right.keys().write(row, key);
                loading.update(key, row, false, 0);
            }
        }

        @Override
        public void watermark(long watermark) {
            // a table as it is now has no event time
        }
    }
}
