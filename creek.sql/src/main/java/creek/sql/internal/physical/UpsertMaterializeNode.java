package creek.sql.internal.physical;

import creek.core.operator.UpsertMaterializeOperator;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.codegen.JavaNames;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Brings changes in an order by the primary key of the table that they go to, where they have another key: several rows of one primary key may
 * then be there at a time, of which the table shall hold the last one.
 */
final class UpsertMaterializeNode extends PhysicalNode {
    private enum Materialize { NONE, AUTO, FORCE }

    private static final ConfigOption<Materialize> MATERIALIZE = ConfigOption.withDefault("table.exec.sink.upsert-materialize",
            Materialize.class, Materialize.AUTO, "whether changes are brought in an order by a sink's primary key: NONE, AUTO (where they have "
                    + "another key) or FORCE");

    private final CatalogTable table;

    private UpsertMaterializeNode(PhysicalNode input, CatalogTable table) {
        super(List.of(input), input.rowType());
        this.table = table;
    }

    /** The rows, materialized where that is called for. */
    static PhysicalNode before(CatalogTable table, PhysicalNode rows, Options settings) {
        ImmutableBitSet key = primaryKey(table);
        // inserts come in the order in which they are to be written; a table that takes them only is never given anything else
        boolean materialized = !key.isEmpty() && rows.isUpdating() && switch (settings.get(MATERIALIZE)) {
            case NONE -> false;
            case FORCE -> true;
            case AUTO -> rows.upsertKeys().stream().noneMatch(key::contains);
        };
        return materialized ? new UpsertMaterializeNode(rows, table) : rows;
    }

    /** Whether {@code -U} rows are needed to write these rows to a table that takes changes by key. */
    static boolean needsUpdateBefore(CatalogTable table, PhysicalNode rows) {
        ImmutableBitSet key = primaryKey(table);
        return !key.isEmpty() && !rows.upsertKeys().contains(key);
    }

    private static ImmutableBitSet primaryKey(CatalogTable table) {
        List<String> names = table.insertedColumns().stream().map(TableColumn::name).toList();
        return ImmutableBitSet.of(table.primaryKey().stream().map(names::indexOf).toList());
    }

    @Override
    Changes changes() {
        return Changes.ALL;
    }

    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return needsUpdateBefore(table, input());
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return Set.of(primaryKey(table));
    }

    @Override
    int[] keyOfInput(int input) {
        return primaryKey(table).toArray();
    }

    @Override
    String kind() {
        return "materialize";
    }

    @Override
    String describe() {
        return "UpsertMaterialize by " + primaryKey(table).asList().stream().map(rowType().getFieldNames()::get).collect(Collectors.joining(", "));
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        String updateKey = input().upsertKeys().stream().min(Comparator.comparingInt(ImmutableBitSet::cardinality))
                .map(key -> writer.keySelector(key.toArray(), schema())).orElse("null");
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(UpsertMaterializeOperator.class) + "("
                + writer.schema(kind() + "_columns", schema()) + ", " + writer.keySelector(primaryKey(table).toArray(), schema()) + ", " + updateKey
                + "))";
    }
}
