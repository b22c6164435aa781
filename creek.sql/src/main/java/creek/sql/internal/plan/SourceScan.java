package creek.sql.internal.plan;

import creek.sql.internal.catalog.CatalogTable;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The source rows of a table: all physical columns, then all metadata. Which of them are really read follows from what uses them. */
public final class SourceScan extends AbstractRelNode {
    private final CatalogTable table;

    public SourceScan(RelOptCluster cluster, CatalogTable table) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.table = table;
    }

    public CatalogTable table() {
        return table;
    }

    @Override
    protected RelDataType deriveRowType() {
        return table.sourceRowType(getCluster().getTypeFactory());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("table", table.name());
    }
}
