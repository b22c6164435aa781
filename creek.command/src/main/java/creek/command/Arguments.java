package creek.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows a subcommand on the command line. Options are taken out first, in any order; what is left are the operands. */
final class Arguments {
    private final String synopsis;
    private final List<String> rest;

    Arguments(String synopsis, List<String> rest) {
        this.synopsis = synopsis;
        this.rest = new ArrayList<>(rest);
    }

    /** Takes out an option without a value; whether it was there. */
    boolean flag(String option) {
        return rest.remove(option);
    }

    /** Takes out an option and its value. */
    Optional<String> value(String option) throws CommandException {
        int at = rest.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == rest.size()) {
            throw usage("option " + option + " needs a value");
        }
        rest.remove(at);
        return Optional.of(rest.remove(at));
    }

    /** The only operand. To be called after all options were taken out. */
    String operand(String what) throws CommandException {
        List<String> operands = operands();
        if (operands.size() != 1) {
            throw usage(operands.isEmpty() ? what + " is missing" : "one " + what + " is enough: " + String.join(" ", operands));
        }
        return operands.get(0);
    }

    /** Checks that nothing is left. */
    void none() throws CommandException {
        if (!operands().isEmpty()) {
            throw usage("'" + rest.get(0) + "' is too much");
        }
    }

    private List<String> operands() throws CommandException {
        for (String each : rest) {
            if (each.startsWith("-") && each.length() > 1) {
                throw usage("there is no option " + each);
            }
        }
        return rest;
    }

    /** Everything that is left, options included. */
    List<String> all() {
        return rest;
    }

    CommandException usage(String message) {
        return CommandException.usage(message + "; usage: creek " + synopsis);
    }
}
