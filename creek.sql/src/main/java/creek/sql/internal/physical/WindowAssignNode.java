package creek.sql.internal.physical;

import creek.core.operator.SessionWindowAssignOperator;
import creek.core.operator.WindowAssignOperator;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.WindowRel;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** Gives rows the columns of their window. */
final class WindowAssignNode extends PhysicalNode {
    private final WindowRel rel;

    WindowAssignNode(PhysicalNode input, WindowRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    int[] keyOfInput(int input) {
        return rel.windows().kind() == Kind.SESSION ? rel.windows().partitionBy().stream().mapToInt(Integer::intValue).toArray() : null;
    }

    @Override
    String kind() {
        return "window";
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        return "Window " + rel.windows().describe(columns.get(rel.windows().timeColumn())) + (rel.windows().partitionBy().isEmpty() ? ""
                : " by " + rel.windows().partitionBy().stream().map(columns::get).collect(Collectors.joining(", ")));
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        String operator = rel.windows().kind() == Kind.SESSION ? writer.use(SessionWindowAssignOperator.class) + "("
                + WindowCode.time(rel.windows(), writer) + ", " + rel.windows().size() + "L,\n"
                + writer.keySelector(rel.windows().partitionBy().stream().mapToInt(Integer::intValue).toArray(), input().schema()) + ", "
                + writer.schema("session_columns", input().schema()) + ")"
                : writer.use(WindowAssignOperator.class) + "(" + WindowCode.of(rel.windows(), writer) + ", "
                + input().rowType().getFieldCount() + ")";
        return upstream + ".then(" + writer.id(this) + ", new " + operator + ")";
    }
}
