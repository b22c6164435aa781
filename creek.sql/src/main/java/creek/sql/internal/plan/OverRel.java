package creek.sql.internal.plan;

import creek.core.operator.OverWindow;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;

/** OVER aggregates that share a window: the input's columns, then the aggregates. */
public final class OverRel extends SingleRel {
    private final List<Integer> partitionBy;
    private final RelFieldCollation order;
    private final OverWindow window;
    private final List<AggregateCall> aggregates;

    /** @param order of the rows: by a time attribute, ascending; or by another column, and then the window is unbounded */
    public OverRel(RelNode input, List<Integer> partitionBy, RelFieldCollation order, OverWindow window, List<AggregateCall> aggregates) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.partitionBy = List.copyOf(partitionBy);
        this.order = order;
        this.window = window;
        this.aggregates = List.copyOf(aggregates);
    }

    public List<Integer> partitionBy() {
        return partitionBy;
    }

    public RelFieldCollation order() {
        return order;
    }

    /** Whether rows are in the order of a time attribute. */
    public boolean isByTime() {
        return orderType() instanceof TimeAttributeType;
    }

    /** Whether rows are in the order of event time. */
    public boolean isByEventTime() {
        return TimeAttributeType.isRowtime(orderType());
    }

    private RelDataType orderType() {
        return input.getRowType().getFieldList().get(order.getFieldIndex()).getType();
    }

    public OverWindow window() {
        return window;
    }

    public List<AggregateCall> aggregates() {
        return aggregates;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED)
                .addAll(input.getRowType().getFieldList());
        for (int i = 0; i < aggregates.size(); i++) {
            builder.add("over" + i, aggregates.get(i).getType());
        }
        return builder.uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new OverRel(inputs.get(0), partitionBy, order, window, aggregates);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("partitionBy", partitionBy).item("order", order).item("window", window)
                .item("aggregates", aggregates);
    }
}
