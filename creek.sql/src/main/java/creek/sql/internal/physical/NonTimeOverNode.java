package creek.sql.internal.physical;

import creek.core.operator.Accumulator;
import creek.core.operator.NonTimeOverOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.OverRel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.util.ImmutableBitSet;

/** OVER aggregates in an order that is not that of time: each row updates those behind it. */
final class NonTimeOverNode extends PhysicalNode {
    private final OverRel rel;

    NonTimeOverNode(PhysicalNode input, OverRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
    }

    @Override
    Changes changes() {
        return new Changes(true, input().isUpdating());
    }

    /** They always do, as in Flink. */
    @Override
    boolean givesUpdateBefore(boolean needed, boolean comeIn) {
        return true;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return input().upsertKeys();
    }

    @Override
    Optional<String> warning() {
        return Optional.of("OVER in an order that is not that of a time attribute keeps all rows, and each row updates those behind it in the order");
    }

    @Override
    int[] keyOfInput(int input) {
        return rel.partitionBy().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    String kind() {
        return "over";
    }

    @Override
    String describe() {
        return OverNode.describe(input(), rel, true);
    }

    @Override
    String stateIdentity() {
        return OverNode.describe(input(), rel, false);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), rel.aggregates(), false);
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        String schema = writer.schema(kind() + "_columns", input().schema());
        int[] partition = rel.partitionBy().stream().mapToInt(Integer::intValue).toArray();
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(NonTimeOverOperator.class) + "(" + schema + ", "
                + writer.keySelector(partition, input().schema()) + ",\n" + Orders.sortKey(writer, schema, List.of(rel.order())) + ", "
                + rel.window().rows() + ", new " + accumulator + "(), " + rel.aggregates().size() + "))";
    }
}
