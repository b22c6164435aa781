package creek.sql.internal.plan.rule;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.ExpressionText;
import creek.sql.internal.plan.LateColumns;
import creek.sql.internal.plan.WindowAggregateRel;
import creek.sql.internal.plan.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Builds a window aggregation in place of an aggregation: a calc below that computes keys, time and arguments, and one above that puts the
 * columns into the order of the aggregation.
 */
final class WindowGrouping {
    private final CalcRel calc;
    private final RelNode input;
    private final WindowSpec windows;
    private final RexNode time;
    private final RexBuilder rex;
    private final List<RexNode> keys = new ArrayList<>();
    /** For each group column: the place of a key, or -1 minus the number of a window's column. */
    private final List<Integer> groups = new ArrayList<>();

    /**
     * @param calc    what computes the aggregation's input; its expressions are over the columns of {@code input}, with those of the window
     *                behind them if there are any
     * @param time    the time attribute, over the columns of {@code input}
     */
    WindowGrouping(CalcRel calc, RelNode input, WindowSpec windows, RexNode time) {
        this.calc = calc;
        this.input = input;
        this.windows = windows;
        this.time = time;
        this.rex = input.getCluster().getRexBuilder();
    }

    /** The calc that a node is, or one that changes nothing. */
    static CalcRel calcOf(RelNode node) {
        return node instanceof CalcRel calc ? calc : CalcRel.create(node, null,
                List.copyOf(node.getCluster().getRexBuilder().identityProjects(node.getRowType())), node.getRowType().getFieldNames());
    }

    void addKey(RexNode key) {
        groups.add(keys.size());
        keys.add(key);
    }

    /** @param column 0 for the window's start, 1 for its end, 2 for its time */
    void addWindowColumn(int column) {
        groups.add(-1 - column);
    }

    /** Whether these expressions, keys included, use columns of the input only, and none of the window's. */
    boolean isOverInput(List<RexNode> expressions) {
        List<RexNode> all = new ArrayList<>(keys);
        all.addAll(expressions);
        int columns = input.getRowType().getFieldCount();
        boolean[] other = new boolean[1];
        for (RexNode expression : all) {
            expression.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitInputRef(RexInputRef reference) {
                    other[0] |= reference.getIndex() >= columns;
                    return null;
                }
            });
        }
        return !other[0];
    }

    RelNode build(LogicalAggregate aggregate) {
        List<RexNode> below = new ArrayList<>(keys);
        List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add(key instanceof RexInputRef reference ? input.getRowType().getFieldNames().get(reference.getIndex())
                : "key" + names.size()));
        int timeColumn = below.size();
        below.add(time);
        names.add(ExpressionText.of(time, input.getRowType().getFieldNames()));
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!call.getCollation().getFieldCollations().isEmpty() || call.isApproximate() || call.distinctKeys != null) {
                throw SqlError.unsupported("ORDER BY or WITHIN inside of " + call.getAggregation().getName() + " is not supported yet");
            }
            List<Integer> arguments = new ArrayList<>();
            call.getArgList().forEach(argument -> arguments.add(place(argument, below, names)));
            int filter = call.filterArg < 0 ? -1 : place(call.filterArg, below, names);
            calls.add(call.withArgList(arguments).withFilter(filter));
        }
        Map<String, Integer> late = windows.isAttached() ? Map.of() : addLateColumns(below, names);
        CalcRel prepared = CalcRel.create(input, calc.condition(), below, names);
        WindowAggregateRel grouped = new WindowAggregateRel(prepared, windows.withColumns(timeColumn, List.of()), keys.size(), calls, late);
        List<RexNode> above = new ArrayList<>();
        groups.forEach(group -> above.add(rex.makeInputRef(grouped, group >= 0 ? group : keys.size() + calls.size() - 1 - group)));
        for (int i = 0; i < calls.size(); i++) {
            above.add(rex.makeInputRef(grouped, keys.size() + i));
        }
        return CalcRel.create(grouped, null, above, aggregate.getRowType().getFieldNames());
    }

    /** Keeps the columns that rows are written with which come too late, and says where. */
    private Map<String, Integer> addLateColumns(List<RexNode> below, List<String> names) {
        Map<String, Integer> late = new LinkedHashMap<>();
        LateColumns.places(input).forEach((name, column) -> {
            RexNode value = rex.makeInputRef(input, column);
            int known = below.indexOf(value);
            late.put(name, known >= 0 ? known : below.size());
            if (known < 0) {
                below.add(value);
                names.add(names.contains(name) ? "late" + names.size() : name);
            }
        });
        return late;
    }

    /** The place below of a column of the aggregation's input. */
    private int place(int column, List<RexNode> below, List<String> names) {
        RexNode value = calc.projects().get(column);
        int known = below.indexOf(value);
        if (known >= 0) {
            return known;
        }
        below.add(value);
        String name = calc.getRowType().getFieldNames().get(column);
        names.add(names.contains(name) || name.startsWith("$") ? "arg" + names.size() : name);
        return below.size() - 1;
    }
}
