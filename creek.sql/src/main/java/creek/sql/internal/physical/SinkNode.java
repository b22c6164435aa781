package creek.sql.internal.physical;

import creek.core.connector.ChangelogMode;
import creek.core.data.Schema;
import creek.core.job.TableSink;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;

/** Writes a table. */
final class SinkNode extends PhysicalNode {
    private final CatalogTable table;
    private final ChangelogMode accepted;
    private final int number;

    /**
     * @param accepted the kinds of rows that the table takes
     * @param number   how many sinks of the job write the same rows to the same table before this one
     */
    SinkNode(PhysicalNode input, CatalogTable table, ChangelogMode accepted, int number) {
        super(List.of(input), input.rowType());
        this.table = table;
        this.accepted = accepted;
        this.number = number;
    }

    CatalogTable table() {
        return table;
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return !(input() instanceof UpsertMaterializeNode) && (accepted == ChangelogMode.ALL
                || accepted == ChangelogMode.UPSERT && UpsertMaterializeNode.needsUpdateBefore(table, input()));
    }

    @Override
    int[] keyOfInput(int input) {
        return null;
    }

    @Override
    String kind() {
        return "sink";
    }

    @Override
    String describe() {
        return "Sink " + table.name() + ": " + String.join(", ", rowType().getFieldNames());
    }

    @Override
    String identity() {
        return describe() + (number == 0 ? "" : " #" + number);
    }

    @Override
    String stateIdentity() {
        return "Sink " + table.name();
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        Schema schema = table.writtenSchema();
        StringBuilder text = new StringBuilder("new ").append(writer.use(TableSink.class)).append('(')
                .append(JavaNames.literal(table.name())).append(", ").append(writer.schema(table.name(), schema)).append(')');
        writer.options(text, table);
        table.partitionKeys().forEach(key -> text.append("\n.partitionedBy(").append(JavaNames.literal(key)).append(')'));
        table.primaryKey().forEach(key -> text.append("\n.primaryKey(").append(JavaNames.literal(key)).append(')'));
        table.metadata().stream().filter(column -> !column.isVirtual()).forEach(column -> text.append("\n.writeMetadata(")
                .append(JavaNames.literal(column.key())).append(", ").append(JavaNames.literal(column.name())).append(')'));
        return upstream + ".sink(" + writer.id(this) + ", " + text + ")";
    }
}
