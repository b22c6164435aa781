package creek.sql.internal.physical;

import creek.core.operator.Calc;
import creek.core.operator.UnnestOperator;
import creek.sql.internal.codegen.CalcGenerator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.ExpressionText;
import creek.sql.internal.type.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** Gives rows with each element of a collection. */
final class UnnestNode extends PhysicalNode {
    private final RexNode collection;
    private final boolean outer;
    private final boolean numbered;

    UnnestNode(PhysicalNode input, RexNode collection, boolean outer, boolean numbered, RelDataType rowType) {
        super(List.of(input), rowType);
        this.collection = collection;
        this.outer = outer;
        this.numbered = numbered;
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    String kind() {
        return "unnest";
    }

    @Override
    String describe() {
        return "Unnest " + ExpressionText.of(collection, input().rowType().getFieldNames()) + (numbered ? " with ordinality" : "")
                + (outer ? ", or null" : "");
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        ClassBody body = writer.newBody();
        String name = writer.addClass("collection", Calc.class, describe(), body,
                CalcGenerator.methods(body, input().rowType(), List.of(collection), null));
        return upstream + ".then(" + JavaNames.literal(id()) + ", new " + writer.use(UnnestOperator.class) + "(new " + name + "(), "
                + input().rowType().getFieldCount() + ", " + writer.type(Types.toDataType(collection.getType())) + ", " + outer + ", " + numbered + "))";
    }
}
