package creek.sql.internal.catalog;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view: its query, which is planned anew wherever the view is used. Immutable. */
public final class CatalogView extends AbstractTable implements TranslatableTable, Versioned {
    private final String name;
    private final String query;
    private final RelDataType rowType;

    /** @param rowType the columns under the names that the view gives them */
    public CatalogView(String name, String query, RelDataType rowType) {
        this.name = name;
        this.query = query;
        this.rowType = rowType;
    }

    public String name() {
        return name;
    }

    /** The text of the query. */
    public String query() {
        return query;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return rowType;
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        RelNode expanded = context.expandView(rowType, query, List.of(), List.of(name)).project();
        List<RexNode> columns = expanded.getCluster().getRexBuilder().identityProjects(expanded.getRowType());
        return LogicalProject.create(expanded, List.of(), columns, rowType.getFieldNames(), Set.of());
    }
}
