package creek.sql.internal.physical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** What becomes of upsert keys behind projections and joins. */
final class UpsertKeys {
    /** A key may stand in several columns; more combinations than this are of no use to anybody. */
    private static final int MOST = 32;

    private UpsertKeys() {
    }

    /** The keys that are still there behind a projection. */
    static Set<ImmutableBitSet> behind(List<RexNode> projects, Set<ImmutableBitSet> keys) {
        Set<ImmutableBitSet> all = new LinkedHashSet<>();
        for (ImmutableBitSet key : keys) {
            List<ImmutableBitSet> partial = List.of(ImmutableBitSet.of());
            for (int column : key) {
                List<ImmutableBitSet> longer = new ArrayList<>();
                for (int place = 0; place < projects.size(); place++) {
                    if (isColumn(projects.get(place), column)) {
                        for (ImmutableBitSet each : partial) {
                            longer.add(each.set(place));
                        }
                    }
                }
                partial = longer.size() > MOST ? longer.subList(0, MOST) : longer;
            }
            all.addAll(partial);
        }
        return all;
    }

    /** Whether an expression has a value of its own for each value of a column. */
    private static boolean isColumn(RexNode expression, int column) {
        RexNode plain = RexUtil.isLosslessCast(expression) ? ((RexCall) expression).getOperands().get(0) : expression;
        return plain instanceof RexInputRef reference && reference.getIndex() == column;
    }

    /** Those keys that these columns are part of. */
    static Set<ImmutableBitSet> containing(int[] columns, Set<ImmutableBitSet> keys) {
        Set<ImmutableBitSet> containing = new LinkedHashSet<>(keys);
        containing.removeIf(key -> !key.contains(ImmutableBitSet.of(columns)));
        return containing;
    }

    /** The keys of a join's rows. */
    static Set<ImmutableBitSet> joined(JoinRelType type, JoinSide left, JoinSide right) {
        Set<ImmutableBitSet> leftKeys = containing(left.keys(), left.node().upsertKeys());
        Set<ImmutableBitSet> rightKeys = new LinkedHashSet<>();
        containing(right.keys(), right.node().upsertKeys()).forEach(key -> rightKeys.add(key.shift(left.arity())));
        Set<ImmutableBitSet> all = new LinkedHashSet<>();
        if (isUnique(right) && !type.generatesNullsOnLeft()) {
            all.addAll(leftKeys);
        }
        if (isUnique(left) && !type.generatesNullsOnRight()) {
            all.addAll(rightKeys);
        }
        leftKeys.forEach(one -> rightKeys.forEach(other -> all.add(one.union(other))));
        return all;
    }

    /** Whether a side has one row at most for each row of the other. */
    private static boolean isUnique(JoinSide side) {
        return side.node().upsertKeys().stream().anyMatch(key -> ImmutableBitSet.of(side.keys()).contains(key));
    }
}
