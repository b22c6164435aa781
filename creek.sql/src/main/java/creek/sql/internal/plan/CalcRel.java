package creek.sql.internal.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** A filter and a projection in one. Time attributes in its expressions are as {@link TimeAttributes#materialize} leaves them. */
public final class CalcRel extends SingleRel {
    private final List<RexNode> projects;
    private final RexNode condition;

    private CalcRel(RelNode input, RexNode condition, List<RexNode> projects, RelDataType rowType) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.projects = List.copyOf(projects);
        this.condition = condition;
        this.rowType = rowType;
    }

    /** @param condition what rows must pass, or null */
    public static CalcRel create(RelNode input, RexNode condition, List<RexNode> projects, List<String> names) {
        RelDataTypeFactory.Builder rowType = input.getCluster().getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED);
        for (int i = 0; i < projects.size(); i++) {
            rowType.add(names.get(i), projects.get(i).getType());
        }
        return new CalcRel(input, condition, projects, rowType.build());
    }

    public List<RexNode> projects() {
        return projects;
    }

    /** What rows must pass, or null. */
    public RexNode condition() {
        return condition;
    }

    /** The condition, if there is one, and the projects. */
    public List<RexNode> expressions() {
        List<RexNode> all = new ArrayList<>(projects);
        if (condition != null) {
            all.add(condition);
        }
        return all;
    }

    /** Whether rows come out as they go in. */
    public boolean isIdentity() {
        return condition == null && RexUtil.isIdentity(projects, input.getRowType());
    }

    /** Whether projects only pick columns. */
    public boolean isMapping() {
        return condition == null && projects.stream().allMatch(RexInputRef.class::isInstance);
    }

    /** The same projection over another input with the same columns, whose types may be others, with another condition. */
    public CalcRel over(RelNode newInput, RexNode newCondition) {
        return create(newInput, newCondition == null ? null : Rewrites.overInput(newCondition, newInput),
                projects.stream().map(each -> Rewrites.overInput(each, newInput)).toList(), rowType.getFieldNames());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        RelNode newInput = inputs.get(0);
        return create(newInput, condition == null ? null : Rewrites.overInput(condition, newInput),
                projects.stream().map(each -> Rewrites.overInput(each, newInput)).toList(), rowType.getFieldNames());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer).itemIf("condition", condition, condition != null);
        for (int i = 0; i < projects.size(); i++) {
            writer.item(rowType.getFieldNames().get(i), projects.get(i));
        }
        return writer;
    }
}
