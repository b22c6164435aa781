package creek.sql.internal.physical;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.JoinCondition;
import creek.sql.internal.plan.JoinRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.StateTtl;
import creek.sql.internal.plan.TemporalJoinRel;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.type.TimeAttributeType;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** From joins to steps. Keys that are computed become columns of a side before the join, and are dropped after it. */
final class JoinSteps {
    private final RexBuilder rex;
    private final JoinCondition parts;
    private final JoinSide left;
    private final JoinSide right;
    private final RexNode rest;

    private JoinSteps(RexBuilder rex, JoinCondition parts, PhysicalNode leftInput, PhysicalNode rightInput, StateTtl ttl) {
        this.rex = rex;
        this.parts = parts;
        left = side(leftInput, parts.leftKeys(), ttl.left());
        right = side(rightInput, parts.rightKeys(), ttl.right());
        rest = parts.rest().isEmpty() ? null : behindKeys(TimeAttributes.strip(RexUtil.composeConjunction(rex, parts.rest())), leftInput, rightInput);
    }

    static PhysicalNode join(RexBuilder rex, JoinRel rel, PhysicalNode left, PhysicalNode right) {
        boolean isRegular = rel.windowEnds().isEmpty() && !rel.isInterval();
        JoinSteps steps = new JoinSteps(rex, rel.parts(), left, right, isRegular ? rel.ttl() : StateTtl.UNSET);
        Optional<JoinRel.WindowEnds> ends = rel.windowEnds();
        if (ends.isPresent()) {
            if (!ends.get().end().windows().isEventTime()) {
                throw SqlError.unsupported("Processing time Window Join is not supported yet.");
            }
            left.requireInserts("WindowJoin");
            right.requireInserts("WindowJoin");
            RelDataType joined = rel.type().projectsRight() ? steps.joinedType(rel.type()) : steps.left.node().rowType();
            return steps.withoutKeys(new WindowJoinNode(rel.type(), steps.left, steps.right, ends.get(), steps.rest, joined), left,
                    rel.type().projectsRight() ? right : null, rel.getRowType());
        }
        if (!rel.type().projectsRight()) {
            return steps.withoutKeys(new SemiJoinNode(rel.type() == JoinRelType.ANTI, steps.left, steps.right, steps.rest), left, null,
                    rel.getRowType());
        }
        if (rel.isInterval()) {
            requireSameTimes(rel);
            left.requireInserts("IntervalJoin");
            right.requireInserts("IntervalJoin");
            return steps.withoutKeys(new IntervalJoinNode(rel.type(), steps.left, steps.right, steps.parts.interval(), steps.rest,
                    steps.joinedType(rel.type())), left, right, rel.getRowType());
        }
        return steps.withoutKeys(new RegularJoinNode(rel.type(), steps.left, steps.right, steps.rest, steps.joinedType(rel.type())), left, right,
                rel.getRowType());
    }

    private static void requireSameTimes(JoinRel rel) {
        RelDataType leftTime = rel.getLeft().getRowType().getFieldList().get(rel.parts().interval().leftTime()).getType();
        RelDataType rightTime = rel.getRight().getRowType().getFieldList().get(rel.parts().interval().rightTime()).getType();
        if (leftTime.getSqlTypeName() != rightTime.getSqlTypeName()) {
            throw SqlError.invalid("Interval join with rowtime attribute requires same rowtime types, but the types are " + Types.toDataType(leftTime)
                    + " and " + Types.toDataType(rightTime));
        }
    }

