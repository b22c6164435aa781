package creek.core.internal.match;

import creek.core.operator.RowPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of a pattern. A variable becomes as many states as it may have rows, of which those beyond the least number may be left out; an
 * unbounded one ends in a state that leads to itself. A greedy variable keeps what follows from taking rows that it could take itself.
 */
final class Automaton {
    private final List<PatternState> states = new ArrayList<>();
    private final PatternState start;

    Automaton(RowPattern pattern) {
        PatternState next = newState(-1);
        for (int variable = pattern.variables().size() - 1; variable >= 0; variable--) {
            next = add(pattern.variables().get(variable), variable, next);
        }
        start = next;
    }

    PatternState start() {
        return start;
    }

    PatternState state(int number) {
        return states.get(number);
    }

    int size() {
        return states.size();
    }

    private PatternState add(RowPattern.Variable variable, int number, PatternState next) {
        int least = Math.max(1, variable.min());
        if (variable.isGreedy()) {
            next.giveWayTo(number);
        }
        PatternState last = next;
        if (variable.max() == RowPattern.UNBOUNDED) {
            last = newState(number);
            last.proceed(next);
            last.take(last);
        } else {
            for (int i = least; i < variable.max(); i++) {
                last = newState(number, last);
                last.proceed(next);
            }
        }
        for (int i = 1; i < least; i++) {
            last = newState(number, last);
        }
        PatternState first = newState(number, last);
        if (variable.min() == 0) {
            first.proceed(next);
        }
        return first;
    }

    private PatternState newState(int variable, PatternState afterTaking) {
        PatternState state = newState(variable);
        state.take(afterTaking);
        return state;
    }

    private PatternState newState(int variable) {
        PatternState state = new PatternState(states.size(), variable);
        states.add(state);
        return state;
    }
}
