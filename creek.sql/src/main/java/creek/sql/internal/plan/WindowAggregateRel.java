package creek.sql.internal.plan;

import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;

/** Aggregates by the input's first columns and by window. Gives these, the aggregates and the window's columns. */
public final class WindowAggregateRel extends SingleRel {
    private final WindowSpec windows;
    private final int keys;
    private final List<AggregateCall> aggregates;
    private final Map<String, Integer> late;

    /**
     * @param keys number of the input's columns, from the first on, that rows are grouped by
     * @param late columns that rows are written with which come too late, by name, and their places in the input
     */
    public WindowAggregateRel(RelNode input, WindowSpec windows, int keys, List<AggregateCall> aggregates, Map<String, Integer> late) {
        super(input.getCluster(), input.getTraitSet(), input);
        if (!windows.isAttached() && !windows.isGrouped()) {
            windows.requireSlices();
        }
        this.windows = windows;
        this.keys = keys;
        this.aggregates = List.copyOf(aggregates);
        this.late = Map.copyOf(late);
    }

    public WindowSpec windows() {
        return windows;
    }

    public int keys() {
        return keys;
    }

    public List<AggregateCall> aggregates() {
        return aggregates;
    }

    public Map<String, Integer> late() {
        return late;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED)
                .addAll(input.getRowType().getFieldList().subList(0, keys));
        for (int i = 0; i < aggregates.size(); i++) {
            String name = aggregates.get(i).getName();
            builder.add(name == null ? "agg" + i : name, aggregates.get(i).getType());
        }
        return WindowRel.addWindowColumns(builder, windows, getCluster().getTypeFactory()).uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowAggregateRel(inputs.get(0), windows, keys, aggregates, late);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("windows", windows).item("keys", keys).item("aggregates", aggregates);
    }
}
