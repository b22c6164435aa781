package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.core.operator.Accumulator;
import creek.core.operator.CountedAccumulator;
import creek.core.operator.KeySelector;
import creek.core.operator.SessionWindowAggregateOperator;
import creek.core.operator.WindowAggregateOperator;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.aggregate.Aggregates;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.WindowAggregateRel;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aggregates by key and window. */
final class WindowAggregateNode extends PhysicalNode {
    private final WindowAggregateRel rel;

    WindowAggregateNode(PhysicalNode input, WindowAggregateRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
        if (!rel.windows().isAttached() && rel.windows().kind() != Kind.TUMBLE) {
            rel.aggregates().forEach(Aggregates::checkMergeable);
        }
    }

    /** What a window gives is final, also where rows were taken back. */
    @Override
    Changes changes() {
        return Changes.NONE;
    }

    @Override
    String kind() {
        return "windowed";
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rel.aggregates().size(); i++) {
            texts.add(AggregateText.of(rel.aggregates().get(i), columns) + " AS " + rowType().getFieldNames().get(rel.keys() + i));
        }
        return "WindowAggregate " + rel.windows().describe(columns.get(rel.windows().timeColumn()))
                + (rel.keys() == 0 ? "" : " by " + String.join(", ", columns.subList(0, rel.keys()))) + ": " + String.join(", ", texts);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.stream(input());
        Schema keys = Schema.of(input().schema().columns().subList(0, rel.keys()));
        String places = IntStream.range(0, rel.keys()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), rel.aggregates(),
                writer.takesBack(input()));
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        boolean session = rel.windows().kind() == Kind.SESSION && !rel.windows().isAttached();
        String prototype = "new " + accumulator + "()";
        return upstream + ".then(" + JavaNames.literal(id()) + ", new "
                + writer.use(session ? SessionWindowAggregateOperator.class : WindowAggregateOperator.class) + "(\n"
                + (session ? WindowCode.time(rel.windows(), writer) + ", " + rel.windows().size() + "L" : WindowCode.of(rel.windows(), writer))
                + ",\nnew " + writer.use(KeySelector.class) + "(new int[] {" + places + "}, "
                + writer.schema("keys", keys) + "),\n" + (writer.takesBack(input()) ? "new " + writer.use(CountedAccumulator.class) + "(" + prototype + ")" : prototype) + ", "
                + rel.aggregates().size() + "))";
    }
}
