package creek.core.operator;

import creek.core.operator.RowPattern.Skip;
import creek.core.operator.RowPattern.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * What MATCH_RECOGNIZE means, by trying everything: for each row that a match may begin with, the first row that ends one. Variable {@code v}
 * takes a row if bit {@code v} of its value is set.
 */
final class NaiveMatcher {
    /** The first and the last row of a match, by their places. */
    record Found(int first, int last) {
    }

    private final RowPattern pattern;
    private final long[] times;
    private final long[] values;
    private int end;
    private boolean open;

    NaiveMatcher(RowPattern pattern, long[] times, long[] values) {
        this.pattern = pattern;
        this.times = times;
        this.values = values;
    }

    List<Found> matches() {
        List<Found> matches = new ArrayList<>();
        int next = 0;
        for (int first = 0; first < values.length; first++) {
            end = Integer.MAX_VALUE;
            open = false;
            advance(first, first, 0, 0);
            if (end < Integer.MAX_VALUE) {
                matches.add(new Found(first, end));
                next = pattern.skip() == Skip.PAST_LAST_ROW ? end + 1 : first + 1;
                first = next - 1;
            } else if (open) {
                return matches;
            }
        }
        return matches;
    }

    /** Goes on from a variable of which so many rows were taken with the row at that place. */
    private void advance(int first, int place, int variable, int count) {
        if (place == values.length) {
            // without a limit in time, what has begun may still become complete
            open |= pattern.within() == 0;
            return;
        }
        if (variable == pattern.variables().size() || place > end || place > first && isTooLate(first, place)) {
            return;
        }
        Variable of = pattern.variables().get(variable);
        if (count == 0 && isWantedBefore(variable, place)) {
            return;
        }
        if (holds(variable, place)) {
            if (isComplete(variable, count + 1, place)) {
                end = Math.min(end, place);
            }
            if (count + 1 == of.max()) {
                advance(first, place + 1, variable + 1, 0);
            } else {
                advance(first, place + 1, variable, count + 1);
            }
        }
        if (count >= of.min()) {
            advance(first, place, variable + 1, 0);
        }
    }

    private boolean isTooLate(int first, int place) {
        return pattern.within() > 0 && times[place] - times[first] >= pattern.within();
    }

    private boolean holds(int variable, int place) {
        return (values[place] >> variable & 1) == 1;
    }

    /** Whether the variable before is greedy and takes the row. */
    private boolean isWantedBefore(int variable, int place) {
        return variable > 0 && pattern.variables().get(variable - 1).isGreedy() && holds(variable - 1, place);
    }

    /** Whether nothing more is needed once the row has been taken as so many of that variable. */
    private boolean isComplete(int variable, int count, int place) {
        if (count < pattern.variables().get(variable).min()) {
            return false;
        }
        for (int rest = variable + 1; rest < pattern.variables().size(); rest++) {
            if (pattern.variables().get(rest).min() > 0 || isWantedBefore(rest, place)) {
                return false;
            }
        }
        return true;
    }
}
