package creek.sql.internal.catalog;

import creek.sql.internal.SqlError;
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
    private final ObjectName name;
    private final List<String> path;
    private final String query;
    private final RelDataType rowType;

    /**
     * @param path    where the query's unqualified names are looked up
     * @param rowType the columns under the names that the view gives them
     */
    public CatalogView(ObjectName name, List<String> path, String query, RelDataType rowType) {
        this.name = name;
        this.path = List.copyOf(path);
        this.query = query;
        this.rowType = rowType;
    }

    /** This view under another name. */
    public CatalogView renamed(ObjectName newName) {
        return new CatalogView(newName, path, query, rowType);
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
        if (!context.getTableHints().isEmpty()) {
            throw SqlError.invalid("View '" + name.qualified() + "' cannot be enriched with new options; hint the tables of its query");
        }
        RelNode expanded = context.expandView(rowType, query, path, List.of(name.name())).project();
        List<RexNode> columns = expanded.getCluster().getRexBuilder().identityProjects(expanded.getRowType());
        return LogicalProject.create(expanded, List.of(), columns, rowType.getFieldNames(), Set.of());
    }
}
