package creek.sql.internal.plan;

import creek.sql.internal.type.StreamTypeFactory;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * A join of two streams. Rows of a regular join come whenever a partner does, so its columns are no time attributes; those of an interval join
 * and of a window join stay such.
 */
public final class JoinRel extends BiRel {
    private final JoinRelType type;
    private final RexNode condition;
    private final JoinCondition parts;
    private final Optional<WindowEnds> windowEnds;
    private final StateTtl ttl;

    /**
     * Where the windows of both sides of a window join end.
     *
     * @param left  place in the left rows
     * @param right place in the right rows
     * @param end   what the column is
     */
    public record WindowEnds(int left, int right, WindowColumn end) {
    }

    private JoinRel(RelNode left, RelNode right, JoinRelType type, RexNode condition, StateTtl ttl) {
        super(left.getCluster(), left.getTraitSet(), left, right);
        this.type = type;
        this.ttl = ttl;
        this.condition = condition;
        this.parts = JoinCondition.of(condition, left, right, type.projectsRight());
        this.windowEnds = findWindowEnds();
    }

    /** @param condition over the left columns, then the right ones */
    public static JoinRel create(RelNode left, RelNode right, JoinRelType type, RexNode condition, StateTtl ttl) {
        return new JoinRel(left, right, type, condition, ttl);
    }

    /** This join of other inputs, or by another condition. */
    public JoinRel with(RelNode newLeft, RelNode newRight, RexNode newCondition) {
        return new JoinRel(newLeft, newRight, type, newCondition, ttl);
    }

    public JoinRelType type() {
        return type;
    }

    public RexNode condition() {
        return condition;
    }

    public StateTtl ttl() {
        return ttl;
    }

    public JoinCondition parts() {
        return parts;
    }

    /** Whether rows join only if their event times are close to each other. */
    public boolean isInterval() {
        return parts.interval() != null;
    }

    /** The ends of the windows, if the join is by start and end of windows that lie alike; else empty. */
    public Optional<WindowEnds> windowEnds() {
        return windowEnds;
    }

    private Optional<WindowEnds> findWindowEnds() {
        boolean byStart = false;
        WindowEnds ends = null;
        for (int i = 0; i < parts.leftKeys().size(); i++) {
            if (parts.leftKeys().get(i) instanceof RexInputRef one && parts.rightKeys().get(i) instanceof RexInputRef other) {
                Optional<WindowColumn> mine = WindowColumn.of(left, one.getIndex());
                Optional<WindowColumn> theirs = WindowColumn.of(right, other.getIndex());
                if (mine.isPresent() && theirs.isPresent() && mine.get().matches(theirs.get())) {
                    byStart |= mine.get().which() == WindowColumn.Which.START;
                    if (mine.get().which() == WindowColumn.Which.END) {
                        ends = new WindowEnds(one.getIndex(), other.getIndex(), mine.get());
                    }
                }
            }
        }
        return byStart ? Optional.ofNullable(ends) : Optional.empty();
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
            RelDataType column = isInterval() || windowEnds.isPresent() ? field.getType() : types.withoutTimeAttribute(field.getType());
            columns.add(field.getName(), nullable ? types.createTypeWithNullability(column, true) : column);
        }
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        RelNode newLeft = inputs.get(0);
        RelNode newRight = inputs.get(1);
        return with(newLeft, newRight, Rewrites.overInputs(condition, newLeft, newRight));
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", type).item("condition", condition).item("ttl", ttl);
    }
}
