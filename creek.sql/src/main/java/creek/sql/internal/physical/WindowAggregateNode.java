package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.core.operator.Accumulator;
import creek.core.operator.CountedAccumulator;
import creek.core.operator.GroupWindowAggregateOperator;
import creek.core.operator.KeySelector;
import creek.core.operator.SessionWindowAggregateOperator;
import creek.core.operator.WindowAggregateOperator;
import creek.core.operator.WindowEmitStrategy;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.aggregate.Aggregates;
import creek.sql.internal.plan.WindowAggregateRel;
import creek.sql.internal.plan.WindowSpec;
import creek.sql.internal.plan.WindowSpec.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregates by key and window. */
final class WindowAggregateNode extends PhysicalNode {
    private final WindowAggregateRel rel;
    private final WindowEmitStrategy emit;

    WindowAggregateNode(PhysicalNode input, WindowAggregateRel rel, WindowEmitStrategy emit) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
        this.emit = emit;
        if (!rel.windows().isAttached() && rel.windows().kind() != Kind.TUMBLE) {
            rel.aggregates().forEach(Aggregates::checkMergeable);
        }
        if (rel.windows().isGrouped()) {
            rel.aggregates().forEach(Aggregates::checkGroupWindow);
        }
    }

    /** What a window gives at its end is final, also where rows were taken back. */
    @Override
    Changes changes() {
        return emit.producesUpdates() ? new Changes(true, input().isUpdating()) : Changes.NONE;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        int start = rel.keys() + rel.aggregates().size();
        return Set.of(ImmutableBitSet.range(rel.keys()).union(ImmutableBitSet.of(start, start + 1)));
    }

    @Override
    boolean dropsLateRows() {
        return rel.windows().isAttached() && rel.windows().isEventTime() && !input().isUpdating();
    }

    @Override
    int[] keyOfInput(int input) {
        return IntStream.range(0, rel.keys()).toArray();
    }

    @Override
    String kind() {
        return "windowed";
    }

    @Override
    String describe() {
        return describe(true)
                + (emit.earlyDelay() == WindowEmitStrategy.NEVER ? "" : ", early every " + emit.earlyDelay() + " ms")
                + (emit.lateDelay() == WindowEmitStrategy.NEVER ? "" : ", late every " + emit.lateDelay() + " ms for " + emit.allowedLateness() + " ms");
    }

    @Override
    String stateIdentity() {
        return describe(false);
    }

    private String describe(boolean named) {
        List<String> columns = input().rowType().getFieldNames();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rel.aggregates().size(); i++) {
            texts.add(AggregateText.of(rel.aggregates().get(i), columns) + (named ? " AS " + rowType().getFieldNames().get(rel.keys() + i) : ""));
        }
        return "WindowAggregate " + rel.windows().describe(columns.get(rel.windows().timeColumn()))
                + (rel.keys() == 0 ? "" : " by " + String.join(", ", columns.subList(0, rel.keys()))) + ": " + String.join(", ", texts);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        Schema keys = Schema.of(input().schema().columns().subList(0, rel.keys()));
        String places = IntStream.range(0, rel.keys()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        AccumulatorGenerator generator = new AccumulatorGenerator(writer.newBody(), input().rowType(), rel.aggregates(),
                writer.takesBack(input()));
        String accumulator = writer.addClass("aggregates", Accumulator.class, describe(), generator::members);
        String prototype = "new " + accumulator + "()";
        String grouping = ",\nnew " + writer.use(KeySelector.class) + "(new int[] {" + places + "}, " + writer.schema("keys", keys) + "),\n"
                + (writer.takesBack(input()) ? "new " + writer.use(CountedAccumulator.class) + "(" + prototype + ")" : prototype) + ", ";
        return upstream + ".then(" + writer.id(this) + ", new " + operator(writer, grouping) + "))";
    }

    private String operator(JobWriter writer, String grouping) {
        String common = grouping + rel.aggregates().size();
        WindowSpec windows = rel.windows();
        if (windows.kind() == Kind.SESSION && !windows.isAttached()) {
            return writer.use(SessionWindowAggregateOperator.class) + "(\n" + WindowCode.time(windows, writer) + ", " + windows.size() + "L" + common;
        }
        // the windows of the older HOP take their rows as they come; merged slices have them in another order
        boolean ordered = windows.isGrouped() && windows.kind() == Kind.HOP && rel.aggregates().stream().anyMatch(Aggregates::keepsOrder);
        if (!emit.producesUpdates() && !ordered && (windows.isAttached() || windows.isSliced())) {
            return writer.use(WindowAggregateOperator.class) + "(\n" + WindowCode.of(windows, writer) + common;
        }
        String strategy = writer.use(WindowEmitStrategy.class);
        return writer.use(GroupWindowAggregateOperator.class) + "(\n" + WindowCode.of(windows, writer) + grouping
                + writer.schema(kind() + "_columns", schema()) + ",\nnew " + strategy + "("
                + emit.earlyDelay() + "L, " + emit.lateDelay() + "L, " + emit.allowedLateness() + "L), " + writer.givesUpdateBefore(this);
    }
}
