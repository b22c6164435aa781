package creek.sql.internal.physical;

import creek.core.operator.EventTimeSortOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;

/** Sorts by event time, and then by others. */
final class SortNode extends PhysicalNode {
    private final RelCollation order;

    SortNode(PhysicalNode input, RelCollation order) {
        super(List.of(input), input.rowType());
        this.order = order;
    }

    @Override
    boolean dropsLateRows() {
        return true;
    }

    @Override
    int[] keyOfInput(int input) {
        return new int[0];
    }

    @Override
    String kind() {
        return "sort";
    }

    @Override
    String describe() {
        return "Sort" + Orders.describe(input(), new int[0], order);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        String schema = writer.schema(kind() + "_columns", schema());
        List<RelFieldCollation> columns = order.getFieldCollations();
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(EventTimeSortOperator.class) + "(" + schema + ", "
                + columns.get(0).getFieldIndex() + ", " + Orders.sortKey(writer, schema, columns.subList(1, columns.size())) + "))";
    }
}
