package creek.command;

import java.util.Map;

/** {@code creek help [COMMAND]}. */
final class HelpCommand implements Subcommand {
    private static final String COMMON = """

            All commands take --verbose: the platform's log and stack traces go to standard error.
            CREEK_OPTS adds options for the Java virtual machine, JAVA_HOME names the Java to use.
            Exit status: 0 success, 1 a failed job, 2 a usage or SQL error.""";

    private final Map<String, Subcommand> subcommands;

    /** @param subcommands all that there are, in the order in which to show them */
    HelpCommand(Map<String, Subcommand> subcommands) {
        this.subcommands = subcommands;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String synopsis() {
        return "help [COMMAND]";
    }

    @Override
    public String help() {
        return "what the commands do";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        if (arguments.all().isEmpty()) {
            System.out.println("Streaming SQL. Usage: creek COMMAND ...\n");
            subcommands.values().forEach(each ->
                    System.out.printf("  %-56s %s%n", each.synopsis(), each.help().lines().findFirst().orElseThrow()));
            System.out.println(COMMON);
            return CommandException.SUCCESS;
        }
        String name = arguments.operand("command");
        Subcommand subcommand = subcommands.get(name);
        if (subcommand == null) {
            throw arguments.usage("there is no command '" + name + "'; there are " + String.join(", ", subcommands.keySet()));
        }
        System.out.println(of(subcommand));
        return CommandException.SUCCESS;
    }

    static String of(Subcommand subcommand) {
        return "Usage: creek " + subcommand.synopsis() + "\n\n" + subcommand.help();
    }
}
