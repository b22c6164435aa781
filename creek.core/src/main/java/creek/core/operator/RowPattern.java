package creek.core.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The PATTERN of a MATCH_RECOGNIZE: variables in a row, each with how many rows it may have, how long a match may take, and where the search
 * goes on after a match. Built step by step. Variables are known by their places, from 0.
 */
public final class RowPattern {
    /** As many rows as there are. */
    public static final int UNBOUNDED = -1;

    /** Where the search goes on after a match. */
    public enum Skip {
        /** Behind the last row of the match. */
        PAST_LAST_ROW,
        /** At the row after the first one of the match. */
        TO_NEXT_ROW,
        /** At the first row of a variable. */
        TO_FIRST,
        /** At the last row of a variable. */
        TO_LAST
    }

    /**
     * A variable.
     *
     * @param min       how many rows it has at least
     * @param max       how many at most, or {@link #UNBOUNDED}
     * @param reluctant whether it leaves rows to the next variable that it could take itself
     */
    public record Variable(String name, int min, int max, boolean reluctant) {
        public Variable {
            Objects.requireNonNull(name, "name");
            if (min < 0 || max != UNBOUNDED && max < Math.max(1, min)) {
                throw new IllegalArgumentException("variable " + name + " can't have from " + min + " to " + max + " rows");
            }
        }

        /** Whether it takes all rows that it can, so that the next variable gets none of them. An optional single row is tried both ways. */
        public boolean isGreedy() {
            return !reluctant && min != max && !(min == 0 && max == 1);
        }
    }

    private final List<Variable> variables = new ArrayList<>();
    private long within;
    private Skip skip = Skip.TO_NEXT_ROW;
    private int skipVariable = -1;

    /** Adds a variable with one row. */
    public RowPattern then(String name) {
        return then(name, 1, 1, true);
    }

    /** Adds a variable with {@code min} to {@code max} rows. */
    public RowPattern then(String name, int min, int max, boolean reluctant) {
        variables.add(new Variable(name, min, max, reluctant));
        return this;
    }

    /** Drops matches whose last row comes so many milliseconds after their first one, or later; 0 for none. */
    public RowPattern within(long millis) {
        within = millis;
        return this;
    }

    /** Where to go on after a match. */
    public RowPattern skip(Skip newSkip) {
        skip = Objects.requireNonNull(newSkip, "skip");
        return this;
    }

    /** Where to go on after a match: at a row of a variable. */
    public RowPattern skip(Skip newSkip, String variable) {
        skipVariable = place(variable);
        return skip(newSkip);
    }

    private int place(String name) {
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the pattern has no variable " + name);
    }

    public List<Variable> variables() {
        return List.copyOf(variables);
    }

    /** Milliseconds that a match may take, or 0. */
    public long within() {
        return within;
    }

    public Skip skip() {
        return skip;
    }

    /** The variable to skip to, by its place. */
    public int skipVariable() {
        return skipVariable;
    }
}
