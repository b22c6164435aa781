package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.core.operator.Accumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.OverAggregates;
import creek.core.operator.OverWindow;
import creek.core.operator.ProcTimeOverOperator;
import creek.core.operator.RowTimeOverOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.aggregate.Aggregates;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.OverRel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.AggregateCall;

/** OVER aggregates in the order of time that share a window. */
final class OverNode extends PhysicalNode {
    private final OverRel rel;

    OverNode(PhysicalNode input, OverRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
    }

    @Override
    boolean dropsLateRows() {
        return rel.isByEventTime();
    }

    @Override
    int[] keyOfInput(int input) {
        return rel.partitionBy().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    String kind() {
        return "over";
    }

    @Override
    String describe() {
        return describe(input(), rel, true);
    }

    @Override
    String stateIdentity() {
        return describe(input(), rel, false);
    }

    static String describe(PhysicalNode input, OverRel rel, boolean named) {
        OverWindow window = rel.window();
        List<String> columns = input.rowType().getFieldNames();
        List<String> names = rel.getRowType().getFieldNames().subList(columns.size(), columns.size() + rel.aggregates().size());
        return "Over" + Orders.describe(input, rel.partitionBy().stream().mapToInt(Integer::intValue).toArray(), RelCollations.of(rel.order()))
                + (window.rows() ? " ROWS " : " RANGE ")
                + (window.isBounded() ? window.preceding() + (window.rows() ? "" : " ms") : "UNBOUNDED") + " PRECEDING: "
                + IntStream.range(0, names.size()).mapToObj(i -> Aggregates.text(rel.aggregates().get(i), columns) + (named ? " AS " + names.get(i) : ""))
                        .collect(Collectors.joining(", "));
    }

    /** The columns that the aggregates take. */
    private int[] arguments() {
        return rel.aggregates().stream().flatMap(call -> Stream.concat(call.getArgList().stream(), Stream.of(call.filterArg)))
                .filter(column -> column >= 0).distinct().mapToInt(Integer::intValue).toArray();
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        int retracted = rel.window().isBounded() ? (int) rel.aggregates().stream().filter(Aggregates::takesBack).count() : 0;
        int count = rel.aggregates().size();
        String aggregates = "new " + writer.use(OverAggregates.class) + "("
                + (retracted == 0 ? "null" : accumulator(writer, rel.aggregates().subList(0, retracted), true)) + ", " + retracted + ", "
                + (retracted == count ? "null" : accumulator(writer, rel.aggregates().subList(retracted, count), false)) + ", " + (count - retracted)
                + ")";
        Schema partition = Schema.of(rel.partitionBy().stream().map(input().schema().columns()::get).toList());
        String places = rel.partitionBy().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String window = "new " + writer.use(OverWindow.class) + "(" + rel.window().rows() + ", "
                + (rel.window().isBounded() ? rel.window().preceding() + "L" : writer.use(OverWindow.class) + ".UNBOUNDED") + ")";
        return upstream + ".then(" + writer.id(this) + ", new "
                + (rel.isByEventTime() ? writer.use(RowTimeOverOperator.class) + "(" + rel.order().getFieldIndex() + ", "
                        : writer.use(ProcTimeOverOperator.class) + "(")
                + "new " + writer.use(KeySelector.class) + "(new int[] {" + places + "}, " + writer.schema("partition", partition) + "), "
                + window + ",\n" + aggregates + ", " + writer.keySelector(arguments(), input().schema()) + ", "
                + writer.schema(kind() + "_columns", input().schema()) + "))";
    }

    /** The Java expression of a new accumulator. */
    private String accumulator(JobWriter writer, List<AggregateCall> calls, boolean retracts) {
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), calls, retracts);
        return "new " + writer.addClass("aggregates", Accumulator.class, describe(), generator::members) + "()";
    }
}
