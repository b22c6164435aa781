package creek.sql.internal.physical;

import creek.core.connector.TableOptions;
import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.catalog.TableColumn;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** The records of a source that can't be decoded, on their way to the table that its options name. */
final class DeadLettersNode extends PhysicalNode {
    /** The columns that such a table may have, in the order in which the engine gives them. */
    private static final Map<String, DataType> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("source_table", DataType.string());
        COLUMNS.put("location", DataType.string());
        COLUMNS.put("reason", DataType.string());
        COLUMNS.put("record", DataType.bytes());
        COLUMNS.put("record_key", DataType.bytes());
        COLUMNS.put("failed_at", DataType.timestampLtz(3));
    }

    private DeadLettersNode(SourceNode source, RelDataType rowType) {
        super(List.of(source), rowType);
    }

    /** Writes the bad records of all sources that feed these sinks and name a table for them. */
    static List<SinkNode> sinks(RexBuilder rex, List<SinkNode> sinks, PhysicalPlanner.TableModes modes) {
        Map<String, SourceNode> sources = new LinkedHashMap<>();
        collect(sinks, sources);
        List<SinkNode> written = new ArrayList<>();
        sources.values().forEach(source -> modes.deadLetters(source.table()).ifPresent(
                table -> written.add(new SinkNode(rows(rex, source, table), table, modes.accepted(table), 0))));
        return written;
    }

    private static void collect(Collection<? extends PhysicalNode> nodes, Map<String, SourceNode> sources) {
        for (PhysicalNode node : nodes) {
            if (node instanceof SourceNode source) {
                sources.putIfAbsent(source.digest(), source);
            }
            collect(node.inputs(), sources);
        }
    }

    private static PhysicalNode rows(RexBuilder rex, SourceNode source, CatalogTable table) {
        RelDataTypeFactory.Builder all = rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED);
        COLUMNS.forEach((name, type) -> all.add(name, Types.toRelType((StreamTypeFactory) rex.getTypeFactory(), type)));
        DeadLettersNode letters = new DeadLettersNode(source, all.build());
        List<String> names = List.copyOf(COLUMNS.keySet());
        List<RexNode> values = new ArrayList<>();
        RelDataTypeFactory.Builder rowType = rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED);
        for (TableColumn column : table.insertedColumns()) {
            int place = names.indexOf(column.name());
            DataType to = Types.toDataType(column.type());
            if (place < 0 || !isAllowed(COLUMNS.get(column.name()), to)) {
                throw SqlError.invalid("table " + table.name() + ", which '" + TableOptions.DEAD_LETTER_TABLE.key() + "' of table "
                        + source.table().name() + " names, has a column " + column.name() + " " + to.nullable(true) + "; its columns may be "
                        + String.join(", ", COLUMNS.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList()));
            }
            RexNode value = rex.makeInputRef(letters.rowType().getFieldList().get(place).getType(), place);
            values.add(Rewrites.castTo(rex, value, column.type()));
            rowType.add(column.name(), values.get(values.size() - 1).getType());
        }
        return NotNullNode.before(table, new CalcNode(letters, null, values, rowType.build()));
    }

    /** Bytes may be seen as text. */
    private static boolean isAllowed(DataType from, DataType to) {
        return ImplicitCasts.isAllowed(from, to) || from.root() == TypeRoot.VARBINARY && to.root() == TypeRoot.VARCHAR;
    }

    @Override
    Changes changes() {
        return Changes.NONE;
    }

    /** So that what it is asked of is the source itself rather than a step behind it. */
    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return true;
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "deadLetters";
    }

    @Override
    String describe() {
        return "Records that can't be decoded";
    }

    @Override
    String write(JobWriter writer) {
        return writer.stream(input()) + ".deadLetters()";
    }
}
