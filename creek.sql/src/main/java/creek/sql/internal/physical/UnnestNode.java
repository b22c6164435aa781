package creek.sql.internal.physical;

import creek.core.operator.Calc;
import creek.core.operator.UnnestOperator;
import creek.sql.internal.codegen.CalcGenerator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.ExpressionText;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.plan.UnnestRel;
import creek.sql.internal.type.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Gives rows with each element of a collection. */
final class UnnestNode extends PhysicalNode {
    private final RexNode collection;
    private final RexNode condition;
    private final boolean outer;
    private final boolean numbered;

    /** @param condition over the result: which elements count; null for all */
    private UnnestNode(PhysicalNode input, RexNode collection, RexNode condition, boolean outer, boolean numbered, RelDataType rowType) {
        super(List.of(input), rowType);
        this.collection = collection;
        this.condition = condition;
        this.outer = outer;
        this.numbered = numbered;
    }

    static UnnestNode of(UnnestRel unnest, PhysicalNode input) {
        RexNode condition = unnest.condition() == null ? null : TimeAttributes.strip(unnest.condition());
        return new UnnestNode(input, TimeAttributes.strip(unnest.collection()), condition, unnest.isOuter(), unnest.isNumbered(),
                unnest.getRowType());
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "unnest";
    }

    @Override
    String describe() {
        return "Unnest " + ExpressionText.of(collection, input().rowType().getFieldNames()) + (numbered ? " with ordinality" : "")
                + (condition == null ? "" : " WHERE " + ExpressionText.of(condition, rowType().getFieldNames())) + (outer ? ", or null" : "");
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        ClassBody body = writer.newBody();
        String name = writer.addClass("collection", Calc.class, describe(), body,
                CalcGenerator.methods(body, input().rowType(), List.of(collection), null));
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(UnnestOperator.class) + "(new " + name + "(), "
                + input().rowType().getFieldCount() + ", " + writer.type(Types.toDataType(collection.getType())) + ", " + outer + ", " + numbered
                + ")" + filter(writer) + ")";
    }

    private String filter(JobWriter writer) {
        if (condition == null) {
            return "";
        }
        ClassBody body = writer.newBody();
        return ".where(new " + writer.addClass("elements", Calc.class, "Which elements count", body,
                CalcGenerator.methods(body, rowType(), List.of(), condition)) + "())";
    }
}
