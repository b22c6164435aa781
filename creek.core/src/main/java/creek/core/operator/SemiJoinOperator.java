package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.RowBag;
import creek.core.internal.state.RowBags;
import creek.core.internal.state.TimeToLive;
import java.util.Objects;

/** Gives the left rows that have a partner on the right (semi join), or those that have none (anti join), as partners come and go. */
public final class SemiJoinOperator extends MultiInputOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final boolean anti;
    private final JoinInput[] inputs;
    private final JoinRow joined;
    private RowBags leftRows;
    private RowBags rightRows;
    private final BinaryWriter key = new BinaryWriter();
    private final Row out;

    /**
     * @param anti      whether rows without a partner are wanted, not those with one
     * @param condition a calc without columns over the left and the right columns that pairs must pass besides; null for none
     */
    public SemiJoinOperator(boolean anti, JoinInput left, JoinInput right, Calc condition) {
        super(2);
        this.anti = anti;
        inputs = new JoinInput[] {Objects.requireNonNull(left, "left"), Objects.requireNonNull(right, "right")};
        joined = new JoinRow(left.schema(), right.schema(), condition);
        out = new Row(left.schema().size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        leftRows = new RowBags(inputs[LEFT].schema(), TimeToLive.of(newContext), inputs[LEFT].retracting(), true);
        rightRows = new RowBags(inputs[RIGHT].schema(), TimeToLive.of(newContext), inputs[RIGHT].retracting(), false);
        leftRows.keep(newContext, "left", inputs[LEFT].form() + " with partners");
        rightRows.keep(newContext, "right", inputs[RIGHT].form());
        joined.open(newContext);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        boolean hasKey = !inputs[input].keys().hasNull(row);
        if (hasKey) {
            key.reset();
            inputs[input].keys().write(row, key);
            joined.set(input, row);
        }
        if (input == LEFT) {
            processLeft(row, hasKey);
        } else if (hasKey) {
            processRight(row);
        }
    }

    private void processLeft(Row row, boolean hasKey) throws Exception {
        int partners = 0;
        if (hasKey) {
            partners = countPartners();
            leftRows.update(key, row, row.kind().isRetraction(), partners);
        }
        if (partners > 0 != anti) {
            output.process(row);
        }
    }

    private int countPartners() throws Exception {
        RowBag candidates = rightRows.get(key);
        int partners = 0;
        for (int entry = candidates == null ? -1 : candidates.first(); entry >= 0; entry = candidates.next(entry)) {
            if (rightRows.removeExpired(candidates, entry)) {
                continue;
            }
            joined.set(RIGHT, rightRows, candidates, entry);
            if (joined.matches()) {
                partners += candidates.count(entry);
            }
        }
        return partners;
    }

    private void processRight(Row row) throws Exception {
        boolean retraction = row.kind().isRetraction();
        RowBag candidates = leftRows.get(key);
        for (int entry = candidates == null ? -1 : candidates.first(); entry >= 0; entry = candidates.next(entry)) {
            if (leftRows.removeExpired(candidates, entry)) {
                continue;
            }
            joined.set(LEFT, leftRows, candidates, entry);
            if (!joined.matches()) {
                continue;
            }
            int matches = candidates.matches(entry) + (retraction ? -1 : 1);
            leftRows.setMatches(candidates, entry, matches);
            if (matches == (retraction ? 0 : 1)) {
                emit(candidates, entry, retraction == anti ? RowKind.INSERT : RowKind.DELETE);
            }
        }
        rightRows.update(key, row, retraction, 0);
    }

    private void emit(RowBag bag, int entry, RowKind kind) throws Exception {
        leftRows.read(bag, entry, out, 0);
        for (int i = bag.count(entry); i > 0; i--) {
            out.setKind(kind);
            output.process(out);
        }
    }

    @Override
    public long kept() {
        return leftRows == null ? 0 : leftRows.rows() + rightRows.rows();
    }

    @Override
    public String toString() {
        return anti ? "anti join" : "semi join";
    }
}
