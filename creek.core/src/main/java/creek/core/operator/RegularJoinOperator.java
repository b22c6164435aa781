package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.internal.state.RowBag;
import creek.core.internal.state.RowBags;
import creek.core.internal.state.TimeToLive;
import java.util.Objects;

/**
 * Joins two streams by key, keeping both for their time to live: a row meets all rows of the other side, earlier and later ones. A row that is taken back
 * takes back what it gave; a row of an outer side is there padded with nulls as long as it has no partner.
 */
public final class RegularJoinOperator extends MultiInputOperator {
    private final JoinType type;
    private final Side[] sides;
    private final JoinRow joined;
    private final JoinRow alone;
    private final BinaryWriter key = new BinaryWriter();

    /** @param condition a calc without columns over the left and the right columns that pairs must pass besides; null for none */
    public RegularJoinOperator(JoinType type, JoinInput left, JoinInput right, Calc condition) {
        super(2);
        this.type = Objects.requireNonNull(type, "type");
        sides = new Side[] {new Side(left, type.isLeftOuter()), new Side(right, type.isRightOuter())};
        joined = new JoinRow(left.schema(), right.schema(), condition);
        alone = new JoinRow(left.schema(), right.schema(), null);
    }

    private static final class Side {
        final JoinInput input;
        /** Whether rows without a partner are given. Only then {@link RowBag#matches} is kept. */
        final boolean outer;
        RowBags rows;

        Side(JoinInput input, boolean outer) {
            this.input = input;
            this.outer = outer;
        }
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        for (Side side : sides) {
            side.rows = new RowBags(side.input.schema(), TimeToLive.of(newContext, side.input.ttl()), side.input.retracting(), side.outer);
            side.rows.keep(newContext, side == sides[0] ? "left" : "right", side.input.form() + (side.outer ? " with partners" : ""));
        }
        joined.open(newContext);
    }

    @Override
    protected void process(int input, Row row) throws Exception {
        Side own = sides[input];
        Side other = sides[1 - input];
        boolean retraction = row.kind().isRetraction();
        boolean keyed = !own.input.keys().hasNull(row);
        RowBag candidates = null;
        if (keyed) {
            key.reset();
            own.input.keys().write(row, key);
            candidates = other.rows.get(key);
        }
        if (candidates != null || own.outer) {
            joined.set(input, row);
        }
        int partners = candidates == null ? 0 : joinWith(candidates, other, 1 - input, row.kind());
        if (keyed) {
            own.rows.update(key, row, retraction, partners);
        }
        if (own.outer && partners == 0) {
            joined.setNull(1 - input);
            output.process(joined.as(retraction ? RowKind.DELETE : RowKind.INSERT));
        }
    }

    /** Joins the row at hand with the other side's; the number of those that match. */
    private int joinWith(RowBag candidates, Side other, int otherSide, RowKind kind) throws Exception {
        boolean retraction = kind.isRetraction();
        RowKind joinedKind = type == JoinType.INNER ? kind : retraction ? RowKind.DELETE : RowKind.INSERT;
        int partners = 0;
        for (int entry = candidates.first(); entry >= 0; entry = candidates.next(entry)) {
            if (other.rows.removeExpired(candidates, entry)) {
                continue;
            }
            joined.set(otherSide, other.rows, candidates, entry);
            if (!joined.matches()) {
                continue;
            }
            int count = candidates.count(entry);
            partners += count;
            if (!other.outer) {
                emit(joinedKind, count);
                continue;
            }
            int matches = candidates.matches(entry) + (retraction ? -1 : 1);
            other.rows.setMatches(candidates, entry, matches);
            if (retraction) {
                emit(joinedKind, count);
                if (matches == 0) {
                    emitAlone(other.rows, candidates, entry, otherSide, RowKind.INSERT);
                }
            } else {
                if (matches == 1) {
                    emitAlone(other.rows, candidates, entry, otherSide, RowKind.DELETE);
                }
                emit(joinedKind, count);
            }
        }
        return partners;
    }

    private void emit(RowKind kind, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            output.process(joined.as(kind));
        }
    }

    /** Emits a row of the other side padded with nulls. */
    private void emitAlone(RowBags rows, RowBag bag, int entry, int otherSide, RowKind kind) throws Exception {
        alone.set(otherSide, rows, bag, entry);
        alone.setNull(1 - otherSide);
        for (int i = bag.count(entry); i > 0; i--) {
            output.process(alone.as(kind));
        }
    }

    @Override
    public long kept() {
        return sides[0].rows == null ? 0 : sides[0].rows.rows() + sides[1].rows.rows();
    }

    @Override
    public String toString() {
        return type + " join";
    }
}
