package creek.sql.internal.plan;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Rows with each element of a collection that is computed from them: the input's columns, then the element's, then perhaps its number. */
public final class UnnestRel extends SingleRel {
    private final RexNode collection;
    private final RexNode condition;
    private final boolean outer;
    private final boolean numbered;

    /**
     * @param collection over the input
     * @param condition  over the result: which elements count; null for all
     * @param outer      whether rows without elements are kept
     * @param numbered   whether the last column is the element's number, from 1
     * @param rowType    of the result
     */
    public UnnestRel(RelNode input, RexNode collection, RexNode condition, boolean outer, boolean numbered, RelDataType rowType) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.collection = collection;
        this.condition = condition;
        this.outer = outer;
        this.numbered = numbered;
        this.rowType = rowType;
    }

    public RexNode collection() {
        return collection;
    }

    /** Which elements count, or null. */
    public RexNode condition() {
        return condition;
    }

    /** With elements alone that the condition, over the result, lets through as well. */
    public UnnestRel where(RexNode further) {
        RexNode all = condition == null ? further : RexUtil.composeConjunction(getCluster().getRexBuilder(), List.of(condition, further));
        return new UnnestRel(input, collection, all, outer, numbered, rowType);
    }

    public boolean isOuter() {
        return outer;
    }

    public boolean isNumbered() {
        return numbered;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new UnnestRel(inputs.get(0), collection, condition, outer, numbered, rowType);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("collection", collection).item("condition", condition).item("outer", outer).item("numbered", numbered);
    }
}
