package creek.command;

import creek.sql.CompiledJob;

/** {@code creek explain JOB.sql}. */
final class ExplainCommand implements Subcommand {
    private final Platform platform;

    ExplainCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String synopsis() {
        return "explain JOB.sql [--code]";
    }

    @Override
    public String help() {
        return """
                the plan of a script's job

                --code  the generated Java as well""";
    }

    @Override
    public int run(Arguments arguments) throws CommandException {
        boolean code = arguments.flag("--code");
        Script script = Script.read(arguments.operand("SQL script"));
        CompiledJob job = script.compile(platform.planner());
        System.out.println(job.plan().stripTrailing());
        if (code) {
            System.out.println();
            System.out.println(job.source().stripTrailing());
        }
        return CommandException.SUCCESS;
    }
}
