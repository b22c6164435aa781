package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexNode;

/**
 * A join of two streams. Rows of a regular join come whenever a partner does, so its columns are no time attributes; those of an interval join
 * stay such.
 */
public final class JoinRel extends BiRel {
    private final JoinRelType type;
    private final RexNode condition;
    private final JoinCondition parts;

    private JoinRel(RelNode left, RelNode right, JoinRelType type, RexNode condition) {
        super(left.getCluster(), left.getTraitSet(), left, right);
        this.type = type;
        this.condition = condition;
        this.parts = JoinCondition.of(condition, left, right);
    }

    /** @param condition over the left columns, then the right ones */
    public static JoinRel create(RelNode left, RelNode right, JoinRelType type, RexNode condition) {
        return new JoinRel(left, right, type, condition);
    }

    public JoinRelType type() {
        return type;
    }

    public RexNode condition() {
        return condition;
    }

    public JoinCondition parts() {
        return parts;
    }

    /** Whether rows join only if their event times are close to each other. */
    public boolean isInterval() {
        return parts.interval() != null && type.projectsRight();
    }

    @Override
    protected RelDataType deriveRowType() {
        StreamTypeFactory types = (StreamTypeFactory) getCluster().getTypeFactory();
        RelDataTypeFactory.Builder columns = types.builder().kind(StructKind.FULLY_QUALIFIED);
        add(left, type.generatesNullsOnLeft(), columns, types);
        if (type.projectsRight()) {
            add(right, type.generatesNullsOnRight(), columns, types);
        }
        return columns.uniquify().build();
    }

    private void add(RelNode side, boolean nullable, RelDataTypeFactory.Builder columns, StreamTypeFactory types) {
        for (RelDataTypeField field : side.getRowType().getFieldList()) {
            RelDataType column = isInterval() ? field.getType() : types.withoutTimeAttribute(field.getType());
            columns.add(field.getName(), nullable ? types.createTypeWithNullability(column, true) : column);
        }
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        RelNode newLeft = inputs.get(0);
        RelNode newRight = inputs.get(1);
        return new JoinRel(newLeft, newRight, type, Rewrites.overInputs(condition, newLeft, newRight));
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", type).item("condition", condition);
    }
}
