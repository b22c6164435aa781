package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.LateColumns;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.WindowRel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/** Columns that a calc over windows does not use are left out below the windows. */
public final class CalcWindowTransposeRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof CalcRel calc) || !(calc.getInput() instanceof WindowRel window)) {
            return null;
        }
        RelNode input = window.getInput();
        int columns = input.getRowType().getFieldCount();
        TreeSet<Integer> used = new TreeSet<>();
        used.add(window.windows().timeColumn());
        used.addAll(window.windows().partitionBy());
        used.addAll(LateColumns.places(input).values());
        calc.expressions().forEach(expression -> expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef reference) {
                if (reference.getIndex() < columns) {
                    used.add(reference.getIndex());
                }
                return null;
            }
        }));
        if (used.size() == columns) {
            return null;
        }
        RexBuilder rex = node.getCluster().getRexBuilder();
        List<RexNode> kept = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : used) {
            kept.add(rex.makeInputRef(input, column));
            names.add(input.getRowType().getFieldNames().get(column));
        }
        List<Integer> places = List.copyOf(used);
        WindowRel pruned = new WindowRel(CalcRel.create(input, null, kept, names),
                window.windows().withColumns(
                places.indexOf(window.windows().timeColumn()), window.windows().partitionBy().stream().map(places::indexOf).toList()));
        List<RexNode> moved = new ArrayList<>();
        for (int i = 0; i < window.getRowType().getFieldCount(); i++) {
            // what is not used is never asked for
            int place = i < columns ? Math.max(0, places.indexOf(i)) : kept.size() + i - columns;
            moved.add(rex.makeInputRef(pruned, place));
        }
        return CalcRel.create(pruned, calc.condition() == null ? null : Rewrites.substitute(calc.condition(), moved),
                calc.projects().stream().map(each -> Rewrites.substitute(each, moved)).toList(), calc.getRowType().getFieldNames());
    }
}
