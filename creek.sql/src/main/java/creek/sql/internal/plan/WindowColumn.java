package creek.sql.internal.plan;

import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexInputRef;

/**
 * What a column of a relation is, if it is one of a window's.
 *
 * @param windows the windows
 * @param which   which of their columns it is
 */
public record WindowColumn(WindowSpec windows, Which which) {
    /** The columns of a window, in the order in which relations have them. */
    public enum Which { START, END, TIME }

    /** Looks a column up through all that only passes it on. */
    public static Optional<WindowColumn> of(RelNode node, int column) {
        if (node instanceof CalcRel calc) {
            return calc.projects().get(column) instanceof RexInputRef reference ? of(calc.getInput(), reference.getIndex()) : Optional.empty();
        }
        if (node instanceof WindowRel window) {
            int columns = window.getInput().getRowType().getFieldCount();
            return column < columns ? of(window.getInput(), column) : Optional.of(new WindowColumn(window.windows(), Which.values()[column - columns]));
        }
        if (node instanceof WindowAggregateRel aggregate) {
            int columns = aggregate.keys() + aggregate.aggregates().size();
            return column >= columns ? Optional.of(new WindowColumn(aggregate.windows(), Which.values()[column - columns]))
                    : column < aggregate.keys() ? of(aggregate.getInput(), column) : Optional.empty();
        }
        if (node instanceof RankRel rank) {
            return column < rank.getInput().getRowType().getFieldCount() ? of(rank.getInput(), column) : Optional.empty();
        }
        if (node instanceof JoinRel join && join.windowEnds().isPresent()) {
            int columns = join.getLeft().getRowType().getFieldCount();
            return column < columns ? join.type().generatesNullsOnLeft() ? Optional.empty() : of(join.getLeft(), column)
                    : join.type().generatesNullsOnRight() ? Optional.empty() : of(join.getRight(), column - columns);
        }
        if (node instanceof UnnestRel unnest) {
            return column < unnest.getInput().getRowType().getFieldCount() ? of(unnest.getInput(), column) : Optional.empty();
        }
        if (node instanceof Union union && union.all) {
            Optional<WindowColumn> first = of(union.getInput(0), column);
            return first.filter(one -> union.getInputs().stream().allMatch(input -> of(input, column).filter(one::matches).isPresent()));
        }
        return Optional.empty();
    }

    /** Whether a column of another relation is the same one of windows that lie alike. */
    public boolean matches(WindowColumn other) {
        return which == other.which && windows.kind() == other.windows.kind() && windows.size() == other.windows.size()
                && windows.step() == other.windows.step() && windows.offset() == other.windows.offset()
                && windows.isEventTime() == other.windows.isEventTime()
                && windows.timeType().getSqlTypeName() == other.windows.timeType().getSqlTypeName();
    }
}
