package creek.sql.internal.physical;

import creek.core.connector.ChangelogMode;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.WantedColumn;
import creek.core.job.TableSource;
import creek.core.operator.DropUpdateBeforeOperator;
import creek.core.operator.WatermarkGenerator;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.Expression;
import creek.sql.internal.codegen.ExpressionCompiler;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.type.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Reads a table: the columns that anything in the job wants, and its watermark. */
final class SourceNode extends PhysicalNode {
    private final CatalogTable table;
    private final SourceColumns columns;
    private final int number;
    private final ChangelogMode mode;

    /**
     * @param mode   the kinds of rows that the table gives
     * @param number how many other tables of the same name the job reads: one that was altered since, or that has other hints
     */
    SourceNode(CatalogTable table, SourceColumns columns, ChangelogMode mode, int number) {
        super(List.of(), columns.rowType());
        this.table = table;
        this.columns = columns;
        this.mode = mode;
        this.number = number;
    }

    CatalogTable table() {
        return table;
    }

    SourceColumns columns() {
        return columns;
    }

    @Override
    Changes changes() {
        return Changes.of(mode);
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        List<Integer> key = table.primaryKey().stream().map(rowType().getFieldNames()::indexOf).toList();
        return key.isEmpty() || key.contains(-1) ? Set.of() : Set.of(ImmutableBitSet.of(key));
    }

    @Override
    String kind() {
        return "source";
    }

    @Override
    String describe() {
        return "Source " + table.name() + ": " + String.join(", ", rowType().getFieldNames())
                + table.watermark().map(mark -> "; watermark for " + mark.column() + " is " + mark.shown()).orElse("");
    }

    @Override
    String identity() {
        return "Source " + table.name() + (number == 0 ? "" : " #" + number);
    }

    @Override
    String stateIdentity() {
        return identity();
    }

    @Override
    String write(JobWriter writer) {
        StringBuilder text = new StringBuilder(tableSource(writer));
        table.watermark().ifPresent(mark -> text.append("\n.watermark(new ").append(watermark(writer, mark)).append("())"));
        String source = "topology.source(" + writer.id(this) + ", " + text + ")";
        return mode != ChangelogMode.ALL || writer.givesUpdateBefore(this) ? source
                : source + ".then(" + JavaNames.literal(id() + "-drop") + ", new " + writer.use(DropUpdateBeforeOperator.class) + "())";
    }

    /** The Java expression of the table, with the columns to read, without the watermark. */
    String tableSource(JobWriter writer) {
        Schema physical = table.recordSchema();
        StringBuilder text = new StringBuilder("new ").append(writer.use(TableSource.class)).append('(')
                .append(JavaNames.literal(table.name())).append(", ").append(writer.schema(table.name(), physical)).append(')');
        writer.options(text, table);
        for (WantedColumn wanted : columns.wanted()) {
            String column = JavaNames.literal(physical.name(wanted.column()));
            if (wanted.path().isEmpty() && wanted.element() == null) {
                text.append("\n.read(").append(column).append(')');
            } else {
                text.append("\n.read(new ").append(writer.use(WantedColumn.class)).append('(').append(wanted.column()).append(", ")
                        .append(writer.use(Arrays.class)).append(".asList(")
                        .append(wanted.path().stream().map(JavaNames::literal).collect(Collectors.joining(", "))).append("), ")
                        .append(writer.type(wanted.type())).append(element(wanted)).append("))");
            }
        }
        columns.metadata().forEach(key -> text.append("\n.readMetadata(").append(JavaNames.literal(key)).append(')'));
        if (mode == ChangelogMode.UPSERT) {
            table.primaryKey().forEach(key -> text.append("\n.primaryKey(").append(JavaNames.literal(key)).append(')'));
        }
        return text.toString();
    }

    private static String element(WantedColumn wanted) {
        return wanted.element() == null ? ""
                : ", " + (wanted.element() instanceof String key ? JavaNames.literal(key) : "Integer.valueOf(" + wanted.element() + ")");
    }

    /** The class of a watermark expression, as in {@code event_time - INTERVAL '1' SECOND}. It refuses a row without a time, as Flink does. */
    private String watermark(JobWriter writer, CatalogTable.Watermark mark) {
        RexNode time = columns.over(mark.time());
        RexNode expression = columns.over(mark.expression());
        ClassBody body = writer.newBody();
        ExpressionCompiler compiler = new ExpressionCompiler(body).addInput("row", rowType());
        compiler.share(List.of(time, expression));
        Expression rowtime = compiler.compile(time, Types.toDataType(time.getType()));
        String check = compiler.takeStatements() + (rowtime.isNullable() ? "if (" + rowtime.nullTerm() + ") {\nthrow new IllegalArgumentException("
                + JavaNames.literal("the time attribute " + mark.column() + " of a row is NULL; every row of a table with a watermark needs a time")
                + ");\n}\n" : "");
        Expression millis = compiler.compile(expression, Types.toDataType(expression.getType()));
        String statements = check + compiler.takeStatements();
        String result = millis.isNullable() ? millis.nullTerm() + " ? NONE : " + millis.term() : millis.term();
        return writer.addClass(table.name() + "_watermark", WatermarkGenerator.class, mark.column() + ": " + mark.shown(), body,
                "public long watermark(" + writer.use(Row.class) + " row) throws Exception {\n" + statements + "return " + result + ";\n}\n");
    }
}
