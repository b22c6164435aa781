package creek.sql.internal.physical;

import creek.core.operator.LookupJoinOperator;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.codegen.JavaNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Joins rows with those that a table has for their keys at the moment. */
final class LookupJoinNode extends JoinNode {
    private final boolean outer;
    private final SourceNode table;
    /** From the table's source rows to the right side's. */
    private final List<CalcNode> steps = new ArrayList<>();

    LookupJoinNode(boolean outer, JoinSide left, JoinSide right, RexNode condition, RelDataType rowType) {
        super(left, right, condition, rowType);
        this.outer = outer;
        PhysicalNode node = right.node().requireInserts("LookupJoin");
        for (; node instanceof CalcNode calc; node = node.input()) {
            steps.add(0, calc);
        }
        if (!(node instanceof SourceNode source)) {
            throw SqlError.unsupported("Processing-time temporal join is not supported yet: FOR SYSTEM_TIME AS OF a processing time takes a table, "
                    + "or a view that filters and projects one");
        }
        table = source;
    }

    /** The table that rows are looked up in. */
    CatalogTable table() {
        return table.table();
    }

    @Override
    boolean hasState() {
        return false;
    }

    /** Each row is looked up where it is. */
    @Override
    int[] keyOfInput(int input) {
        return null;
    }

    @Override
    Changes changes() {
        return left().node().changes();
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return input == 0 && own;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return Set.of();
    }

    @Override
    String name() {
        return (outer ? "LEFT" : "INNER") + " LOOKUP JOIN " + table().name();
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        return "topology.lookup(" + writer.id(this) + ", " + upstream + ", " + table.tableSource(writer) + ",\n"
                + operator(writer, left().write(writer), right().write(writer), conditionCalc(writer)) + ")";
    }

    @Override
    String operator(JobWriter writer, String leftInput, String rightInput, String conditionCalc) {
        List<String> operators = steps.stream().map(step -> step.operator(writer)).toList();
        return "new " + writer.use(LookupJoinOperator.class) + "(" + outer + ", " + leftInput + ", " + writer.use(Arrays.class) + ".asList("
                + String.join(", ", operators) + "), " + rightInput + ", " + conditionCalc + ")";
    }
}
