package creek.sql.internal.physical;

import creek.core.operator.TopNOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.type.RelDataType;

/** Passes on the first rows of each partition in an order. */
final class TopNNode extends PhysicalNode {
    private final int[] partition;
    private final RelCollation order;
    private final long first;
    private final long last;
    private final boolean numbered;

    TopNNode(PhysicalNode input, int[] partition, RelCollation order, long first, long last, boolean numbered, RelDataType rowType) {
        super(List.of(input), rowType);
        this.partition = partition;
        this.order = order;
        this.first = first;
        this.last = last;
        this.numbered = numbered;
    }

    @Override
    boolean makesUpdates() {
        return true;
    }

    @Override
    String kind() {
        return "top";
    }

    @Override
    String describe() {
        return "Top " + first + " to " + last + (numbered ? " with number" : "") + Orders.describe(input(), partition, order);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        String schema = writer.schema(kind() + "_columns", input().schema());
        return upstream + ".then(" + JavaNames.literal(id()) + ", new " + writer.use(TopNOperator.class) + "(" + schema + ", "
                + writer.keySelector(partition, input().schema()) + ",\n" + Orders.sortKey(writer, schema, order.getFieldCollations()) + ", " + first
                + "L, " + last + "L, " + numbered + ", " + input().isUpdating() + "))";
    }
}
