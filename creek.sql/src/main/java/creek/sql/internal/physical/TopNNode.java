package creek.sql.internal.physical;

import creek.core.operator.Ranking;
import creek.core.operator.TopNOperator;
import creek.core.operator.UpdatableTopNOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;

/** Passes on the first rows of each partition in an order. */
final class TopNNode extends PhysicalNode {
    private final int[] partition;
    private final RelCollation order;
    private final long first;
    private final long last;
    private final int lastColumn;
    private final boolean numbered;

    TopNNode(PhysicalNode input, int[] partition, RelCollation order, long first, long last, int lastColumn,
            boolean numbered, RelDataType rowType) {
        super(List.of(input), rowType);
        this.partition = partition;
        this.order = order;
        this.first = first;
        this.last = last;
        this.lastColumn = lastColumn;
        this.numbered = numbered;
    }

    @Override
    Changes changes() {
        return Changes.ALL;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        Set<ImmutableBitSet> keys = new LinkedHashSet<>();
        if (first == last) {
            keys.add(ImmutableBitSet.of(partition));
        }
        if (numbered) {
            keys.add(ImmutableBitSet.of(partition).set(rowType().getFieldCount() - 1));
        }
        keys.addAll(UpsertKeys.containing(partition, input().upsertKeys()));
        return keys;
    }

    /** Where updates can only bring a row to the fore, rows behind the last rank are of no use any more. */
    @Override
    boolean canUpdateByKey() {
        return first == 1 && input().changes().equals(Changes.UPDATES) && !order.getFieldCollations().isEmpty()
                && !UpsertKeys.containing(partition, input().upsertKeys()).isEmpty()
                && order.getFieldCollations().stream().allMatch(this::comesToTheFore);
    }

    private boolean comesToTheFore(RelFieldCollation each) {
        return switch (input().direction(each.getFieldIndex())) {
            case NONE -> true;
            case UP -> !Orders.isAscending(each);
            case DOWN -> Orders.isAscending(each);
            case ANY -> false;
        };
    }

    @Override
    int[] keyOfInput(int input) {
        return partition;
    }

    @Override
    String kind() {
        return "top";
    }

    @Override
    String describe() {
        return "Top " + first + " to " + (lastColumn < 0 ? last : input().rowType().getFieldNames().get(lastColumn)) + (numbered ? " with number" : "") + Orders.describe(input(), partition, order);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        String schema = writer.schema(kind() + "_columns", input().schema());
        String ranking = "new " + writer.use(Ranking.class) + "(" + schema + ", " + writer.keySelector(partition, input().schema()) + ",\n"
                + Orders.sortKey(writer, schema, order.getFieldCollations()) + ", " + first + "L, " + last + "L, " + lastColumn + ", " + numbered + ", "
                + writer.givesUpdateBefore(this) + ")";
        String operator = writer.updatesByKey(this)
                ? writer.use(UpdatableTopNOperator.class) + "(" + ranking + ", " + writer.keySelector(updateKey().toArray(), input().schema()) + ")"
                : writer.use(TopNOperator.class) + "(" + ranking + ", " + input().isUpdating() + ")";
        return upstream + ".then(" + writer.id(this) + ", new " + operator + ")";
    }

    private ImmutableBitSet updateKey() {
        return UpsertKeys.containing(partition, input().upsertKeys()).stream().min(Comparator.comparingInt(ImmutableBitSet::cardinality)).orElseThrow();
    }
}