    static PhysicalNode join(RexBuilder rex, TemporalJoinRel rel, PhysicalNode left, PhysicalNode right) {
        JoinSteps steps = new JoinSteps(rex, rel.parts(), left, right, StateTtl.UNSET);
        if (steps.parts.leftKeys().isEmpty()) {
            throw SqlError.invalid("Currently the join key in Temporal Table Join can not be empty.");
        }
        if (TimeAttributeType.isProctime(rel.getLeft().getRowType().getFieldList().get(rel.leftTime()).getType())) {
            return steps.withoutKeys(new LookupJoinNode(rel.isOuter(), steps.left, steps.right, steps.rest,
                    steps.joinedType(rel.isOuter() ? JoinRelType.LEFT : JoinRelType.INNER)), left, right, rel.getRowType());
        }
        if (right.upsertKeys().isEmpty()) {
            throw SqlError.invalid("Temporal Table Join requires primary key in versioned table, but no primary key can be found: declare PRIMARY KEY "
                    + "(...) NOT ENFORCED for columns that the condition compares");
        }
        List<Integer> times = new ArrayList<>();
        for (int i = 0; i < right.rowType().getFieldCount(); i++) {
            if (TimeAttributeType.isRowtime(rel.getRight().getRowType().getFieldList().get(i).getType())) {
                times.add(i);
            }
        }
        if (times.isEmpty() || !TimeAttributeType.isRowtime(rel.getLeft().getRowType().getFieldList().get(rel.leftTime()).getType())) {
            throw SqlError.unsupported("a temporal join needs event time on both sides: declare a WATERMARK for both tables");
        }
        JoinRelType type = rel.isOuter() ? JoinRelType.LEFT : JoinRelType.INNER;
        return steps.withoutKeys(new TemporalJoinNode(rel.isOuter(), steps.left, steps.right, rel.leftTime(), times.get(0), steps.rest,
                steps.joinedType(type)), left, right, rel.getRowType());
    }

    private JoinSide side(PhysicalNode input, List<RexNode> keys, String ttl) {
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(input.rowType()));
        RelDataTypeFactory.Builder rowType = rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED)
                .addAll(input.rowType().getFieldList());
        int[] places = new int[keys.size()];
        for (int i = 0; i < places.length; i++) {
            if (keys.get(i) instanceof RexInputRef reference) {
                places[i] = reference.getIndex();
            } else {
                places[i] = columns.size();
                columns.add(TimeAttributes.strip(keys.get(i)));
                rowType.add("$key" + i, keys.get(i).getType());
            }
        }
        boolean plain = columns.size() == input.rowType().getFieldCount();
        return new JoinSide(plain ? input : new CalcNode(input, null, columns, rowType.build()), places, ttl);
    }

    /** A condition over the original columns as one over those with keys. */
    private RexNode behindKeys(RexNode condition, PhysicalNode leftInput, PhysicalNode rightInput) {
        int arity = leftInput.rowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(leftInput.rowType()));
        rex.identityProjects(rightInput.rowType()).forEach(each -> columns.add(RexUtil.shift(each, left.arity())));
        return arity == left.arity() ? condition : Rewrites.substitute(condition, columns);
    }

    private RelDataType joinedType(JoinRelType type) {
        RelDataTypeFactory types = rex.getTypeFactory();
        RelDataTypeFactory.Builder columns = types.builder().kind(StructKind.FULLY_QUALIFIED);
        left.node().rowType().getFieldList().forEach(field -> columns.add(field.getName(),
                types.createTypeWithNullability(field.getType(), field.getType().isNullable() || type.generatesNullsOnLeft())));
        right.node().rowType().getFieldList().forEach(field -> columns.add(field.getName(),
                types.createTypeWithNullability(field.getType(), field.getType().isNullable() || type.generatesNullsOnRight())));
        return columns.uniquify().build();
    }

    /** The join's output in its original columns. */
    private PhysicalNode withoutKeys(PhysicalNode join, PhysicalNode leftInput, PhysicalNode rightInput, RelDataType rowType) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < leftInput.rowType().getFieldCount(); i++) {
            columns.add(rex.makeInputRef(join.rowType().getFieldList().get(i).getType(), i));
        }
        for (int i = 0; rightInput != null && i < rightInput.rowType().getFieldCount(); i++) {
            int place = left.arity() + i;
            columns.add(rex.makeInputRef(join.rowType().getFieldList().get(place).getType(), place));
        }
        return columns.size() == join.rowType().getFieldCount() ? join : new CalcNode(join, null, columns, rowType);
    }
}
