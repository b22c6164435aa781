package creek.sql.internal.physical;

import creek.core.connector.ChangelogMode;
import creek.core.data.DataType;
import creek.core.option.ConfigOption;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** The rows that windows drop because they come too late, with how late they are. */
public final class LateRowsNode extends PhysicalNode {
    /** The table that such rows are written to. */
    public static final ConfigOption<String> TABLE = ConfigOption.optional("table.exec.late-data.table", String.class,
            "a table that rows are written to which windows drop because they come too late");
    /** The column of that table for how far the watermark was past the row's event time, milliseconds. */
    public static final String LATENESS = "lateness";

    private LateRowsNode(PhysicalNode windows, RexBuilder rex) {
        super(List.of(windows), withLateness(windows.input(), rex.getTypeFactory()));
    }

    private static RelDataType withLateness(PhysicalNode input, RelDataTypeFactory types) {
        return types.builder().kind(input.rowType().getStructKind()).addAll(input.rowType().getFieldList()).add("$" + LATENESS, SqlTypeName.BIGINT)
                .build();
    }

    /**
     * Writes the late rows of a step to a table.
     *
     * @param step    that drops late rows
     * @param places  of the table's columns in the rows that come to that step
     * @param partial whether columns that the rows do not have are NULL; else they are errors
     * @throws SqlError if the table has other columns
     */
    static SinkNode sink(RexBuilder rex, PhysicalNode step, Map<String, Integer> places, boolean partial, CatalogTable table,
            ChangelogMode accepted) {
        step.input().requireInserts("The table of late rows '" + table.objectName().qualified() + "'");
        LateRowsNode late = new LateRowsNode(step, rex);
        List<RexNode> values = new ArrayList<>();
        RelDataTypeFactory.Builder rowType = rex.getTypeFactory().builder().kind(late.rowType().getStructKind());
        for (TableColumn column : table.insertedColumns()) {
            boolean lateness = column.name().equals(LATENESS);
            if (!lateness && !places.containsKey(column.name())) {
                if (partial && column.type().isNullable()) {
                    values.add(rex.makeNullLiteral(column.type()));
                    rowType.add(column.name(), column.type());
                    continue;
                }
                throw SqlError.invalid("table " + table.name() + ", which '" + TABLE.key() + "' names, has a column " + column.name() + ", but the rows of "
                        + step.describe() + " have none; it takes columns of the input, and " + LATENESS);
            }
            int place = lateness ? late.rowType().getFieldCount() - 1 : places.get(column.name());
            RexNode value = rex.makeInputRef(late.rowType().getFieldList().get(place).getType(), place);
            DataType from = Types.toDataType(value.getType());
            DataType to = Types.toDataType(column.type());
            if (!ImplicitCasts.isAllowed(from, to)) {
                throw SqlError.invalid("column " + column.name() + " of table " + table.name() + ", which '" + TABLE.key() + "' names, is "
                        + to.nullable(true) + ", but late rows have " + from.nullable(true));
            }
            RexNode cast = Rewrites.castTo(rex, value, column.type());
            values.add(cast);
            rowType.add(column.name(), cast.getType());
        }
        return new SinkNode(NotNullNode.before(table, new CalcNode(late, null, values, rowType.build())), table, accepted, 0);
    }

    @Override
    Changes changes() {
        return Changes.NONE;
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "late";
    }

    @Override
    String describe() {
        return "Late rows";
    }

    @Override
    String write(JobWriter writer) {
        return writer.stream(input()) + ".lateRows()";
    }
}
