package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.core.operator.Accumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.OverWindow;
import creek.core.operator.ProcTimeOverOperator;
import creek.core.operator.RowTimeOverOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.aggregate.Aggregates;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.OverRel;
import creek.sql.internal.type.TimeAttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OVER aggregates that share a window. */
final class OverNode extends PhysicalNode {
    private final OverRel rel;

    OverNode(PhysicalNode input, OverRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
    }

    @Override
    String kind() {
        return "over";
    }

    private boolean isEventTime() {
        return TimeAttributeType.isRowtime(rel.getInput().getRowType().getFieldList().get(rel.timeColumn()).getType());
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rel.aggregates().size(); i++) {
            texts.add(Aggregates.text(rel.aggregates().get(i), columns) + " AS "
                    + rowType().getFieldNames().get(columns.size() + i));
        }
        OverWindow window = rel.window();
        return "Over " + (rel.partitionBy().isEmpty() ? ""
                : "PARTITION BY " + rel.partitionBy().stream().map(columns::get).collect(Collectors.joining(", ")) + " ")
                + "ORDER BY " + columns.get(rel.timeColumn()) + (window.rows() ? " ROWS " : " RANGE ")
                + (window.isBounded() ? window.preceding() + (window.rows() ? "" : " ms") : "UNBOUNDED") + " PRECEDING: "
                + String.join(", ", texts);
    }

    /** The columns that the aggregates take. */
    private int[] arguments() {
        return rel.aggregates().stream().flatMap(call -> Stream.concat(call.getArgList().stream(), Stream.of(call.filterArg)))
                .filter(column -> column >= 0).distinct().mapToInt(Integer::intValue).toArray();
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        boolean retractable = rel.aggregates().stream().allMatch(Aggregates::takesBack);
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), rel.aggregates(),
                rel.window().isBounded() && retractable);
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        Schema partition = Schema.of(rel.partitionBy().stream().map(input().schema().columns()::get).toList());
        String places = rel.partitionBy().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String window = "new " + writer.use(OverWindow.class) + "(" + rel.window().rows() + ", "
                + (rel.window().isBounded() ? rel.window().preceding() + "L" : writer.use(OverWindow.class) + ".UNBOUNDED") + ")";
        return upstream + ".then(" + JavaNames.literal(id()) + ", new "
                + (isEventTime() ? writer.use(RowTimeOverOperator.class) + "(" + rel.timeColumn() + ", "
                        : writer.use(ProcTimeOverOperator.class) + "(")
                + "new " + writer.use(KeySelector.class) + "(new int[] {" + places + "}, " + writer.schema("partition", partition) + "), "
                + window + ",\nnew " + accumulator + "(), " + retractable + ", " + writer.keySelector(arguments(), input().schema()) + ", " + input().schema().size() + ", " + rel.aggregates().size()
                + "))";
    }
}
