package creek.sql.internal.plan;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Rows with the window that they are in: {@code window_start}, {@code window_end}, {@code window_time} behind the input's columns. */
public final class WindowRel extends SingleRel {
    /** How many columns are added. */
    public static final int WINDOW_COLUMNS = 3;

    private final WindowSpec windows;

    public WindowRel(RelNode input, WindowSpec windows) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.windows = windows;
    }

    public WindowSpec windows() {
        return windows;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory.Builder builder = getCluster().getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED)
                .addAll(input.getRowType().getFieldList());
        return addWindowColumns(builder, windows, getCluster().getTypeFactory()).uniquify().build();
    }

    /** Adds the types of the window's columns, in the order in which the engine gives them. */
    static RelDataTypeFactory.Builder addWindowColumns(RelDataTypeFactory.Builder builder, WindowSpec windows, RelDataTypeFactory types) {
        return builder.add("window_start", SqlTypeName.TIMESTAMP, 3).add("window_end", SqlTypeName.TIMESTAMP, 3)
                .add("window_time", types.createTypeWithNullability(windows.timeType(), false));
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowRel(inputs.get(0), windows);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("windows", windows);
    }
}
