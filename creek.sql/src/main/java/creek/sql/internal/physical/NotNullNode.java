package creek.sql.internal.physical;

import creek.core.operator.NotNullOperator;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.type.StreamTypeSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Keeps nulls out of the NOT NULL columns of a table that is written to. */
final class NotNullNode extends PhysicalNode {
    private final CatalogTable table;
    private final List<RelDataTypeField> checked;

    private NotNullNode(PhysicalNode input, CatalogTable table, List<RelDataTypeField> checked) {
        super(List.of(input), input.rowType());
        this.table = table;
        this.checked = checked;
    }

    /** A check of the columns that may be null as the rows come but not in the table; the rows as they are where there is none. */
    static PhysicalNode before(CatalogTable table, PhysicalNode rows) {
        List<RelDataTypeField> checked = new ArrayList<>();
        for (RelDataTypeField field : rows.rowType().getFieldList()) {
            TableColumn column = table.insertedColumns().get(field.getIndex());
            boolean mayBeNull = field.getType().isNullable() || rows instanceof CalcNode calc && mayOverflow(calc.projects().get(field.getIndex()));
            if (mayBeNull && !column.type().isNullable()) {
                checked.add(field);
            }
        }
        return checked.isEmpty() ? rows : new NotNullNode(rows, table, checked);
    }

    /** A DECIMAL that does not fit is null, whatever its type says. */
    private static boolean mayOverflow(RexNode expression) {
        if (!(expression instanceof RexCall call)) {
            return false;
        }
        return call.getOperands().stream().anyMatch(NotNullNode::mayOverflow) || SqlTypeUtil.isDecimal(call.getType())
                && (call.getKind() == SqlKind.CAST ? !holdsAll(call.getType(), call.getOperands().get(0).getType())
                : call.getType().getPrecision() == StreamTypeSystem.INSTANCE.getMaxNumericPrecision());
    }

    private static boolean holdsAll(RelDataType decimal, RelDataType numbers) {
        return SqlTypeUtil.isExactNumeric(numbers) && numbers.getScale() <= decimal.getScale()
                && numbers.getPrecision() - numbers.getScale() <= decimal.getPrecision() - decimal.getScale();
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return input().upsertKeys();
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "notNull";
    }

    @Override
    String describe() {
        return "NotNull " + table.name() + ": " + checked.stream().map(RelDataTypeField::getName).collect(Collectors.joining(", "));
    }

    @Override
    String write(JobWriter writer) {
        String columns = checked.stream().map(field -> String.valueOf(field.getIndex())).collect(Collectors.joining(", "));
        String names = checked.stream().map(field -> JavaNames.literal(field.getName())).collect(Collectors.joining(", "));
        return writer.input(this, 0) + ".then(" + writer.id(this) + ", new " + writer.use(NotNullOperator.class) + "("
                + JavaNames.literal(table.name()) + ", new int[] {" + columns + "}, new String[] {" + names + "}))";
    }
}
