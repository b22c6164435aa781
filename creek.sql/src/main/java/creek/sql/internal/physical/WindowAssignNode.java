package creek.sql.internal.physical;

import creek.core.operator.WindowAssignOperator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.WindowRel;
import java.util.List;

/** Gives rows the columns of their window. */
final class WindowAssignNode extends PhysicalNode {
    private final WindowRel rel;

    WindowAssignNode(PhysicalNode input, WindowRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
    }

    @Override
    String kind() {
        return "window";
    }

    @Override
    String describe() {
        return "Window " + rel.windows().describe(input().rowType().getFieldNames().get(rel.windows().timeColumn()));
    }

    @Override
    String write(JobWriter writer) {
        return writer.stream(input()) + ".then(" + JavaNames.literal(id()) + ", new " + writer.use(WindowAssignOperator.class) + "("
                + WindowCode.of(rel.windows(), writer) + ", " + input().rowType().getFieldCount() + "))";
    }
}
