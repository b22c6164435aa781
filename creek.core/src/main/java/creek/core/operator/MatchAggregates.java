package creek.core.operator;

import java.util.Objects;

/**
 * Aggregates over the rows of a pattern variable.
 *
 * @param variable  the variable, or {@link MatchedRows#ANY}
 * @param arguments computes what is aggregated from a row; null if the accumulator takes the rows themselves
 * @param columns   number of columns that the arguments are
 * @param prototype the accumulator
 * @param results   number of columns that it makes
 */
public record MatchAggregates(int variable, Calc arguments, int columns, Accumulator prototype, int results) {
    public MatchAggregates {
        Objects.requireNonNull(prototype, "prototype");
    }
}
