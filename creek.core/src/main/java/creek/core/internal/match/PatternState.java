package creek.core.internal.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A state of a pattern's automaton: what the next row may be. */
final class PatternState {
    /** A condition that always holds. */
    static final int ALWAYS = -1;

    private static final int[] NONE = {};

    /** A way on from a state, if the next row meets its conditions. */
    static final class Transition {
        /** Whether the row is taken for the state's variable; if not, the target decides about the row. */
        final boolean takes;
        final PatternState target;
        /** The variable whose condition the row must meet, or {@link #ALWAYS}. */
        final int condition;
        /** Variables whose conditions the row must not meet: those before would rather have it. */
        private int[] unless = NONE;

        private Transition(boolean takes, PatternState target, int condition) {
            this.takes = takes;
            this.target = target;
            this.condition = condition;
        }

        int[] unless() {
            return unless;
        }
    }

    /** The place among the automaton's states. */
    final int number;
    /** The variable that a row is taken for, or -1 in the final state. */
    final int variable;
    private final List<Transition> collected = new ArrayList<>();
    private Transition[] transitions;

    PatternState(int number, int variable) {
        this.number = number;
        this.variable = variable;
    }

    boolean isFinal() {
        return variable < 0;
    }

    void take(PatternState target) {
        collected.add(new Transition(true, target, variable));
    }

    void proceed(PatternState target) {
        collected.add(new Transition(false, target, ALWAYS));
    }

    /** Lets no row through that a greedy variable before would take. */
    void giveWayTo(int greedy) {
        for (Transition transition : collected) {
            int[] unless = Arrays.copyOf(transition.unless, transition.unless.length + 1);
            unless[unless.length - 1] = greedy;
            transition.unless = unless;
        }
    }

    Transition[] transitions() {
        if (transitions == null) {
            transitions = collected.toArray(Transition[]::new);
        }
        return transitions;
    }
}
