package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexNode;

/** A join with the versions that the right rows had at the left rows' times. The right side's time attributes are none of the result. */
public final class TemporalJoinRel extends BiRel {
    private final boolean outer;
    private final int leftTime;
    private final RexNode condition;

    private TemporalJoinRel(RelNode left, RelNode right, boolean outer, int leftTime, RexNode condition) {
        super(left.getCluster(), left.getTraitSet(), left, right);
        this.outer = outer;
        this.leftTime = leftTime;
        this.condition = condition;
    }

    /**
     * @param outer     whether left rows without a partner are kept
     * @param leftTime  the column of FOR SYSTEM_TIME AS OF
     * @param condition over the left columns, then the right ones
     */
    public static TemporalJoinRel create(RelNode left, RelNode right, boolean outer, int leftTime, RexNode condition) {
        return new TemporalJoinRel(left, right, outer, leftTime, condition);
    }

    /** This join of other inputs, by another column of the left rows and another condition. */
    public TemporalJoinRel with(RelNode newLeft, RelNode newRight, int newLeftTime, RexNode newCondition) {
        return new TemporalJoinRel(newLeft, newRight, outer, newLeftTime, newCondition);
    }

    public RexNode condition() {
        return condition;
    }

    public boolean isOuter() {
        return outer;
    }

    public int leftTime() {
        return leftTime;
    }

    public JoinCondition parts() {
        return JoinCondition.of(condition, left, right, false);
    }

    @Override
    protected RelDataType deriveRowType() {
        StreamTypeFactory types = (StreamTypeFactory) getCluster().getTypeFactory();
        RelDataTypeFactory.Builder columns = types.builder().kind(StructKind.FULLY_QUALIFIED);
        columns.addAll(left.getRowType().getFieldList());
        for (RelDataTypeField field : right.getRowType().getFieldList()) {
            RelDataType column = types.withoutTimeAttribute(field.getType());
            columns.add(field.getName(), outer ? types.createTypeWithNullability(column, true) : column);
        }
        return columns.uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new TemporalJoinRel(inputs.get(0), inputs.get(1), outer, leftTime,
                Rewrites.overInputs(condition, inputs.get(0), inputs.get(1)));
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("outer", outer).item("leftTime", leftTime).item("condition", condition);
    }
}
